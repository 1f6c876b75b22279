import type { BaseAgent, IdentityCallback, ParsedKey, SignCallback, SigningRequestOptions } from 'ssh2';
import { messageOf } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { Log } from '../../../base/log.ts';
import type { Ssh2 } from '../loadSsh2.ts';
import type { Identity } from './identity.ts';

/**
 * An identity as ssh2 can use it. ssh2 lets only agents sign asynchronously, and asks them only when the host has said
 * that it would take the key: so an identity poses as an agent with one key, be it from an agent or from a file.
 */
export function signerFor(
  ssh2: Ssh2,
  key: ParsedKey,
  identity: Identity,
  signed: () => void,
  log: Log,
): BaseAgent<ParsedKey> {
  class Signer extends ssh2.BaseAgent<ParsedKey> {
    override getIdentities(done: IdentityCallback<ParsedKey>): void {
      done(undefined, [key]);
    }

    override sign(
      _key: ParsedKey,
      data: Buffer,
      options: SigningRequestOptions | SignCallback,
      callback?: SignCallback,
    ): void {
      const [hash, done] = typeof options === 'function' ? [undefined, options] : [options.hash, callback];
      identity.sign(data, hash).then(
        (signature) => {
          signed();
          done?.(undefined, signature);
        },
        (error: unknown) => {
          log.warn(t('The key {0} did not sign: {1}', identity.name, messageOf(error)));
          done?.(error instanceof Error ? error : new Error(messageOf(error)));
        },
      );
    }
  }
  return new Signer();
}
