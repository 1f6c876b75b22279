import { t } from '../../base/l10n.ts';
import { ProtocolError } from './protocolError.ts';

const utf8 = new TextDecoder('utf-8');

/** The bytes that pad a value of `length` bytes to a multiple of four, see RFC 4506, section 3. */
export const paddingOf = (length: number): number => (4 - (length % 4)) % 4;

/** Reads XDR (RFC 4506). Every length is checked against what is left before anything is allocated. */
export class XdrReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.#take(4));
  }

  uint32(): number {
    return this.#bytes.readUInt32BE(this.#take(4));
  }

  int64(): bigint {
    return this.#bytes.readBigInt64BE(this.#take(8));
  }

  uint64(): bigint {
    return this.#bytes.readBigUInt64BE(this.#take(8));
  }

  double(): number {
    return this.#bytes.readDoubleBE(this.#take(8));
  }

  /** Bytes of a length both sides know. The result shares the memory of the message. */
  fixedOpaque(length: number): Buffer {
    const start = this.#take(length + paddingOf(length));
    return this.#bytes.subarray(start, start + length);
  }

  /** Bytes after their length. The result shares the memory of the message. */
  opaque(maxLength: number): Buffer {
    const length = this.uint32();
    if (length > maxLength) throw tooLong(length, maxLength);
    return this.fixedOpaque(length);
  }

  string(maxLength: number): string {
    return utf8.decode(this.opaque(maxLength));
  }

  /** The number of elements that follow, each of at least `minElementSize` bytes. */
  count(maxCount: number, minElementSize: number): number {
    const count = this.uint32();
    if (count > maxCount) throw tooLong(count, maxCount);
    if (count * minElementSize > this.remaining) throw this.#truncated(count * minElementSize);
    return count;
  }

  #take(length: number): number {
    if (length > this.remaining) throw this.#truncated(length);
    const start = this.#at;
    this.#at += length;
    return start;
  }

  #truncated(wanted: number): ProtocolError {
    return new ProtocolError(
      t('A message from libvirt ends too early: {0} bytes wanted, {1} left.', wanted, this.remaining),
    );
  }
}

export function tooLong(length: number, maxLength: number): ProtocolError {
  return new ProtocolError(
    t('A value in a libvirt message is too long: {0}, at most {1} are allowed.', length, maxLength),
  );
}
