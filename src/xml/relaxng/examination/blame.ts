import type { XmlElement } from '../../document.ts';
import type { Finding } from './finding.ts';

/**
 * What to tell when another value of an attribute would make more right, but the value is a known one: what conflicts
 * with it, if that is in one place. undefined when it is all over the element, so that the value is the likelier mistake.
 * @param asWritten all that is wrong beside the value
 * @param otherwise what would still be wrong with another value
 */
export function conflictsWithValue(
  element: XmlElement,
  asWritten: readonly Finding[],
  otherwise: readonly Finding[],
): readonly Finding[] | undefined {
  const stillWrong = new Set(otherwise.map(placeOf));
  const conflicts = asWritten
    .filter((finding) => isConflict(finding) && !stillWrong.has(placeOf(finding)))
    .sort((a, b) => placeOf(a) - placeOf(b));
  const own = conflicts.filter((finding) => subjectOf(finding) === element);
  const inside = conflicts.filter((finding) => subjectOf(finding) !== element);
  if (conflicts.length === 0 || own.some((finding) => !('attribute' in finding))) return undefined;
  return isOnePlace(element, inside) ? [...own, ...inside.slice(0, 1), ...otherwise] : undefined;
}

/** One thing is there that should not be: what is missing conflicts with nothing. */
function isConflict({ kind }: Finding): boolean {
  return !kind.startsWith('missing-') && kind !== 'further-faults';
}

function subjectOf(finding: Finding): XmlElement {
  return 'child' in finding ? finding.child : finding.frame.element;
}

function placeOf(finding: Finding): number {
  if ('attribute' in finding) return finding.attribute.range.start;
  return 'range' in finding ? finding.range.start : subjectOf(finding).range.start;
}

/** Whether the findings, all inside the element, are in one child, and there about that one itself or in one of its own. */
function isOnePlace(element: XmlElement, findings: readonly Finding[]): boolean {
  const children = findings.flatMap((finding) => childTowards(element, subjectOf(finding)) ?? []);
  const [first] = children;
  if (first === undefined) return true;
  if (children.some(({ name }) => name !== first.name)) return false;
  const isItself = findings.some((finding) => subjectOf(finding).name === first.name);
  return isItself || children.some((child) => child !== first) || isOnePlace(first, findings);
}

/** The child that is the element inside, or holds it. */
function childTowards(element: XmlElement, inside: XmlElement): XmlElement | undefined {
  let child: XmlElement | undefined = inside;
  while (child !== undefined && child.parent !== element) child = child.parent;
  return child;
}
