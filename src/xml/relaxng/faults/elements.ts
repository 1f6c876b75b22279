import { t } from '../../../base/l10n.ts';
import type { XmlElement } from '../../document.ts';
import { textOf } from '../../queries.ts';
import type { Finding, Frame } from '../examination/finding.ts';
import type { Pattern } from '../pattern.ts';
import { attributesIn, elementsIn, firstElements, localNames, named } from '../queries.ts';
import type { Schema } from '../schema.ts';
import { pathOf, placeFor } from './belongs.ts';
import { conditionFor } from './conditions.ts';
import { conditionInWords } from './conditionWords.ts';
import type { Wording } from './inWords.ts';
import { listedTags, shortened, withFirst } from './lists.ts';

type UnknownElement = Extract<Finding, { kind: 'unknown-element' }>;
type MisplacedElement = Extract<Finding, { kind: 'misplaced-element' }>;
type DuplicateElement = Extract<Finding, { kind: 'duplicate-element' }>;

export function elementFault(
  schema: Schema,
  finding: UnknownElement | MisplacedElement | DuplicateElement,
): Wording {
  switch (finding.kind) {
    case 'unknown-element':
      return unknownElement(finding);
    case 'misplaced-element':
      return misplacedElement(schema, finding);
    case 'duplicate-element':
      return {
        kind: 'duplicate-element',
        message: t('<{0}> is given twice in <{1}>.', finding.child.name, finding.frame.element.name),
        expected: [],
      };
  }
}

function unknownElement({ frame, child, meant, before, missing }: UnknownElement): Wording {
  const kind = 'unknown-element';
  const { name } = child;
  const parent = frame.element.name;
  const first = localNames(firstElements(before));
  if (meant !== undefined) {
    const message = t('<{0}> is not known in <{1}>. Did you mean <{2}>?', name, parent, meant);
    return { kind, message, expected: withFirst(first, meant), suggestion: meant };
  }
  const expected = withFirst(first, missing[0]);
  const holder = holderOf(frame.body, child);
  const isAttribute = named(attributesIn(frame.content), child).length > 0;
  const suggestion = !isAttribute && holder === undefined && missing.length === 1 ? missing[0] : undefined;
  const message = isAttribute
    ? t(
        "<{0}> is not known in <{1}>. It is an attribute: <{1} {0}='{2}'>.",
        name,
        parent,
        shortened(textOf(child)) || '…',
      )
    : holder !== undefined
      ? t(
          "<{0}> is not known in <{1}>. It is an attribute of <{3}>: <{3} {0}='{2}'>.",
          name,
          parent,
          shortened(textOf(child)) || '…',
          holder,
        )
      : missing.length > 0
        ? t('<{0}> is not known in <{1}>, which lacks {2}.', name, parent, listedTags(missing))
        : expected.length > 0
          ? t('<{0}> is not known in <{1}>. Allowed here: {2}.', name, parent, listedTags(expected))
          : t('<{0}> is not known in <{1}>, which holds no elements.', name, parent);
  return { kind, message, expected, suggestion };
}

/** The child element that has an attribute of the name that was written as an element. */
function holderOf(body: Pattern, { namespace, localName, children }: XmlElement): string | undefined {
  if (namespace !== '' || children.some(({ kind }) => kind === 'element')) return undefined;
  const holders = elementsIn(body).filter(
    (pattern) => named(attributesIn(pattern.content()), { namespace, localName }).length > 0,
  );
  return localNames(holders)[0];
}

function misplacedElement(schema: Schema, finding: MisplacedElement): Wording {
  const { frame, child, before, blocker, fitsBefore, isStranger } = finding;
  const kind = 'misplaced-element';
  const { name } = child;
  const parent = frame.element.name;
  const expected = localNames(firstElements(before));
  if (blocker !== undefined) {
    const message = fitsBefore
      ? t('<{0}> must stand before <{1}> in <{2}>.', name, blocker.name, parent)
      : t('<{0}> does not go with <{1}> in <{2}>.', name, blocker.name, parent);
    return { kind, message, expected, belongsIn: fitsBefore ? pathOf(frame) : undefined };
  }
  const takes = (content: Frame['content']): boolean => named(elementsIn(content), child).length > 0;
  const condition = takes(frame.body) ? undefined : conditionFor(schema, frame, takes);
  const place = takes(frame.content) && !isStranger ? undefined : placeFor(schema, frame, child);
  const holder = place?.at(-1);
  const isElsewhere = holder !== undefined && holder !== frame.element.localName;
  if (condition !== undefined && (takes(frame.content) || !isElsewhere)) {
    return { kind, message: conditionInWords(`<${name}>`, frame.element, condition), expected };
  }
  if (place !== undefined && isElsewhere) {
    const message = t('<{0}> does not belong in <{1}>. It belongs in <{2}>.', name, parent, holder);
    return { kind, message, expected, belongsIn: place };
  }
  const message =
    expected.length > 0
      ? t('<{0}> cannot stand here in <{1}>. Allowed here: {2}.', name, parent, listedTags(expected))
      : t('<{0}> cannot stand here in <{1}>.', name, parent);
  return { kind, message, expected };
}
