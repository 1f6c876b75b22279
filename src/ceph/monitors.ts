import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askCeph, runCeph } from './cephProgram.ts';

/** How long the monitors may take to answer at all, in seconds; without a limit `ceph` waits for ever. */
const connectSeconds = 10;
const timeoutMs = 30_000;

/** No word is taken for an option because it begins with a dash; one like `--size=3` is still: it goes behind its name, `--pool=`. */
function wordsOf(words: readonly string[]): readonly string[] {
  return [`--connect-timeout=${connectSeconds}`, '--', ...words];
}

/**
 * What the monitors or the manager answer to `ceph WORDS`, as JSON; undefined when they answer nothing. Rejects with a
 * CephError: ETIMEDOUT when no monitor answers; `isForbidden()` and `isLoginError()` tell who may not.
 */
export async function askMonitors(
  client: CephClient,
  words: readonly string[],
  options?: WaitOptions,
): Promise<unknown> {
  return askCeph(client, 'ceph', wordsOf(words), { timeoutMs, ...options });
}

/** Has the monitors or the manager change something by `ceph WORDS`. @returns what the program prints */
export async function tellMonitors(
  client: CephClient,
  words: readonly string[],
  options?: WaitOptions,
): Promise<string> {
  return runCeph(client, 'ceph', wordsOf(words), { timeoutMs, ...options });
}
