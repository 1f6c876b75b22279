import { foreignBytes } from './foreignBytes.ts';
import { decodeMessage, HEADER_LENGTH, MAX_MESSAGE_LENGTH, type Message } from './message.ts';

/** Cuts a byte stream into messages, however it was split on the way. */
export class MessageParser {
  #chunks: Buffer[] = [];
  #length = 0;
  /** Bytes needed before anything can be done: the length word, then the whole message. */
  #needed = 4;

  /** Whether the bytes so far end within a message. */
  get isInsideMessage(): boolean {
    return this.#length > 0;
  }

  /**
   * The messages that are complete now. Throws a ProtocolError as soon as a length shows that this is not libvirt's
   * protocol; the parser is of no use after that.
   */
  *push(chunk: Buffer): Generator<Message, void, undefined> {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    while (this.#length >= this.#needed) {
      const bytes = this.#joined();
      const length = bytes.readUInt32BE(0);
      if (length < HEADER_LENGTH || length > MAX_MESSAGE_LENGTH) throw foreignBytes(bytes);
      this.#needed = length;
      if (bytes.length < length) return;
      this.#length = bytes.length - length;
      this.#chunks = this.#length > 0 ? [bytes.subarray(length)] : [];
      this.#needed = 4;
      yield decodeMessage(bytes.subarray(0, length));
    }
  }

  #joined(): Buffer {
    const [first, ...others] = this.#chunks;
    if (first !== undefined && others.length === 0) return first;
    const joined = Buffer.concat(this.#chunks, this.#length);
    this.#chunks = [joined];
    return joined;
  }
}
