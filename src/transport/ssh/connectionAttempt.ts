import { CancelledError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { seconds } from '../collectOutput.ts';
import type { SshHostConfig } from './config/sshHostConfig.ts';
import { SshError } from './sshError.ts';

const defaultTimeoutMs = 20_000;

/** How far a connection has come. */
export type ConnectionStep = 'connect' | 'handshake' | 'login';

/** One attempt to connect: ends at the first failure, be it of the host, of time, or because somebody cancelled. */
export class ConnectionAttempt {
  step: ConnectionStep = 'connect';
  readonly #config: SshHostConfig;
  readonly #controller = new AbortController();
  readonly #failure: Promise<never>;
  readonly #owner: AbortSignal | undefined;
  readonly #cancel = (): void => {
    this.fail(new CancelledError());
  };
  #reject: (reason: unknown) => void = () => undefined;
  #ended = false;
  #remainingMs: number;
  readonly #allowedMs: number;
  #timer: NodeJS.Timeout | undefined;
  #startedAt = 0;
  #peopleAsked = 0;

  constructor(config: SshHostConfig, options: WaitOptions) {
    this.#config = config;
    this.#owner = options.signal;
    this.#allowedMs = options.timeoutMs ?? config.connectTimeoutMs ?? defaultTimeoutMs;
    this.#remainingMs = this.#allowedMs;
    this.#failure = new Promise<never>((_resolve, reject) => {
      this.#reject = reject;
    });
    this.#failure.catch(() => undefined);
    this.#owner?.addEventListener('abort', this.#cancel, { once: true });
    this.#startClock();
  }

  /** Aborts when the attempt has failed. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The first failure counts; none does after {@link end}. */
  readonly fail = (reason: unknown): void => {
    if (this.#ended) return;
    this.#reject(reason);
    this.end();
    this.#controller.abort();
  };

  /** Stops the clock for good and lets go of everybody's signal. Failures no longer matter. */
  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#owner?.removeEventListener('abort', this.#cancel);
  }

  /** The result of the work, or the failure of the attempt, whichever comes first. */
  orFailure<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#failure]);
  }

  /** Lets the clock stand still while a person is thinking. */
  async waitForPerson<T>(work: Promise<T>): Promise<T> {
    if (this.#peopleAsked++ === 0) this.#stopClock();
    try {
      return await work;
    } finally {
      if (--this.#peopleAsked === 0 && !this.#ended) this.#startClock();
    }
  }

  /** Asks a person. No answer ends the attempt. */
  async ask<T>(prompt: (signal: AbortSignal) => Promise<T | undefined>): Promise<T> {
    this.#mustGoOn();
    const answer = await this.waitForPerson(this.orFailure(prompt(this.signal)));
    if (answer === undefined) {
      const cancelled = new CancelledError();
      this.fail(cancelled);
      throw cancelled;
    }
    this.#mustGoOn();
    return answer;
  }

  #mustGoOn(): void {
    if (this.#ended) throw new CancelledError();
  }

  #startClock(): void {
    this.#startedAt = Date.now();
    this.#timer = setTimeout(() => {
      this.fail(this.#timedOut());
    }, this.#remainingMs);
  }

  #stopClock(): void {
    clearTimeout(this.#timer);
    this.#remainingMs = Math.max(0, this.#remainingMs - (Date.now() - this.#startedAt));
  }

  #timedOut(): SshError {
    const { label, hostName, port } = this.#config;
    const time = seconds(this.#allowedMs);
    switch (this.step) {
      case 'connect':
        return new SshError('timeout', t('{0} did not answer within {1} s.', label, time), {
          advice: t(
            'Check that the host is up, and that no firewall between here and port {1} of {0} drops the connection.',
            hostName,
            port,
          ),
        });
      case 'handshake':
        return new SshError(
          'timeout',
          t('{0} took the connection, but did not complete the SSH handshake within {1} s.', label, time),
          {
            advice: t(
              'Check that sshd listens on port {1} of {0}, and how busy the host is.',
              hostName,
              port,
            ),
          },
        );
      case 'login':
        return new SshError('timeout', t('{0} did not complete the login within {1} s.', label, time), {
          advice: t('Slow name resolution or a slow PAM module on the host is a frequent cause.'),
        });
    }
  }
}
