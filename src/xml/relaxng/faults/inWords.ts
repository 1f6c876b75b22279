import type { Finding } from '../examination/finding.ts';
import type { SchemaFault } from '../fault.ts';
import type { Schema } from '../schema.ts';
import { attributeFault } from './attributes.ts';
import { elementFault } from './elements.ts';
import { missingAttribute, missingElement, missingText } from './missing.ts';
import { furtherFaults } from './further.ts';
import { strayText, wrongRoot, wrongText } from './texts.ts';
import { wrongValue } from './values.ts';

/** What the words for a finding are made of; the rest of a fault is the same for all kinds. */
export type Wording = Omit<SchemaFault, 'elementStart' | 'range'> & {
  readonly range?: SchemaFault['range'];
};

/** Puts a finding into words: names the token, what was expected there, and what was likely meant. */
export function inWords(schema: Schema, finding: Finding): SchemaFault {
  const wording = wordingOf(schema, finding);
  return { range: rangeOf(finding), elementStart: elementOf(finding), ...wording };
}

function wordingOf(schema: Schema, finding: Finding): Wording {
  switch (finding.kind) {
    case 'wrong-value':
      return wrongValue(schema, finding);
    case 'unknown-attribute':
    case 'misplaced-attribute':
      return attributeFault(schema, finding);
    case 'unknown-element':
    case 'misplaced-element':
    case 'duplicate-element':
      return elementFault(schema, finding);
    case 'missing-attribute':
      return missingAttribute(finding);
    case 'missing-element':
      return missingElement(finding);
    case 'missing-text':
      return missingText(finding);
    case 'wrong-text':
      return wrongText(schema, finding);
    case 'stray-text':
      return strayText(finding);
    case 'further-faults':
      return furtherFaults(finding);
    case 'wrong-root':
      return wrongRoot(finding);
  }
}

function rangeOf(finding: Finding): SchemaFault['range'] {
  switch (finding.kind) {
    case 'wrong-value':
      return finding.attribute.valueRange ?? finding.attribute.nameRange;
    case 'unknown-attribute':
    case 'misplaced-attribute':
      return finding.attribute.nameRange;
    case 'unknown-element':
    case 'misplaced-element':
    case 'duplicate-element':
      return finding.child.nameRange;
    case 'further-faults':
      return 'attribute' in finding.first ? finding.first.attribute.nameRange : finding.first.child.nameRange;
    case 'wrong-text':
    case 'stray-text':
      return finding.range;
    default:
      return finding.frame.element.nameRange;
  }
}

function elementOf(finding: Finding): number {
  if (finding.kind === 'further-faults' && 'child' in finding.first) return finding.first.child.range.start;
  return ('child' in finding ? finding.child : finding.frame.element).range.start;
}
