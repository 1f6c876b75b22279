import type { AnyAuthMethod, ParsedKey } from 'ssh2';
import { t } from '../../../base/l10n.ts';
import type { Log } from '../../../base/log.ts';
import type { SshHostConfig } from '../config/sshHostConfig.ts';
import type { Ssh2 } from '../loadSsh2.ts';
import { SshError } from '../sshError.ts';
import type { KeyboardInteractiveQuestion, PasswordQuestion } from '../sshPrompts.ts';
import type { Identity } from './identity.ts';
import { loginAttempts, type LoginAttempts } from './loginAttempts.ts';
import { signerFor } from './signer.ts';

export interface AuthenticatorContext {
  readonly ssh2: Ssh2;
  readonly config: SshHostConfig;
  readonly identities: Promise<readonly Identity[]>;
  readonly askPassword: (question: PasswordQuestion) => Promise<string>;
  readonly askKeyboardInteractive: (question: KeyboardInteractiveQuestion) => Promise<readonly string[]>;
  readonly log: Log;
}

/** Keeps track of what was tried at one server and what it said. */
export class Authenticator {
  readonly #context: AuthenticatorContext;
  readonly #attempts: LoginAttempts;
  readonly #tried = new Map<string, number>();
  /** Keys the server took a signature of, without that being enough. */
  readonly #insufficientKeys: string[] = [];
  #methods: readonly string[] | undefined;
  #current: AnyAuthMethod | undefined;
  #signedWith: string | undefined;

  constructor(context: AuthenticatorContext) {
    this.#context = context;
    const withKey = (key: ParsedKey, identity: Identity): AnyAuthMethod => ({
      type: 'agent',
      username: context.config.user,
      agent: signerFor(
        context.ssh2,
        key,
        identity,
        () => {
          this.#signedWith = identity.name;
        },
        context.log,
      ),
    });
    this.#attempts = loginAttempts({ ...context, withKey });
  }

  /** Takes the methods that the server allows, as ssh2 read them. */
  serverAllows(methods: readonly string[]): void {
    this.#methods = methods;
  }

  /** The next attempt, now that the server has refused the current one; undefined when nothing is left to try. */
  async next(partialSuccess: boolean): Promise<AnyAuthMethod | undefined> {
    // For agents ssh2 hands on what the server said to the attempt before. But that a key was made to sign tells that
    // it was accepted, so that more must be wanted.
    const byKey = this.#current?.type === 'agent';
    if (this.#signedWith !== undefined) this.#insufficientKeys.push(this.#signedWith);
    const answer = {
      methods: this.#methods,
      partialSuccess: byKey ? this.#signedWith !== undefined : partialSuccess,
    };
    this.#signedWith = undefined;
    const { value } =
      this.#current === undefined ? await this.#attempts.next() : await this.#attempts.next(answer);
    this.#current = value ?? undefined;
    if (value && value.type !== 'none') {
      const method = value.type === 'agent' ? 'publickey' : value.type;
      this.#tried.set(method, (this.#tried.get(method) ?? 0) + 1);
    }
    return this.#current;
  }

  /** Why the login failed, in words. `raw` is what the server said when it hung up. */
  failure(raw?: string): SshError {
    const { label, user } = this.#context.config;
    const tried = [...this.#tried].map(([method, count]) => `${method} (${count})`).join(', ');
    const sentences = [
      t('{0} did not let the user {1} in.', label, user),
      tried === '' ? t('There was nothing to try.') : t('Tried: {0}.', tried),
      this.#methods ? t('The host takes: {0}.', this.#methods.join(', ')) : '',
    ];
    return new SshError('auth-failed', sentences.join(' ').trimEnd(), { advice: this.#advice(raw), raw });
  }

  #advice(raw: string | undefined): string {
    const { config } = this.#context;
    const [accepted] = this.#insufficientKeys;
    if (raw !== undefined && /too many authentication failures/i.test(raw)) {
      return t(
        'The host hangs up after a few failures: name the right key with IdentityFile and IdentitiesOnly.',
      );
    }
    if (accepted !== undefined) {
      return t(
        'It took the key {0}, which was not enough: look at PermitRootLogin, AllowUsers and AuthenticationMethods in its sshd_config.',
        accepted,
      );
    }
    return t(
      'Add your public key there with “ssh-copy-id {0}”, or name the right key or user in your SSH configuration.',
      `${config.user}@${config.alias}`,
    );
  }
}
