import { CancelledError } from '../../base/errors.ts';

/**
 * What work came to that a person no longer wanted to wait for: it may have been done already, and it rejects with a
 * CancelledError when nothing is left of it. Any other error is passed on.
 */
export async function afterCancel<T>(error: unknown, work: Promise<T> | undefined): Promise<T> {
  if (!(error instanceof CancelledError) || !work) throw error;
  return work;
}
