import { waitFor, type WaitOptions } from '../../base/waiting.ts';
import { TimeoutError } from '../../base/errors.ts';
import type { Disposable } from '../../base/events.ts';
import type { HostKnowledgeIndex } from './hostKnowledgeIndex.ts';

/** Storage that hangs must not hold up a question for long. */
const defaultTimeoutMs = 10_000;

/**
 * Has a host's knowledge filled and waits for an answer that comes from it. @returns undefined when it is still not known
 * when the time is up, 10 seconds by default
 */
export async function untilKnown<T>(
  knowledge: HostKnowledgeIndex,
  ask: () => T | undefined,
  { signal, timeoutMs = defaultTimeoutMs }: WaitOptions = {},
): Promise<T | undefined> {
  knowledge.want();
  let listener: Disposable | undefined;
  const answered = new Promise<T>((resolve) => {
    const look = (): void => {
      const answer = ask();
      if (answer !== undefined) resolve(answer);
    };
    listener = knowledge.onDidChange(look);
    look();
  });
  try {
    return await waitFor(answered, { signal, timeoutMs }, () => '');
  } catch (error) {
    if (error instanceof TimeoutError) return undefined;
    throw error;
  } finally {
    listener?.dispose();
  }
}
