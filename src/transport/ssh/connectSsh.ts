import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Client } from 'ssh2';
import { CancelledError, messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { Log } from '../../base/log.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { Transport } from '../transport.ts';
import { Authenticator } from './auth/authenticator.ts';
import { findIdentities } from './auth/findIdentities.ts';
import type { SshHostConfig } from './config/sshHostConfig.ts';
import { ConnectionAttempt } from './connectionAttempt.ts';
import { handshakeFailure, loginLost, socketFailure } from './connectFailures.ts';
import { hostKeyAlgorithms } from './knownHosts/hostKeyAlgorithms.ts';
import { HostKeyVerifier } from './knownHosts/hostKeyVerifier.ts';
import { loadSsh2, type Ssh2 } from './loadSsh2.ts';
import { SshError } from './sshError.ts';
import type { SshPrompts } from './sshPrompts.ts';
import { SshTransport } from './sshTransport.ts';

/** SSH_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE: RFC 4253, section 11.1. */
const noMoreAuthMethodsAvailable = 14;

interface Ssh2Error extends Error {
  readonly level?: string;
  /** The reason of a disconnect message, among other things. */
  readonly code?: number | string;
}

export interface ConnectSshOptions extends WaitOptions {
  /** Called when there is nothing to do but to wait for the host: time for what needs no answer of it. */
  readonly whileWaiting?: (() => void) | undefined;
}

/**
 * Connects to a host by SSH and logs in. `timeoutMs` (default: ConnectTimeout, else 20 s) bounds the waits for the
 * host, not for people: it stands still while a prompt is open. Rejects with an SshError, or with a CancelledError
 * when the signal aborts or a prompt is cancelled; the socket is then closed.
 */
export async function connectSsh(
  config: SshHostConfig,
  prompts: SshPrompts,
  log: Log,
  options: ConnectSshOptions = {},
): Promise<Transport> {
  if (options.signal?.aborted) throw new CancelledError();
  const attempt = new ConnectionAttempt(config, options);
  try {
    const transport = await attempt.orFailure(
      new Connecting(config, prompts, log, attempt).run(options.whileWaiting),
    );
    log.info(t('{0}: connected', config.label));
    return transport;
  } catch (error) {
    const line = t('{0}: not connected: {1}', config.label, messageOf(error));
    if (error instanceof CancelledError) log.info(line);
    else log.error(line);
    attempt.fail(error);
    throw error;
  } finally {
    attempt.end();
  }
}

class Connecting {
  readonly #config: SshHostConfig;
  readonly #prompts: SshPrompts;
  readonly #log: Log;
  readonly #attempt: ConnectionAttempt;
  /** What came over the connection before the handshake was done: tells what answers there if it is no sshd. */
  #greeting = '';

  constructor(config: SshHostConfig, prompts: SshPrompts, log: Log, attempt: ConnectionAttempt) {
    this.#config = config;
    this.#prompts = prompts;
    this.#log = log;
    this.#attempt = attempt;
  }

  async run(whileWaiting = (): void => undefined): Promise<SshTransport> {
    const [ssh2, verifier, socket] = await Promise.all([
      // Loading blocks for a moment: what the network and the disk do is under way by then.
      nextTurn().then(loadSsh2),
      HostKeyVerifier.create(this.#config, this.#log),
      this.#connectSocket(),
    ]);
    this.#attempt.step = 'handshake';
    const loggingIn = this.#logIn(ssh2, verifier, socket);
    setImmediate(whileWaiting);
    return loggingIn;
  }

  async #connectSocket(): Promise<Socket> {
    const { hostName: host, port, label } = this.#config;
    this.#log.info(t('{0}: connecting to {1} port {2}', label, host, port));
    // Without noDelay each small packet of the protocol waits for the acknowledgement of the one before.
    const socket = connect({ host, port, noDelay: true });
    this.#attempt.signal.addEventListener('abort', () => socket.destroy(), { once: true });
    try {
      await once(socket, 'connect');
    } catch (error) {
      throw socketFailure(this.#config, error as NodeJS.ErrnoException);
    }
    let cause: Error | undefined;
    socket.on('error', (error) => {
      this.#log.debug(`${label}: ${error.message}`);
      cause = error;
    });
    socket.once('close', () => {
      this.#attempt.fail(this.#lost(cause));
    });
    return socket;
  }

  #logIn(ssh2: Ssh2, verifier: HostKeyVerifier, socket: Socket): Promise<SshTransport> {
    const config = this.#config;
    const attempt = this.#attempt;
    const client = new ssh2.Client();
    const authenticator = this.#authenticator(ssh2);
    this.#watch(client, authenticator);
    client.connect({
      sock: socket,
      username: config.user,
      readyTimeout: 0,
      keepaliveInterval: config.keepaliveIntervalMs,
      keepaliveCountMax: config.keepaliveCountMax,
      // Not only OpenSSH forwards UNIX sockets; a server that does not says so itself.
      strictVendor: false,
      algorithms: { serverHostKey: hostKeyAlgorithms(config.hostKeyAlgorithms, verifier.knownTypes) },
      hostVerifier: (key: Buffer, decide: (trusted: boolean) => void) => {
        // ssh2 corrupts what is sent while it waits for this answer during a change of the session keys.
        if (verifier.accepted(key)) decide(true);
        else {
          // ssh2 takes no answer after the server has hung up.
          const answer = (trusted: boolean): void => {
            if (!socket.destroyed) decide(trusted);
          };
          this.#verify(verifier, key).then(answer, (error: unknown) => {
            attempt.fail(error);
            answer(false);
          });
        }
      },
      authHandler: (_methods, partialSuccess, next) => {
        authenticator.next(partialSuccess).then((method) => {
          if (!method) attempt.fail(authenticator.failure());
          else if (!attempt.signal.aborted) next(method);
        }, attempt.fail);
      },
      // For keys, ssh2 tells what the server said to them only here.
      debug: (line) => {
        const refusal = /USERAUTH_FAILURE \((.*)\)/.exec(line);
        if (refusal) authenticator.serverAllows((refusal[1] ?? '').split(',').filter(Boolean));
      },
    });
    this.#listenToGreeting(client, socket);
    return new Promise((resolve) => {
      client.once('ready', () => {
        resolve(new SshTransport(client, socket, config.label, this.#log));
      });
    });
  }

  #authenticator(ssh2: Ssh2): Authenticator {
    const attempt = this.#attempt;
    const prompts = this.#prompts;
    const host = this.#config.label;
    const identities = findIdentities(ssh2, this.#config, {
      askPassphrase: (keyFile, number) =>
        attempt.ask((signal) => prompts.passphrase({ host, keyFile, attempt: number }, signal)),
      waitForPerson: (work) => attempt.waitForPerson(work),
      log: this.#log,
    });
    identities.catch(attempt.fail);
    return new Authenticator({
      ssh2,
      config: this.#config,
      identities,
      askPassword: (question) => attempt.ask((signal) => prompts.password(question, signal)),
      askKeyboardInteractive: (question) =>
        attempt.ask((signal) => prompts.keyboardInteractive(question, signal)),
      log: this.#log,
    });
  }

  async #verify(verifier: HostKeyVerifier, key: Buffer): Promise<true> {
    await verifier.verify(key, (question) =>
      this.#attempt.ask((signal) => this.#prompts.confirmHostKey(question, signal)),
    );
    return true;
  }

  #watch(client: Client, authenticator: Authenticator): void {
    const attempt = this.#attempt;
    const { label, user } = this.#config;
    client.on('error', (error: Ssh2Error) => {
      // A key that did not sign is no failure: the next one is tried.
      if (error.level === 'agent') return;
      const refused =
        /authentication failures/i.test(error.message) || error.code === noMoreAuthMethodsAvailable;
      attempt.fail(
        refused && attempt.step === 'login' ? authenticator.failure(error.message) : this.#lost(error),
      );
    });
    client.once('handshake', ({ kex, serverHostKey }) => {
      attempt.step = 'login';
      this.#log.debug(`${label}: ${kex}, ${serverHostKey}`);
    });
    client.on('banner', (text) => {
      this.#log.info(t('{0} says: {1}', label, text.trim()));
    });
    client.on('change password', () => {
      attempt.fail(
        new SshError('auth-failed', t('The password of {0} on {1} has expired.', user, label), {
          advice: t('Log in with ssh in a terminal, where a new one can be set.'),
        }),
      );
    });
  }

  #lost(error: Error | undefined): SshError {
    return this.#attempt.step === 'login'
      ? loginLost(this.#config, error)
      : handshakeFailure(this.#config, error, this.#greeting);
  }

  #listenToGreeting(client: Client, socket: Socket): void {
    const listen = (chunk: Buffer): void => {
      if (this.#greeting.length < 1024) this.#greeting += chunk.toString('latin1');
    };
    socket.prependListener('data', listen);
    client.once('handshake', () => socket.off('data', listen));
  }
}
