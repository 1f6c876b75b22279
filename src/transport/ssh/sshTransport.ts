import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Client, ClientCallback, ClientChannel } from 'ssh2';
import { CancelledError, messageOf } from '../../base/errors.ts';
import { Emitter } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import type { Log } from '../../base/log.ts';
import { waitFor, type WaitOptions } from '../../base/waiting.ts';
import { collectOutput, seconds } from '../collectOutput.ts';
import { JoinedStream } from '../joinedStream.ts';
import type { Command, ExecOptions, ExecResult, RunningProgram, Transport } from '../transport.ts';
import { AnnouncedStderr } from './announcedStderr.ts';
import { channelFailure, type ChannelPurpose } from './channelFailures.ts';
import { remoteCommand } from './remoteCommand.ts';
import { SshError } from './sshError.ts';

type ProgramExit = Pick<ExecResult, 'exitCode' | 'signalName'>;

interface OpenChannel {
  readonly stream: JoinedStream;
  readonly stderr: AnnouncedStderr;
  /** For programs; both undefined when the channel was closed before anything was said. */
  readonly exited: Promise<ProgramExit>;
}

/** What a program that was told to end is given to do so. */
const killGraceMs = 3000;

/**
 * A host reached over one SSH connection. Only programs count against sshd's MaxSessions (10), sockets and ports do
 * not. sshd sets TCP_NODELAY only when the first program is run: until then small answers over a socket come 40 ms
 * late, so run one at the same time as the first socket is opened.
 */
export class SshTransport implements Transport {
  readonly label: string;
  readonly #client: Client;
  readonly #socket: Socket;
  readonly #log: Log;
  readonly #streams = new Set<Duplex>();
  readonly #closed = new Emitter<Error | undefined>();
  readonly onClose = this.#closed.event;
  #disposed = false;
  #isOver = false;
  #lost: SshError | undefined;
  #lastError: Error | undefined;

  /** `client` is logged in, `socket` is what it runs over. */
  constructor(client: Client, socket: Socket, label: string, log: Log) {
    this.#client = client;
    this.#socket = socket;
    this.label = label;
    this.#log = log;
    client.on('error', (error) => {
      this.#lastError ??= error;
    });
    client.once('close', () => {
      this.#end();
    });
  }

  async exec(command: Command, options: ExecOptions = {}): Promise<ExecResult> {
    const running = await this.spawn(command, options);
    const result = await collectOutput(running, options, {
      label: this.label,
      program: command[0],
      problem: (code, message) => new SshError(code, message),
    });
    if (result.exitCode === undefined && result.signalName === undefined) throw this.#ended();
    return result;
  }

  async spawn(command: Command, options: WaitOptions = {}): Promise<RunningProgram> {
    const line = remoteCommand(command);
    const opened = await this.#open(
      { kind: 'program', name: command[0] },
      (done) => this.#client.exec(line, done),
      options,
    );
    return {
      stream: opened.stream,
      stderr: opened.stderr,
      exited: opened.exited,
      kill: () => {
        this.#kill(opened);
      },
    };
  }

  async openUnixSocket(path: string, options: WaitOptions = {}): Promise<Duplex> {
    const opened = await this.#open(
      { kind: 'socket', name: path },
      (done) => this.#client.openssh_forwardOutStreamLocal(path, done),
      options,
    );
    return opened.stream;
  }

  async forwardTcp(host: string, port: number, options: WaitOptions = {}): Promise<Duplex> {
    const opened = await this.#open(
      { kind: 'port', name: `${host}:${port}` },
      (done) => this.#client.forwardOut('127.0.0.1', 0, host, port, done),
      options,
    );
    return opened.stream;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#end();
    this.#client.end();
    this.#socket.destroySoon();
  }

  /** Opens a channel. One that opens after nobody waits for it any more is closed. */
  async #open(
    purpose: ChannelPurpose,
    start: (done: ClientCallback) => void,
    options: WaitOptions,
  ): Promise<OpenChannel> {
    if (options.signal?.aborted) throw new CancelledError();
    if (this.#isOver || !this.#socket.writable) throw this.#ended();
    const { name } = purpose;
    const opening = new Promise<OpenChannel>((resolve, reject) => {
      start((error, channel) => {
        if (!error) resolve(this.#adopt(channel, name));
        else reject(this.#socket.writable ? channelFailure(this.label, purpose, error) : this.#ended());
      });
    });
    try {
      return await waitFor(opening, options, () =>
        t('{0} on {1} did not open within {2} s.', name, this.label, seconds(options.timeoutMs)),
      );
    } catch (error) {
      opening.then(
        (late) => {
          if (purpose.kind === 'program') this.#kill(late);
          late.stream.destroy();
        },
        (late: unknown) => {
          this.#log.debug(`${this.label}: ${name}: ${messageOf(late)}`);
        },
      );
      throw error;
    }
  }

  /** Listens to a channel before anything of it can get lost. */
  #adopt(channel: ClientChannel, name: string): OpenChannel {
    const stream = new JoinedStream(channel, channel, () => channel.destroy());
    this.#streams.add(stream);
    stream.on('error', (error) => {
      this.#log.debug(`${this.label}: ${name}: ${error.message}`);
    });
    const stderr = channel.stderr.pipe(new AnnouncedStderr());
    const exited = new Promise<ProgramExit>((resolve) => {
      channel.once('exit', (code: number | null, signalName?: string) => {
        resolve({ exitCode: code ?? undefined, signalName });
      });
      stream.once('close', () => {
        this.#streams.delete(stream);
        resolve({ exitCode: undefined, signalName: undefined });
      });
    });
    return { stream, stderr, exited };
  }

  /** A program that goes on in spite of the signal loses its input and output. */
  #kill({ stream, stderr, exited }: OpenChannel): void {
    if (stream.destroyed) return;
    const timer = setTimeout(() => stream.destroy(), killGraceMs);
    void exited.then(() => {
      clearTimeout(timer);
    });
    void stderr.processGroup.then((processGroup) => this.#terminate(processGroup));
  }

  async #terminate(processGroup: string | undefined): Promise<void> {
    if (processGroup === undefined || this.#isOver) return;
    try {
      const killer = await this.spawn(['sh', '-c', 'kill -s TERM -- "-$1"', 'sh', processGroup]);
      killer.stream.resume().end();
      killer.stderr.resume();
    } catch (error) {
      this.#log.warn(
        t('{0}: the process group {1} could not be ended: {2}', this.label, processGroup, messageOf(error)),
      );
    }
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (!this.#disposed) {
      this.#lost = new SshError('connection-lost', t('The connection to {0} was lost.', this.label), {
        raw: this.#lastError?.message,
        ...(this.#lastError && { cause: this.#lastError }),
      });
      this.#log.error(t('{0}: connection lost: {1}', this.label, this.#lastError?.message ?? ''));
    }
    for (const stream of [...this.#streams]) stream.destroy(this.#lost);
    this.#closed.fire(this.#lost);
  }

  /** Why nothing can be done with this connection any more. */
  #ended(): SshError {
    return this.#disposed
      ? new SshError('closed', t('The connection to {0} was closed.', this.label))
      : (this.#lost ?? new SshError('connection-lost', t('The connection to {0} was lost.', this.label)));
  }
}
