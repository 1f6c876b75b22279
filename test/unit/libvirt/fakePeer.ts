import { duplexPair, type Duplex } from 'node:stream';
import { LibvirtConnection, type ConnectionOptions } from '../../../src/libvirt/connection.ts';
import { openConnection } from '../../../src/libvirt/openConnection.ts';
import type { RemoteError } from '../../../src/libvirt/errors.ts';
import { remoteError } from '../../../src/libvirt/errors.ts';
import { REMOTE_PROGRAM, type Procedure } from '../../../src/libvirt/protocol/procedure.ts';
import { encodeMessage, MessageStatus, MessageType } from '../../../src/libvirt/wire/message.ts';
import type { Message, MessageHeader } from '../../../src/libvirt/wire/message.ts';
import { MessageParser } from '../../../src/libvirt/wire/messageParser.ts';
import { XdrWriter } from '../../../src/libvirt/wire/xdrWriter.ts';
import type { XdrType } from '../../../src/libvirt/wire/xdrTypes.ts';

export const KEEPALIVE_PROGRAM = 0x6b656570;
export const PING = 1;
export const PONG = 2;

/** What a test leaves open would keep its process from ending. */
const leftOpen: Duplex[] = [];

afterEach(() => {
  for (const end of leftOpen.splice(0)) end.destroy();
});

/** The daemon's end of a byte stream: it does at the wire what a real daemon cannot be brought to do. */
export class FakePeer {
  /** For the client under test. */
  readonly clientEnd: Duplex;
  readonly end: Duplex;
  readonly keepalives: Message[] = [];
  readonly #arrived: Message[] = [];
  readonly #waiting: ((message: Message) => void)[] = [];

  constructor() {
    [this.clientEnd, this.end] = duplexPair();
    const parser = new MessageParser();
    this.end.on('data', (chunk: Buffer) => {
      for (const message of parser.push(chunk)) this.#take(message);
    });
    // The client may tear the connection down while we write.
    this.end.on('error', () => undefined);
  }

  /** Messages that have come and nobody has asked for. */
  get unread(): readonly Message[] {
    return this.#arrived;
  }

  /** The next message that is not of the keepalive protocol. */
  next(): Promise<Message> {
    const message = this.#arrived.shift();
    if (message !== undefined) return Promise.resolve(message);
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /** The next call, which must be of this procedure. */
  async nextCall(procedure: { readonly number: number }): Promise<Message> {
    const message = await this.next();
    if (message.type !== MessageType.call || message.procedure !== procedure.number)
      throw new Error(`expected a call of ${procedure.number}, got ${JSON.stringify(message)}`);
    return message;
  }

  send(header: Partial<MessageHeader>, write?: (writer: XdrWriter) => void): void {
    this.end.write(message(header, write));
  }

  reply<A, R>(call: Message, procedure: Procedure<A, R>, result: R): void {
    this.end.write(replyBytes(call, procedure, result));
  }

  refuse(call: Message, error: Partial<RemoteError>): void {
    this.send({ ...call, type: MessageType.reply, status: MessageStatus.error }, (writer) => {
      remoteError.write(writer, { ...plainError, ...error });
    });
  }

  ping(): void {
    this.send({ program: KEEPALIVE_PROGRAM, procedure: PING, type: MessageType.event, serial: 0 });
  }

  #take(message: Message): void {
    if (message.program === KEEPALIVE_PROGRAM) this.keepalives.push(message);
    else {
      const waiting = this.#waiting.shift();
      if (waiting === undefined) this.#arrived.push(message);
      else waiting(message);
    }
  }
}

const plainError: RemoteError = {
  code: 1,
  domain: 10,
  message: 'internal error: it failed',
  level: 2,
  domainRef: undefined,
  string1: undefined,
  string2: undefined,
  string3: undefined,
  int1: -1,
  int2: -1,
  networkRef: undefined,
};

export function message(header: Partial<MessageHeader>, write?: (writer: XdrWriter) => void): Buffer {
  const {
    program = REMOTE_PROGRAM,
    procedure = 1,
    type = MessageType.reply,
    serial = 1,
    status = 0,
  } = header;
  return encodeMessage({ program, procedure, type, serial, status }, write);
}

export function replyBytes<A, R>(call: MessageHeader, procedure: Procedure<A, R>, result: R): Buffer {
  return message({ procedure: call.procedure, serial: call.serial }, (writer) => {
    procedure.result.write(writer, result);
  });
}

export function encode<T>(type: XdrType<T>, value: T): Buffer {
  const writer = new XdrWriter();
  type.write(writer, value);
  return writer.finish();
}

/** A connection past its handshake, which the fake daemon knows nothing of. */
export function connected(options: Partial<ConnectionOptions> = {}): {
  peer: FakePeer;
  connection: LibvirtConnection;
} {
  const peer = new FakePeer();
  return { peer, connection: new LibvirtConnection(peer.clientEnd, { host: 'kvm1', ...options }) };
}

/** The client's side of the handshake, to be answered by the test. */
export function opening(options: Partial<Parameters<typeof openConnection>[1]> = {}): {
  peer: FakePeer;
  opened: Promise<LibvirtConnection>;
} {
  const peer = new FakePeer();
  const opened = openConnection(peer.clientEnd, { host: 'kvm1', uri: 'qemu:///system', ...options });
  leftOpen.push(peer.clientEnd, peer.end);
  // Each test looks at the outcome when it is ready for it.
  opened.catch(() => undefined);
  return { peer, opened };
}

/** Lets everything that was written arrive and be acted upon. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
