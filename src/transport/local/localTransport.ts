import type { Duplex } from 'node:stream';
import { Emitter } from '../../base/events.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { Command, ExecOptions, ExecResult, RunningProgram, Transport } from '../transport.ts';

/** The machine that this runs on. */
export class LocalTransport implements Transport {
  readonly label = 'localhost';
  readonly #closed = new Emitter<Error | undefined>();
  readonly onClose = this.#closed.event;

  exec(command: Command, _options?: ExecOptions): Promise<ExecResult> {
    return Promise.reject(new Error(command[0]));
  }

  spawn(command: Command, _options?: WaitOptions): Promise<RunningProgram> {
    return Promise.reject(new Error(command[0]));
  }

  openUnixSocket(path: string, _options?: WaitOptions): Promise<Duplex> {
    return Promise.reject(new Error(path));
  }

  forwardTcp(host: string, _port: number, _options?: WaitOptions): Promise<Duplex> {
    return Promise.reject(new Error(host));
  }

  dispose(): void {
    this.#closed.fire(undefined);
  }
}
