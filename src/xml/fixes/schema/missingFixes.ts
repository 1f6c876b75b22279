import { t } from '../../../base/l10n.ts';
import { viewOf } from '../../completion/elementView.ts';
import { fittingAttributes } from '../../completion/fittingAttributes.ts';
import { gapBefore, layoutOf } from '../../edits.ts';
import type { Fix } from '../../fix.ts';
import type { Pattern } from '../../relaxng/pattern.ts';
import { attributesIn, namedExactly } from '../../relaxng/queries.ts';
import { snippetFix } from './snippetFix.ts';
import type { FaultyPlace } from './faultyPlace.ts';

interface NamedPattern {
  readonly name: string;
  readonly value: Pattern;
}

/** More than these would be guesses. */
const maxAlternatives = 3;

/** Adds what all ways of completing the tag have in common; else one fix a way. */
export function addAttributes({ document, element, fault, parts }: FaultyPlace): readonly Fix[] {
  const fitting = fittingAttributes(element, undefined, parts);
  const required = fitting.filter(({ isRequired }) => isRequired);
  const wanted = fitting.filter(({ name }) => fault.expected.includes(name));
  const ways = required.length > 0 ? [required] : wanted.map((attribute) => [attribute]);
  const at = element.attributes.at(-1)?.range.end ?? element.nameRange.end;
  const layout = layoutOf(document, element, undefined);
  const all =
    ways.length > 0
      ? ways
      : withAnyValue(
          element.attributes.map(({ name }) => name),
          { fault, element, parts },
        );
  return all.slice(0, maxAlternatives).map((attributes) => {
    const names = attributes.map(({ name }) => name).join(', ');
    const snippet = ` ${parts.expansion.attributes(attributes, viewOf(element), layout)}`;
    return snippetFix(t('Add {0}', names), { start: at, end: at }, snippet, all.length === 1);
  });
}

/** The expected attributes though what the element holds does not go with any of their values. */
function withAnyValue(
  given: readonly string[],
  { fault, element, parts }: Pick<FaultyPlace, 'fault' | 'element' | 'parts'>,
): readonly (readonly NamedPattern[])[] {
  const left = parts.walk.afterAttributes(element);
  return fault.expected.flatMap((name): NamedPattern[][] => {
    const [pattern] = namedExactly(attributesIn(left), { namespace: '', localName: name });
    return pattern === undefined || given.includes(name) ? [] : [[{ name, value: pattern.value }]];
  });
}

/** Adds the children that the element cannot do without, each with its own required parts. */
export function addChildren({ document, element, parts }: FaultyPlace): readonly Fix[] {
  const { walk, expansion } = parts;
  const gap = gapBefore(document, element, undefined);
  const left = walk.contentBefore(element, undefined);
  const required = expansion.required(left, viewOf(element), element.scope, gap.layout);
  if (required === undefined) return [];
  const title = t('Add {0}', required.names.map((name) => `<${name}>`).join(', '));
  return [snippetFix(title, gap.range, gap.before + required.snippet + gap.after, true)];
}

/** Fills an empty element. */
export function addText({ document, element, parts }: FaultyPlace): readonly Fix[] {
  const { startTagRange, endTagRange, name } = element;
  const content = parts.walk.contentBefore(element, undefined);
  const text = parts.expansion.text(viewOf(element), content, layoutOf(document, element, undefined));
  const title = t('Fill in <{0}>', name);
  if (endTagRange !== undefined) {
    return [snippetFix(title, { start: startTagRange.end, end: endTagRange.start }, text, true)];
  }
  const start = document.text.slice(0, startTagRange.end - '/>'.length).trimEnd().length;
  return [snippetFix(title, { start, end: startTagRange.end }, `>${text}</${name}>`, true)];
}
