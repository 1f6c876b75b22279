import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { hostname } from 'node:os';
import type { Duplex } from 'node:stream';
import { CancelledError, Problem, messageOf } from '../../base/errors.ts';
import { Emitter } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import { waitFor, type WaitOptions } from '../../base/waiting.ts';
import { collectOutput, seconds } from '../collectOutput.ts';
import { JoinedStream } from '../joinedStream.ts';
import type { Command, ExecOptions, ExecResult, RunningProgram, Transport } from '../transport.ts';
import { LocalError } from './localError.ts';

/** The machine that this runs on. Programs run without a shell; what cannot be run exits with 127 or 126. */
export class LocalTransport implements Transport {
  readonly label = hostname();
  readonly #closed = new Emitter<Error | undefined>();
  readonly onClose = this.#closed.event;
  readonly #channels = new Set<Duplex>();
  readonly #programs = new Set<RunningProgram>();
  #disposed = false;

  async exec(command: Command, options: ExecOptions = {}): Promise<ExecResult> {
    const running = await this.spawn(command, options);
    return collectOutput(running, options, {
      label: this.label,
      program: command[0],
      problem: (code, message) => new LocalError(code, message),
    });
  }

  async spawn(command: Command, options: WaitOptions = {}): Promise<RunningProgram> {
    this.#mustBeOpen(options);
    // env gives the same exit codes and messages as it does on hosts reached by SSH.
    const child = spawn('env', ['LC_ALL=C', ...command], { detached: true });
    const ended = exitOf(child);
    try {
      await once(child, 'spawn');
    } catch (cause) {
      throw new LocalError(
        'cannot-run',
        t('{0} cannot be run on {1}: {2}', command[0], this.label, messageOf(cause)),
        {
          cause,
        },
      );
    }
    const stream = new JoinedStream(child.stdout, child.stdin, () => {
      child.stdout.destroy();
      child.stdin.destroy();
    });
    this.#keep(stream);
    const running: RunningProgram = {
      stream,
      stderr: child.stderr,
      exited: ended,
      kill: () => {
        killGroup(child);
      },
    };
    this.#programs.add(running);
    void ended.then(() => this.#programs.delete(running));
    if (this.#disposed) {
      running.kill();
      stream.destroy();
      throw this.#gone();
    }
    return running;
  }

  openUnixSocket(path: string, options: WaitOptions = {}): Promise<Duplex> {
    return this.#connect({ path }, path, options);
  }

  forwardTcp(host: string, port: number, options: WaitOptions = {}): Promise<Duplex> {
    return this.#connect({ host, port, noDelay: true }, `${host}:${port}`, options);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const running of this.#programs) running.kill();
    for (const channel of this.#channels) channel.destroy();
    this.#closed.fire(undefined);
  }

  async #connect(target: NetConnectOpts, name: string, options: WaitOptions): Promise<Socket> {
    this.#mustBeOpen(options);
    const socket = connect(target);
    this.#keep(socket);
    try {
      await waitFor(once(socket, 'connect'), options, () =>
        t('{0} on {1} did not answer within {2} s.', name, this.label, seconds(options.timeoutMs)),
      );
      return socket;
    } catch (cause) {
      socket.destroy();
      if (cause instanceof Problem) throw cause;
      throw connectFailed(name, this.label, cause as NodeJS.ErrnoException);
    }
  }

  #mustBeOpen(options: WaitOptions): void {
    if (options.signal?.aborted) throw new CancelledError();
    if (this.#disposed) throw this.#gone();
  }

  #gone(): LocalError {
    return new LocalError('closed', t('The connection to {0} was closed.', this.label));
  }

  #keep(channel: Duplex): void {
    this.#channels.add(channel);
    channel.once('close', () => this.#channels.delete(channel));
  }
}

function exitOf(child: ChildProcessWithoutNullStreams): RunningProgram['exited'] {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      resolve({ exitCode: code ?? undefined, signalName: signal ?? undefined });
    });
  });
}

/** A program runs in a process group of its own, so that what a script has started ends with it. */
function killGroup(child: ChildProcessWithoutNullStreams): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGTERM');
  } catch (error) {
    // A program that sudo runs belongs to another user: closing its streams is all that can be done.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
}

function connectFailed(name: string, label: string, cause: NodeJS.ErrnoException): LocalError {
  const details = { raw: messageOf(cause), cause };
  switch (cause.code) {
    case 'ENOENT':
      return new LocalError('connect-failed', t('{0} does not exist on {1}.', name, label), details);
    case 'EACCES':
      return new LocalError('connect-failed', t('You may not use {0} on {1}.', name, label), details);
    case 'ECONNREFUSED':
      return new LocalError('connect-failed', t('Nothing listens on {0} on {1}.', name, label), details);
    default:
      return new LocalError(
        'connect-failed',
        t('{0} on {1} did not open: {2}', name, label, messageOf(cause)),
        details,
      );
  }
}
