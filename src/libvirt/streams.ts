import { Duplex, type DuplexOptions } from 'node:stream';
import { Problem } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { StreamDirection } from './protocol/procedure.ts';
import { type Message, MessageStatus, MessageType } from './wire/message.ts';
import { decode, quantity, struct, u32 } from './wire/xdrTypes.ts';
import type { XdrWriter } from './wire/xdrWriter.ts';

/** A stretch of zeros that is not sent, in a sparse stream between buffers. */
export class StreamHole {
  /** Bytes. */
  readonly size: number;

  constructor(size: number) {
    this.size = size;
  }
}

/** Somebody wrote into a stream that the other side has already ended. */
export class StreamEndedError extends Problem {
  readonly code = 'stream-ended';
}

/** What a stream needs of its connection. */
export interface StreamPort {
  /** @param flushed called when the bytes are out of our hands */
  send(type: number, status: number, write?: (writer: XdrWriter) => void, flushed?: () => void): void;
  /** Stops and restarts all reading from the daemon. */
  hold(): void;
  release(): void;
  /** The error that a message with the status "error" holds. */
  errorOf(message: Message): Error;
  /** Nothing comes or goes any more under the serial number of the stream. */
  done(): void;
}

/** VIR_NET_MESSAGE_LEGACY_PAYLOAD_MAX of virnetprotocol.x: every daemon takes as much in one message. */
const CHUNK = 262_120;
/** Bytes, or buffers of a sparse stream, that may wait for the consumer before the daemon has to wait. */
const READ_AHEAD = 4 * 1024 * 1024;
const READ_AHEAD_ITEMS = 16;

/** virNetStreamHole of virnetprotocol.x. */
const streamHole = struct({ length: quantity, flags: u32 });

/**
 * - opening: the call has not been answered yet
 * - finishing: we have said that all is done and wait for the daemon to agree
 * - aborting: we have given up and wait for the daemon to have seen it
 */
type State = 'opening' | 'open' | 'finishing' | 'aborting' | 'done';

interface DirectedDuplexOptions extends DuplexOptions {
  readonly readable: boolean;
  readonly writable: boolean;
}

function duplexOptions(direction: StreamDirection, sparse: boolean): DirectedDuplexOptions {
  return {
    allowHalfOpen: false,
    readable: direction !== 'upload',
    writable: direction !== 'download',
    objectMode: sparse,
    readableHighWaterMark: sparse ? READ_AHEAD_ITEMS : READ_AHEAD,
    writableHighWaterMark: sparse ? 1 : CHUNK,
  };
}

/**
 * The bytes that follow a call, see "Streams" in libvirt's docs/kbase/internals/rpc.rst. It ends, and finishes, only
 * when the daemon has confirmed; destroying it before tells the daemon to stop.
 */
export class LibvirtStream extends Duplex {
  readonly #port: StreamPort;
  #state: State = 'opening';
  /** What came before whoever opened the stream could have a listener on it. */
  #early: (() => void)[] | undefined = [];
  #finished: ((error?: Error | null) => void) | undefined;

  constructor(direction: StreamDirection, sparse: boolean, port: StreamPort) {
    super(duplexOptions(direction, sparse));
    this.#port = port;
  }

  /** The daemon has answered the call. */
  opened(): void {
    this.#state = 'open';
    if (this.destroyed) this.#abort();
    setImmediate(() => {
      const early = this.#early ?? [];
      this.#early = undefined;
      this.#port.release();
      for (const handle of early) handle();
    });
  }

  /** The daemon has refused the call, or the connection ended before it answered. */
  refused(): void {
    this.#state = 'done';
    this.destroy();
  }

  /** A message of the types stream or streamHole, under the serial number of this stream. */
  receive(message: Message): void {
    this.#whenHandedOver(() => {
      this.#handle(message);
    });
  }

  /** The connection has ended. */
  lost(error: Error): void {
    if (this.#state === 'opening') this.refused();
    else
      this.#whenHandedOver(() => {
        this.#state = 'done';
        this.destroy(error);
      });
  }

  override _read(): void {
    this.#port.release();
  }

  override _write(chunk: unknown, _encoding: string, callback: (error?: Error | null) => void): void {
    if (this.#state !== 'open') callback(new StreamEndedError(t('The other side has ended the stream.')));
    else if (chunk instanceof StreamHole) this.#sendHole(chunk, callback);
    else if (chunk instanceof Uint8Array) this.#sendBytes(chunk, callback);
    else callback(new TypeError('a stream takes bytes'));
  }

  override _final(callback: (error?: Error | null) => void): void {
    if (this.#state === 'done') {
      callback();
      return;
    }
    this.#finished = callback;
    if (this.#state === 'open') this.#finish();
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.#port.release();
    if (this.#state === 'open' || this.#state === 'finishing') this.#abort();
    callback(error);
  }

  #whenHandedOver(act: () => void): void {
    if (this.#early === undefined) {
      act();
    } else {
      this.#early.push(act);
      // The answer must still be read, so not while opening.
      if (this.#state !== 'opening') this.#port.hold();
    }
  }

  #handle(message: Message): void {
    if (message.status === MessageStatus.error) this.#end(this.#port.errorOf(message));
    else if (message.status === MessageStatus.ok) this.#end(undefined);
    else if (this.destroyed) return;
    else if (message.type === MessageType.streamHole) this.#deliverHole(message.payload);
    else if (message.payload.length > 0) this.#deliver(message.payload);
    else if (this.#state === 'open') this.#finish();
  }

  #deliverHole(payload: Buffer): void {
    try {
      this.#deliver(new StreamHole(decode(streamHole, payload).length));
    } catch (error) {
      this.destroy(asError(error));
    }
  }

  #deliver(item: Buffer | StreamHole): void {
    if (!this.push(item)) this.#port.hold();
  }

  #finish(): void {
    this.#state = 'finishing';
    this.#port.send(MessageType.stream, MessageStatus.ok);
  }

  #abort(): void {
    this.#state = 'aborting';
    this.#port.send(MessageType.stream, MessageStatus.error);
  }

  #end(error: Error | undefined): void {
    const aborted = this.#state === 'aborting';
    this.#state = 'done';
    this.#port.done();
    if (aborted) return;
    if (error === undefined) {
      this.push(null);
      this.#finished?.();
    } else {
      this.destroy(error);
    }
  }

  #sendBytes(bytes: Uint8Array, callback: (error?: Error | null) => void): void {
    const rest = bytes.subarray(CHUNK);
    this.#port.send(
      MessageType.stream,
      MessageStatus.continue,
      (writer) => {
        writer.raw(bytes.subarray(0, CHUNK));
      },
      () => {
        if (rest.length > 0) this._write(rest, 'buffer', callback);
        else callback();
      },
    );
  }

  #sendHole({ size }: StreamHole, callback: (error?: Error | null) => void): void {
    try {
      this.#port.send(
        MessageType.streamHole,
        MessageStatus.continue,
        (writer) => {
          streamHole.write(writer, { length: size, flags: 0 });
        },
        callback,
      );
    } catch (error) {
      callback(asError(error));
    }
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
