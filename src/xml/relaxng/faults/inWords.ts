import type { Finding } from '../examination/finding.ts';
import type { SchemaFault } from '../fault.ts';
import type { Schema } from '../schema.ts';

/** Puts a finding into words. */
export function inWords(_schema: Schema, finding: Finding): SchemaFault {
  const range =
    'child' in finding
      ? finding.child.nameRange
      : 'attribute' in finding
        ? (finding.attribute.valueRange ?? finding.attribute.nameRange)
        : 'range' in finding
          ? finding.range
          : finding.frame.element.nameRange;
  return {
    kind: 'unknown-element',
    range,
    message: finding.kind,
    elementStart: finding.frame.element.range.start,
    expected: [],
  };
}
