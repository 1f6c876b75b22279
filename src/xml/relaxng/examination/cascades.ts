import type { XmlDocument, XmlElement } from '../../document.ts';
import { childElements } from '../../queries.ts';
import { BrokenPlaces } from './brokenPlaces.ts';
import type { Finding } from './finding.ts';

/** Leaves out what only follows from broken markup, which is reported, or from another finding. */
export function withoutCascades(document: XmlDocument, findings: readonly Finding[]): readonly Finding[] {
  const broken = new BrokenPlaces(document.faults);
  return findings.filter(
    (finding) =>
      !followsFromDamage(finding) &&
      !isInBrokenMarkup(broken, finding) &&
      !isMovedAway(finding, findings) &&
      !isForAttribute(finding, findings),
  );
}

/** Where tags do not match, what is in which element is a guess: only names and values that are wrong anywhere count. */
function followsFromDamage(finding: Finding): boolean {
  const { element } = finding.frame;
  switch (finding.kind) {
    case 'missing-attribute':
    case 'unknown-attribute':
    case 'misplaced-attribute':
      return element.damaged && element.endTagRange === undefined && isCutOff(element);
    case 'wrong-value':
      return isCutOff(element);
    case 'unknown-element':
      return isCutOff(finding.child);
    case 'wrong-root':
      return isCutOff(element);
    default:
      return isUncertain(element) || ('child' in finding && finding.child.damaged);
  }
}

/** The element or one of its children has broken tags, so that its children may be those of another. */
function isUncertain(element: XmlElement): boolean {
  return element.damaged || childElements(element).some(({ damaged }) => damaged);
}

/** The start tag is not whole. */
function isCutOff(element: XmlElement): boolean {
  return element.damaged && element.startTagRange.end === element.range.end;
}

function isInBrokenMarkup(broken: BrokenPlaces, finding: Finding): boolean {
  const tag = finding.frame.element.startTagRange;
  const isAboutNames = ['unknown-attribute', 'misplaced-attribute', 'missing-attribute'].includes(
    finding.kind,
  );
  const token =
    'attribute' in finding
      ? finding.attribute.range
      : 'child' in finding
        ? finding.child.nameRange
        : 'range' in finding
          ? finding.range
          : finding.frame.element.startTagRange;
  if (finding.kind === 'further-faults') return broken.isAny;
  return broken.touch(token) || (isAboutNames && broken.touch(tag));
}

/** The text stands where the missing attribute is wanted: that one tells it. */
function isForAttribute(finding: Finding, findings: readonly Finding[]): boolean {
  return (
    finding.kind === 'stray-text' &&
    findings.some((other) => other.kind === 'missing-attribute' && other.frame === finding.frame)
  );
}

/** What is missing stands in the wrong place near by, or is an attribute where an element is wanted, which is reported. */
function isMovedAway(finding: Finding, findings: readonly Finding[]): boolean {
  if (finding.kind !== 'missing-element' && finding.kind !== 'missing-attribute') return false;
  const { element } = finding.frame;
  return finding.names.some((name) =>
    findings.some(
      (other) =>
        (other.frame.element === element &&
          (finding.kind === 'missing-element'
            ? other.kind === 'unknown-attribute' && other.attribute.localName === name
            : other.kind === 'unknown-element' && other.child.localName === name)) ||
        (finding.kind === 'missing-element' &&
          other.kind === 'misplaced-element' &&
          other.child.localName === name &&
          (other.frame.element === element.parent || other.frame.element.parent === element)),
    ),
  );
}
