import type { Duplex, Readable } from 'node:stream';
import type { Disposable, Event } from '../base/events.ts';
import type { WaitOptions } from '../base/waiting.ts';

/** A program and its arguments, as data: whoever hands them to a shell quotes them. */
export type Command = readonly [program: string, ...args: string[]];

export interface ExecOptions extends WaitOptions {
  /** Written to standard input, which is then closed. Secrets go this way, never as arguments. */
  readonly input?: string | Uint8Array | undefined;
  /** Bytes of standard output and of standard error kept at most; more is an error. Default 64 MiB. */
  readonly maxOutputBytes?: number | undefined;
}

export interface ExecResult {
  /** undefined when a signal ended the program, see `signalName`. */
  readonly exitCode: number | undefined;
  readonly signalName: string | undefined;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** A running program whose standard input and output are one stream. */
export interface RunningProgram {
  readonly stream: Duplex;
  /** To be read, or the program stops at some point. */
  readonly stderr: Readable;
  /** Resolves when the program has ended; both are undefined when its end was not told, because its channel closed. */
  readonly exited: Promise<Pick<ExecResult, 'exitCode' | 'signalName'>>;
  /** Sends SIGTERM to the program and to what it has started. */
  kill(): void;
}

/**
 * A machine that can be reached: the one this runs on, or another by SSH. All channels of one transport share one
 * connection. Every method rejects with a {@link Problem} that names the machine; a wait that was too long is a
 * TimeoutError, one that was cancelled a CancelledError.
 */
export interface Transport extends Disposable {
  /** For people: `root@kvm1`, or the name of this machine. */
  readonly label: string;
  /**
   * Runs a program to its end. A non-zero exit code is a result, not an error: 127 when there is no such program.
   * A program that is given up, for whatever reason, is killed.
   */
  exec(command: Command, options?: ExecOptions): Promise<ExecResult>;
  /** Starts a program and hands over its streams, without a terminal. */
  spawn(command: Command, options?: WaitOptions): Promise<RunningProgram>;
  /** Connects to a UNIX stream socket on the machine. */
  openUnixSocket(path: string, options?: WaitOptions): Promise<Duplex>;
  /** Connects to a TCP port as seen from the machine. */
  forwardTcp(host: string, port: number, options?: WaitOptions): Promise<Duplex>;
  /** Fires once, when the connection has ended: with the reason, or undefined after `dispose()`. */
  readonly onClose: Event<Error | undefined>;
}
