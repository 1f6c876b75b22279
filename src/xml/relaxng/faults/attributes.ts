import { t } from '../../../base/l10n.ts';
import type { XmlAttribute } from '../../document.ts';
import { childElements } from '../../queries.ts';
import { judgedAttributes, takeAttributes } from '../attributes.ts';
import type { Finding, Frame } from '../examination/finding.ts';
import type { ElementPattern } from '../pattern.ts';
import { attributesIn, elementsIn, localNames, named } from '../queries.ts';
import type { Schema } from '../schema.ts';
import { conditionFor } from './conditions.ts';
import { conditionInWords } from './conditionWords.ts';
import type { Wording } from './inWords.ts';
import { listed, withFirst } from './lists.ts';

type AttributeFinding = Extract<Finding, { kind: 'unknown-attribute' | 'misplaced-attribute' }>;

export function attributeFault(schema: Schema, finding: AttributeFinding): Wording {
  const { attribute, frame } = finding;
  const { name } = attribute;
  const element = frame.element.name;
  const expected = freeNames(frame);
  const condition = conditionFor(
    schema,
    frame,
    (content) => named(attributesIn(content), attribute).length > 0,
    attribute,
  );
  if (finding.kind === 'misplaced-attribute') {
    const message =
      condition === undefined
        ? t('{0} does not go with {1} in <{2}>.', name, blockersOf(schema, frame, attribute), element)
        : conditionInWords(name, frame.element, condition);
    return { kind: 'misplaced-attribute', message, expected };
  }
  const { meant, missing } = finding;
  if (meant !== undefined) {
    const message = t('<{0}> has no attribute {1}. Did you mean {2}?', element, name, meant);
    return { kind: 'unknown-attribute', message, expected: withFirst(expected, meant), suggestion: meant };
  }
  if (condition !== undefined) {
    return {
      kind: 'misplaced-attribute',
      message: conditionInWords(name, frame.element, condition),
      expected,
    };
  }
  const likely = withFirst(expected, missing[0]);
  const asElement = named(elementsIn(frame.content), attribute);
  const holder = holderOf(frame, attribute.localName);
  const message =
    asElement.length > 0
      ? t('<{0}> has no attribute {1}. It is an element: <{1}>…</{1}>.', element, name)
      : missing.length > 0
        ? t('<{0}> has no attribute {1}. It lacks {2}.', element, name, listed(missing))
        : holder !== undefined
          ? t('<{0}> has no attribute {1}. It belongs to <{2}>.', element, name, holder)
          : likely.length > 0
            ? t('<{0}> has no attribute {1}. It can have {2}.', element, name, listed(likely))
            : t('<{0}> has no attribute {1}.', element, name);
  return {
    kind: 'unknown-attribute',
    message,
    expected: likely,
    suggestion: asElement.length === 0 && missing.length === 1 ? missing[0] : undefined,
  };
}

/** Attributes that are tried as the one that rules another out. */
const maxBlockers = 40;

/** The attributes beside which this one cannot be: one without which it could, else all others. */
function blockersOf(schema: Schema, frame: Frame, attribute: XmlAttribute): string {
  const others = judgedAttributes(frame.element).filter((other) => other !== attribute);
  const blocker = others.slice(0, maxBlockers).find((other) => {
    const kept = others.filter((candidate) => candidate !== other);
    return takeAttributes(schema.derivatives, frame.content, [attribute, ...kept]).refused.length === 0;
  });
  return blocker?.name ?? listed(others.map((other) => other.name));
}

/** Attributes that the element could have beside those that it has. */
function freeNames(frame: Frame): readonly string[] {
  const given = new Set(frame.element.attributes.map(({ localName }) => localName));
  return localNames(attributesIn(frame.afterAttributes)).filter((name) => !given.has(name));
}

/** The element near by that has such an attribute: a child, the one around, or a sibling. */
function holderOf(frame: Frame, attribute: string): string | undefined {
  const name = { namespace: '', localName: attribute };
  const has = (pattern: ElementPattern): boolean => named(attributesIn(pattern.content()), name).length > 0;
  const inside = elementsIn(frame.content).filter(has);
  const written = childElements(frame.element).find((child) => named(inside, child).length > 0);
  if (written !== undefined) return written.localName;
  const outer = frame.parent;
  const [child] = localNames(inside);
  if (child !== undefined || outer === undefined) return child;
  if (named(attributesIn(outer.content), name).length > 0) return outer.element.localName;
  const beside = elementsIn(outer.content).filter(has);
  const sibling = childElements(outer.element).find((other) => named(beside, other).length > 0);
  return sibling?.localName;
}
