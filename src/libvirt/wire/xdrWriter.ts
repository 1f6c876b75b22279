import { paddingOf, tooLong } from './xdrReader.ts';

/** Writes XDR (RFC 4506) into a buffer that grows. */
export class XdrWriter {
  #bytes: Buffer;
  #length: number;

  /** @param reserved bytes kept free at the start, for whoever frames the result */
  constructor(reserved = 0) {
    this.#bytes = Buffer.alloc(Math.max(256, reserved));
    this.#length = reserved;
  }

  /** What was written, the reserved bytes included. Shares the writer's memory: the writer is done. */
  finish(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  int32(value: number): void {
    const at = this.#grow(4);
    this.#bytes.writeInt32BE(value, at);
  }

  uint32(value: number): void {
    const at = this.#grow(4);
    this.#bytes.writeUInt32BE(value, at);
  }

  int64(value: bigint): void {
    const at = this.#grow(8);
    this.#bytes.writeBigInt64BE(value, at);
  }

  uint64(value: bigint): void {
    const at = this.#grow(8);
    this.#bytes.writeBigUInt64BE(value, at);
  }

  double(value: number): void {
    const at = this.#grow(8);
    this.#bytes.writeDoubleBE(value, at);
  }

  /** Bytes as they are, without padding: stream data. */
  raw(value: Uint8Array): void {
    const at = this.#grow(value.length);
    this.#bytes.set(value, at);
  }

  /** Bytes of a length both sides know. */
  fixedOpaque(value: Uint8Array): void {
    const at = this.#grow(value.length + paddingOf(value.length));
    this.#bytes.set(value, at);
  }

  opaque(value: Uint8Array, maxLength: number): void {
    if (value.length > maxLength) throw tooLong(value.length, maxLength);
    this.uint32(value.length);
    this.fixedOpaque(value);
  }

  string(value: string, maxLength: number): void {
    this.opaque(Buffer.from(value, 'utf8'), maxLength);
  }

  count(count: number, maxCount: number): void {
    if (count > maxCount) throw tooLong(count, maxCount);
    this.uint32(count);
  }

  /** Makes room and tells where it starts. New room is zero, which XDR wants of padding. */
  #grow(length: number): number {
    const start = this.#length;
    this.#length += length;
    if (this.#length > this.#bytes.length) {
      const grown = Buffer.alloc(Math.max(this.#bytes.length * 2, this.#length));
      this.#bytes.copy(grown);
      this.#bytes = grown;
    }
    return start;
  }
}
