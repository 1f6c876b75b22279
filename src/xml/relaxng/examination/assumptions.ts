import type { XmlAttribute, XmlElement } from '../../document.ts';
import { judgedAttributes } from '../attributes.ts';
import type { Pattern } from '../pattern.ts';
import { attributesIn, localNames, named, valuesIn } from '../queries.ts';
import type { Finding } from './finding.ts';

/** What somebody may have got wrong, so that much else only looks wrong. */
export type Assumption =
  /** The value of the attribute; with `value`, that one was meant. */
  | { readonly kind: 'other-value'; readonly attribute: XmlAttribute; readonly value: string | undefined }
  /** An attribute was left out that could have been left out were the rest different. */
  | { readonly kind: 'left-out'; readonly name: string; readonly value: string | undefined }
  /** The child does not belong here, although it could stand here. */
  | { readonly kind: 'strange-child'; readonly child: XmlElement };

/** Children that are tried as the one that is out of place. */
const maxStrange = 30;

/** Whether one mistake could explain the findings better: they are several, or about what does not go together. */
export function isWorthAssuming(element: XmlElement, findings: readonly Finding[]): boolean {
  const [only] = findings;
  return findings.length > 1 || (only !== undefined && isAboutContext(only) && isNear(only, element));
}

/** Whether an assumption that leaves as many faults explains them better: an attribute that is missing is seen less than one that is there. */
export function isAsLikely(
  assumption: Assumption,
  findings: readonly Finding[],
  asWritten: readonly Finding[],
): boolean {
  return (
    assumption.kind === 'left-out' && findings.length === asWritten.length && asWritten.every(isAboutContext)
  );
}

/** The finding is about something that is right elsewhere. */
function isAboutContext(finding: Finding): boolean {
  switch (finding.kind) {
    case 'unknown-attribute':
      return finding.meant === undefined;
    case 'misplaced-element':
      return finding.blocker === undefined;
    case 'missing-attribute':
    case 'misplaced-attribute':
      return true;
    default:
      return false;
  }
}

function isNear({ frame }: Finding, element: XmlElement): boolean {
  return frame.element === element || frame.element.parent === element;
}

/** What to try when an element has several faults that one mistake could explain, the likeliest first. */
export function assumptionsFor(
  element: XmlElement,
  content: Pattern,
  findings: readonly Finding[],
): readonly Assumption[] {
  const attributes = judgedAttributes(element);
  const possible = attributesIn(content);
  const isChoice = (name: { namespace: string; localName: string }): boolean =>
    named(possible, name).some(({ value }) => valuesIn(value).length > 0);
  const otherValues = attributes
    .filter(isChoice)
    .map((attribute): Assumption => ({ kind: 'other-value', attribute, value: undefined }));
  const leftOut = localNames(possible)
    .filter((name) => !attributes.some(({ localName }) => localName === name))
    .filter((localName) => isChoice({ namespace: '', localName }))
    .map((name): Assumption => ({ kind: 'left-out', name, value: undefined }));
  return [...otherValues, ...leftOut, ...strangeChildren(element, findings)];
}

/** Children before the first one that is refused, when several things are wrong with the order. */
function strangeChildren(element: XmlElement, findings: readonly Finding[]): Assumption[] {
  const own = findings.filter(({ frame }) => frame.element === element);
  const refused = own.flatMap((finding) =>
    finding.kind === 'misplaced-element' || finding.kind === 'duplicate-element' ? [finding.child] : [],
  );
  const [first] = refused;
  const isAboutOrder =
    own.length > 1 && (first !== undefined || own.some(({ kind }) => kind === 'missing-element'));
  if (!isAboutOrder) return [];
  const children = element.children.filter((child) => child.kind === 'element');
  return children
    .slice(0, first === undefined ? undefined : children.indexOf(first))
    .slice(-maxStrange)
    .map((child) => ({ kind: 'strange-child', child }));
}

/** The values that the attribute of the assumption can have. */
export function valuesFor(
  content: Pattern,
  assumption: Exclude<Assumption, { kind: 'strange-child' }>,
): readonly string[] {
  const name =
    assumption.kind === 'other-value' ? assumption.attribute : { namespace: '', localName: assumption.name };
  return [...new Set(named(attributesIn(content), name).flatMap(({ value }) => valuesIn(value)))];
}

/** Whether the finding is the one that the assumption itself makes. */
export function isOf(
  finding: Finding,
  assumption: Exclude<Assumption, { kind: 'strange-child' }>,
): finding is Extract<Finding, { kind: 'wrong-value' | 'missing-attribute' }> {
  return assumption.kind === 'other-value'
    ? finding.kind === 'wrong-value' && finding.attribute === assumption.attribute
    : finding.kind === 'missing-attribute' && finding.names[0] === assumption.name;
}
