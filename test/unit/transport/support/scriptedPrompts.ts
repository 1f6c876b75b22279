import assert from 'node:assert/strict';
import type {
  HostKeyQuestion,
  KeyboardInteractiveQuestion,
  PassphraseQuestion,
  PasswordQuestion,
  SshPrompts,
} from '../../../../src/transport/ssh/sshPrompts.ts';

type Answer<Question, T> = (question: Question, signal: AbortSignal) => T | Promise<T>;

interface Script {
  readonly confirmHostKey?: Answer<HostKeyQuestion, boolean | undefined>;
  readonly passphrase?: Answer<PassphraseQuestion, string | undefined>;
  readonly password?: Answer<PasswordQuestion, string | undefined>;
  readonly keyboardInteractive?: Answer<KeyboardInteractiveQuestion, readonly string[] | undefined>;
}

/** A person who answers as the script says. A question that the script does not expect fails the test. */
export class ScriptedPrompts implements SshPrompts {
  readonly asked: string[] = [];
  readonly #script: Script;

  constructor(script: Script = {}) {
    this.#script = script;
  }

  confirmHostKey(question: HostKeyQuestion, signal: AbortSignal): Promise<boolean | undefined> {
    return this.#answer('confirmHostKey', question, signal, this.#script.confirmHostKey);
  }

  passphrase(question: PassphraseQuestion, signal: AbortSignal): Promise<string | undefined> {
    return this.#answer(`passphrase ${question.attempt}`, question, signal, this.#script.passphrase);
  }

  password(question: PasswordQuestion, signal: AbortSignal): Promise<string | undefined> {
    return this.#answer(`password ${question.attempt}`, question, signal, this.#script.password);
  }

  keyboardInteractive(
    question: KeyboardInteractiveQuestion,
    signal: AbortSignal,
  ): Promise<readonly string[] | undefined> {
    const name = `keyboardInteractive ${question.attempt}`;
    return this.#answer(name, question, signal, this.#script.keyboardInteractive);
  }

  async #answer<Question, T>(
    name: string,
    question: Question,
    signal: AbortSignal,
    answer: Answer<Question, T> | undefined,
  ): Promise<T> {
    this.asked.push(name);
    assert.ok(answer, `asked for nothing: ${name} ${JSON.stringify(question)}`);
    return answer(question, signal);
  }
}

/** An answer that never comes, until the question is taken away. */
export function noAnswer(_question: unknown, signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve(undefined);
    });
  });
}
