import { Duplex, type Readable, type Writable } from 'node:stream';

/** What a writer is told once nobody reads any more. As in a pipe to a program, its end is told by other means. */
const readerGone: ReadonlySet<unknown> = new Set([
  'EPIPE',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
]);

/**
 * One stream made of a reading and a writing side. When the reading side ends, the writing side is ended too; the
 * stream is destroyed once the reading side has closed and all was read and written. What is written after the other
 * end stopped reading is lost without an error. `close` runs once, when the stream is destroyed.
 */
export class JoinedStream extends Duplex {
  readonly #readable: Readable;
  readonly #writable: Writable;
  readonly #close: () => void;
  #closing = false;
  #written: (() => void) | undefined;
  /** ssh2's channels never call back for what was not yet sent when they were closed: closing settles a write as well. */
  readonly #settleWrite = (): void => {
    const done = this.#written;
    this.#written = undefined;
    done?.();
  };

  constructor(readable: Readable, writable: Writable, close: () => void) {
    super({ allowHalfOpen: false, autoDestroy: false });
    this.#readable = readable;
    this.#writable = writable;
    this.#close = close;
    const fail = (error: Error): void => {
      if (!readerGone.has((error as NodeJS.ErrnoException).code)) this.destroy(error);
    };
    readable.pause();
    readable.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) readable.pause();
    });
    readable.once('end', () => this.push(null));
    const destroyWhenDone = (): void => {
      if (this.#closing && this.readableEnded && this.writableFinished) this.destroy();
    };
    readable.once('close', () => {
      this.#closing = true;
      destroyWhenDone();
    });
    this.once('end', destroyWhenDone).once('finish', destroyWhenDone);
    readable.on('error', fail);
    if (!Object.is(readable, writable)) writable.on('error', fail);
    writable.once('close', this.#settleWrite);
  }

  override _read(): void {
    this.#readable.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#written = done;
    if (this.#writable.writable) this.#writable.write(chunk, this.#settleWrite);
    else this.#settleWrite();
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#written = done;
    if (!this.#writable.writable) this.#settleWrite();
    else this.#writable.end(this.#settleWrite);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#close();
    this.#settleWrite();
    done(error);
  }
}
