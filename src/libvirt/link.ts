import type { Duplex } from 'node:stream';
import { Keepalive, type KeepaliveTiming } from './keepalive.ts';
import { MessageParser } from './wire/messageParser.ts';
import { encodeMessage, type Message, MessageStatus, MessageType } from './wire/message.ts';

/** keepalive_protocol.x */
const KEEPALIVE_PROGRAM = 0x6b656570;
const PING = 1;
const PONG = 2;

export type LinkEnd =
  | { readonly cause: 'server'; readonly insideMessage: boolean }
  | { readonly cause: 'keepalive' }
  | { readonly cause: 'transport' | 'protocol'; readonly error: unknown };

export interface LinkListener {
  message(message: Message): void;
  /** Called once; not after `destroy()`. */
  end(end: LinkEnd): void;
}

/** Messages over a byte stream, and the signs of life between the two sides. */
export class Link {
  readonly #stream: Duplex;
  readonly #listener: LinkListener;
  readonly #keepalive: Keepalive;
  readonly #parser = new MessageParser();
  readonly #holders = new Set<object>();
  #ended = false;

  constructor(stream: Duplex, timing: KeepaliveTiming, listener: LinkListener) {
    this.#stream = stream;
    this.#listener = listener;
    this.#keepalive = new Keepalive(timing, {
      ping: () => {
        this.#sendKeepalive(PING);
      },
      pong: () => {
        this.#sendKeepalive(PONG);
      },
      dead: () => {
        this.#end({ cause: 'keepalive' });
      },
    });
    stream.on('data', (chunk: Buffer) => {
      this.#receive(chunk);
    });
    stream.on('error', (error) => {
      this.#end({ cause: 'transport', error });
    });
    for (const event of ['end', 'close'])
      stream.on(event, () => {
        this.#end({ cause: 'server', insideMessage: this.#parser.isInsideMessage });
      });
  }

  /** From now on the other side has to show signs of life. */
  startKeepalive(): void {
    if (!this.#ended) this.#keepalive.start();
  }

  /** @param flushed called when the bytes are out of our hands, or lost with the link */
  send(bytes: Buffer, flushed?: () => void): void {
    if (this.#ended) flushed?.();
    else
      this.#stream.write(bytes, () => {
        flushed?.();
      });
  }

  /** Stops reading until every holder has released. The other side is kept content meanwhile. */
  hold(holder: object): void {
    this.#holders.add(holder);
    this.#stream.pause();
    this.#keepalive.deaf = true;
  }

  release(holder: object): void {
    if (!this.#holders.delete(holder) || this.#holders.size > 0) return;
    this.#keepalive.deaf = false;
    this.#stream.resume();
  }

  destroy(): void {
    this.#ended = true;
    this.#keepalive.stop();
    this.#stream.destroy();
  }

  #receive(chunk: Buffer): void {
    this.#keepalive.heard();
    try {
      for (const message of this.#parser.push(chunk)) {
        if (this.#ended) return;
        if (message.program !== KEEPALIVE_PROGRAM) this.#listener.message(message);
        else if (message.procedure === PING) this.#sendKeepalive(PONG);
      }
    } catch (error) {
      this.#end({ cause: 'protocol', error });
    }
  }

  #sendKeepalive(procedure: number): void {
    this.send(
      encodeMessage({
        program: KEEPALIVE_PROGRAM,
        procedure,
        type: MessageType.event,
        serial: 0,
        status: MessageStatus.ok,
      }),
    );
  }

  #end(end: LinkEnd): void {
    if (this.#ended) return;
    this.destroy();
    this.#listener.end(end);
  }
}
