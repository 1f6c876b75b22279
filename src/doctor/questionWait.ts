import type { WaitOptions } from '../base/waiting.ts';
import type { Ward } from './patient.ts';

const questionMs = 20_000;

/** How long a question to a host or a cluster may take; it ends with the check-up. */
export function questionWait({ wait }: Pick<Ward, 'wait'>): WaitOptions {
  return { timeoutMs: questionMs, ...wait };
}
