import { t } from '../../../base/l10n.ts';
import type { Finding } from '../examination/finding.ts';
import type { Wording } from './inWords.ts';

/** More faults than anyone reads, as one. */
export function furtherFaults({
  count,
  first,
  frame,
}: Extract<Finding, { kind: 'further-faults' }>): Wording {
  const { name } = frame.element;
  return 'attribute' in first
    ? {
        kind: 'unknown-attribute',
        message: t('<{0}> has {1} more faulty attributes from here on.', name, count),
        expected: [],
      }
    : {
        kind: 'misplaced-element',
        message: t('<{0}> has {1} more faulty elements from here on.', name, count),
        expected: [],
      };
}
