import type { BaseAgent, ParsedKey } from 'ssh2';
import { messageOf } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { Log } from '../../../base/log.ts';
import { waitFor } from '../../../base/waiting.ts';
import type { Identity } from './identity.ts';

/** An agent lists its keys at once, or it hangs: a socket left by a connection that is gone, for example. */
const listTimeoutMs = 5000;

/** A key that an ssh agent holds. */
export interface AgentKey {
  readonly publicKey: ParsedKey;
  readonly identity: Identity;
}

/** The keys of an agent, of the types that are supported. None when it does not answer; the log says so. */
export async function readAgentKeys(
  agent: BaseAgent,
  path: string,
  waitForPerson: <T>(work: Promise<T>) => Promise<T>,
  log: Log,
): Promise<AgentKey[]> {
  const listing = new Promise<readonly ParsedKey[]>((resolve, reject) => {
    agent.getIdentities((error, found) => {
      if (error) reject(error);
      else resolve((found ?? []) as ParsedKey[]);
    });
  });
  const keys = await waitFor(listing, { timeoutMs: listTimeoutMs }, () => t('no list of keys came')).catch(
    (error: unknown) => {
      log.warn(t('The ssh agent at {0} does not answer: {1}', path, messageOf(error)));
      return [];
    },
  );
  log.info(t('The ssh agent at {0} offers {1} keys.', path, keys.length));
  return keys.map((publicKey) => ({
    publicKey,
    identity: {
      name: publicKey.comment || publicKey.type,
      publicKey: () => Promise.resolve(publicKey),
      // An agent may ask a person before it signs.
      sign: (data, hash) =>
        waitForPerson(
          new Promise<Buffer>((resolve, reject) => {
            agent.sign(publicKey, data, { ...(hash && { hash }) }, (error, signature) => {
              if (signature) resolve(signature);
              else reject(error ?? new Error('The agent gave no signature.'));
            });
          }),
        ),
    },
  }));
}
