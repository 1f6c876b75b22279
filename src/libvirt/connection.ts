import type { Duplex } from 'node:stream';
import { type Disposable, Emitter, type Event } from '../base/events.ts';
import type { Log } from '../base/log.ts';
import type { WaitOptions } from '../base/waiting.ts';
import type { ConnectionClosedError } from './errors.ts';
import type { LibvirtEvent } from './protocol/events.ts';
import type { Procedure, StreamProcedure } from './protocol/procedure.ts';

export interface ConnectionOptions {
  /** How the machine is called in errors: `kvm1`. */
  readonly host: string;
  readonly log?: Log | undefined;
}

export interface StreamAnswer<Result> {
  readonly result: Result;
  readonly stream: Duplex;
}

/** One connection to a libvirt daemon over any byte stream. Made by `openConnection()`. */
export class LibvirtConnection implements Disposable {
  readonly host: string;
  readonly #events = new Emitter<LibvirtEvent>();
  readonly #close = new Emitter<ConnectionClosedError>();

  constructor(_stream: Duplex, options: ConnectionOptions) {
    this.host = options.host;
  }

  /** Calls a procedure of the remote protocol. */
  call<A, R>(_procedure: Procedure<A, R>, _args: A, _options?: WaitOptions): Promise<R> {
    return Promise.reject(new Error('not yet'));
  }

  /** Calls a procedure after whose answer bytes flow. */
  openStream<A, R>(
    _procedure: StreamProcedure<A, R>,
    _args: A,
    _options?: WaitOptions,
  ): Promise<StreamAnswer<R>> {
    return Promise.reject(new Error('not yet'));
  }

  /** Says goodbye to the daemon and ends the byte stream. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Ends the byte stream at once. */
  dispose(): void {
    this.#events.dispose();
  }

  /** What the daemon reports by itself, once subscribed to with `subscribe()`. */
  readonly onEvent: Event<LibvirtEvent> = this.#events.event;
  /** Fires once, when the connection has ended; a listener that comes later is called at once. */
  readonly onClose: Event<ConnectionClosedError> = this.#close.event;
}
