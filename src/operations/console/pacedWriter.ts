import { setTimeout as sleep } from 'node:timers/promises';

/** More at once overruns what a guest's serial port and its terminal take in: what is too much is lost there. */
const pieceBytes = 256;
const paceMs = 8;
const interrupt = 0x03;

/** Hands out what is typed at once and what is pasted piece by piece. */
export class PacedWriter {
  readonly #write: (bytes: Uint8Array) => Promise<void>;
  #queue: Uint8Array[] = [];
  #writing = false;

  /** @param write resolves when it can take more; it must not reject */
  constructor(write: (bytes: Uint8Array) => Promise<void>) {
    this.#write = write;
  }

  /** Ctrl+C is not kept waiting behind a paste: it ends it. */
  push(bytes: Uint8Array): void {
    if (bytes.length === 1 && bytes[0] === interrupt) this.#queue = [];
    for (let start = 0; start < bytes.length; start += pieceBytes)
      this.#queue.push(bytes.subarray(start, start + pieceBytes));
    if (!this.#writing) void this.#run();
  }

  /** Forgets what has not been written yet. */
  clear(): void {
    this.#queue = [];
  }

  async #run(): Promise<void> {
    this.#writing = true;
    for (let piece = this.#queue.shift(); piece; piece = this.#queue.shift()) {
      await this.#write(piece);
      if (this.#queue.length > 0) await sleep(paceMs);
    }
    this.#writing = false;
  }
}
