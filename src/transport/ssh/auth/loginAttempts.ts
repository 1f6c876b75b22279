import type { AnyAuthMethod, ParsedKey } from 'ssh2';
import { t } from '../../../base/l10n.ts';
import type { Log } from '../../../base/log.ts';
import type { AuthMethodName, SshHostConfig } from '../config/sshHostConfig.ts';
import type { KeyboardInteractiveQuestion, PasswordQuestion } from '../sshPrompts.ts';
import type { Identity } from './identity.ts';

/** What the server said to the last attempt. */
export interface ServerAnswer {
  /** The methods that can continue; undefined before it has said any. */
  readonly methods: readonly string[] | undefined;
  /** The attempt succeeded, but another factor is wanted. */
  readonly partialSuccess: boolean;
}

export interface LoginContext {
  readonly config: SshHostConfig;
  readonly identities: Promise<readonly Identity[]>;
  readonly askPassword: (question: PasswordQuestion) => Promise<string>;
  readonly askKeyboardInteractive: (question: KeyboardInteractiveQuestion) => Promise<readonly string[]>;
  /** Makes the attempt that lets one key sign. */
  readonly withKey: (key: ParsedKey, identity: Identity) => AnyAuthMethod;
  readonly log: Log;
}

export type LoginAttempts = AsyncGenerator<AnyAuthMethod, void, ServerAnswer>;

type AttemptSource = Iterator<AnyAuthMethod, void> | AsyncIterator<AnyAuthMethod, void>;

const maxPasswordAttempts = 3;

/**
 * The attempts to log in, in the order of the preferred methods; each gets the server's answer to it. Without a key to
 * begin with, the server is asked first which methods it takes (`none`), so that nobody is asked for nothing.
 */
export async function* loginAttempts(context: LoginContext): LoginAttempts {
  const { config, log } = context;
  const identities = await context.identities;
  const user = config.user;
  const sources: Readonly<Record<AuthMethodName, AttemptSource>> = {
    publickey: keyAttempts(context, identities),
    'keyboard-interactive': keyboardAttempts(context),
    password: passwordAttempts(context),
  };
  const keyFirst = config.preferredAuthentications[0] === 'publickey' && identities.length > 0;
  let answer: ServerAnswer = keyFirst
    ? { methods: undefined, partialSuccess: false }
    : yield { type: 'none', username: user };
  for (let next = await firstOf(); next; next = await firstOf()) {
    answer = yield next;
    if (answer.partialSuccess) {
      log.info(
        t('{0}: accepted, but more is asked for: {1}', config.label, (answer.methods ?? []).join(', ')),
      );
    }
  }

  /** The next attempt by the first method that the server takes and that has one left. */
  async function firstOf(): Promise<AnyAuthMethod | undefined> {
    for (const method of config.preferredAuthentications) {
      if (answer.methods && !answer.methods.includes(method)) continue;
      const { value } = await sources[method].next();
      if (value) return value;
    }
    return undefined;
  }
}

async function* keyAttempts(
  { config, withKey, log }: LoginContext,
  identities: readonly Identity[],
): AsyncGenerator<AnyAuthMethod, void> {
  for (const identity of identities) {
    const key = await identity.publicKey();
    if (!key) continue;
    log.info(t('{0}: trying the key {1} ({2})', config.label, identity.name, key.type));
    yield withKey(key, identity);
  }
}

function* keyboardAttempts({
  config,
  askKeyboardInteractive,
  log,
}: LoginContext): Generator<AnyAuthMethod, void> {
  for (let attempt = 1; attempt <= maxPasswordAttempts; attempt++) {
    log.info(t('{0}: trying keyboard-interactive', config.label));
    yield {
      type: 'keyboard-interactive',
      username: config.user,
      prompt: (name, instructions, _language, prompts, finish) => {
        const questions = prompts.map(({ prompt, echo }) => ({ prompt, echo: echo === true }));
        askKeyboardInteractive({ host: config.label, name, instructions, prompts: questions, attempt }).then(
          (answers) => {
            finish([...answers]);
          },
          (error: unknown) => {
            log.debug(`${config.label}: no answers: ${String(error)}`);
          },
        );
      },
    };
  }
}

async function* passwordAttempts({
  config,
  askPassword,
  log,
}: LoginContext): AsyncGenerator<AnyAuthMethod, void> {
  for (let attempt = 1; attempt <= maxPasswordAttempts; attempt++) {
    const password = await askPassword({ host: config.label, user: config.user, attempt });
    log.info(t('{0}: trying a password', config.label));
    yield { type: 'password', username: config.user, password };
  }
}
