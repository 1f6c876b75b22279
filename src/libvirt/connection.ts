import type { Duplex } from 'node:stream';
import { CancelledError, messageOf } from '../base/errors.ts';
import { type Disposable, Emitter, type Event } from '../base/events.ts';
import { t } from '../base/l10n.ts';
import { type Log, silentLog } from '../base/log.ts';
import { waitFor, type WaitOptions } from '../base/waiting.ts';
import { CallQueue } from './callQueue.ts';
import { explainEnd } from './closing.ts';
import { ConnectionClosedError, LibvirtError, remoteError } from './errors.ts';
import { decodeEvent } from './eventDecoding.ts';
import { defaultKeepalive, type KeepaliveTiming } from './keepalive.ts';
import { Link } from './link.ts';
import { PendingCall } from './pendingCall.ts';
import { connectionClosedMessage, type LibvirtEvent } from './protocol/events.ts';
import { type Procedure, REMOTE_PROGRAM, type StreamProcedure } from './protocol/procedure.ts';
import { LibvirtStream, type StreamPort } from './streams.ts';
import { encodeMessage, type Message, MessageStatus, MessageType, PROTOCOL_VERSION } from './wire/message.ts';
import { ProtocolError } from './wire/protocolError.ts';
import { decode } from './wire/xdrTypes.ts';
import type { XdrWriter } from './wire/xdrWriter.ts';

/** How long an answer may take that libvirt gives from its own memory; a slow one may take for ever. */
const QUICK_ANSWER_MS = 60_000;

export interface ConnectionOptions {
  /** How the machine is called in errors: `kvm1`. */
  readonly host: string;
  readonly log?: Log | undefined;
  readonly keepalive?: KeepaliveTiming | undefined;
}

export interface StreamOptions extends WaitOptions {
  /** Holes travel as `StreamHole`: the stream is in object mode, of buffers and holes. Default false. */
  readonly sparse?: boolean | undefined;
}

export interface OpenedStream<Result> {
  readonly result: Result;
  readonly stream: LibvirtStream;
}

/** One connection to a libvirt daemon over any byte stream, made by `openConnection()`. */
export class LibvirtConnection implements Disposable {
  readonly host: string;
  readonly #log: Log;
  readonly #link: Link;
  readonly #queue = new CallQueue();
  readonly #calls = new Map<number, PendingCall>();
  readonly #streams = new Map<number, LibvirtStream>();
  readonly #events = new Emitter<LibvirtEvent>();
  readonly #closing = new Emitter<ConnectionClosedError>();
  #closed: ConnectionClosedError | undefined;
  #lastSerial = 0;

  constructor(stream: Duplex, options: ConnectionOptions) {
    this.host = options.host;
    this.#log = options.log ?? silentLog;
    this.#link = new Link(stream, options.keepalive ?? defaultKeepalive, {
      message: (message) => {
        this.#receive(message);
      },
      end: (end) => {
        this.#close(explainEnd(this.host, end));
      },
    });
  }

  /** What the daemon reports by itself, once subscribed to with `subscribe()`. */
  readonly onEvent: Event<LibvirtEvent> = this.#events.event;

  /** Fires once, when the connection has ended; for a listener that comes later, at once. */
  readonly onClose: Event<ConnectionClosedError> = (listener) => {
    if (this.#closed === undefined) return this.#closing.event(listener);
    listener(this.#closed);
    return { dispose: () => undefined };
  };

  /** Why the connection has ended, undefined while it lives. */
  get closed(): ConnectionClosedError | undefined {
    return this.#closed;
  }

  /**
   * Calls a procedure. Rejects with a LibvirtError when libvirt refuses or fails, with a ConnectionClosedError when
   * the connection has ended, with a ProtocolError when the answer is not of the agreed layout; and as the options
   * say. An answer that is no longer waited for holds its place among the calls in flight until it comes.
   */
  async call<A, R>(procedure: Procedure<A, R>, args: A, options: WaitOptions = {}): Promise<R> {
    const payload = await this.#request(this.#nextSerial(), procedure, args, options);
    return decode(procedure.result, payload);
  }

  /** Calls a procedure after whose answer bytes flow. The stream is the caller's to destroy. */
  async openStream<A, R>(
    procedure: StreamProcedure<A, R>,
    args: A,
    options: StreamOptions = {},
  ): Promise<OpenedStream<R>> {
    const serial = this.#nextSerial();
    const port = this.#portOf(serial, procedure.number);
    const stream = new LibvirtStream(procedure.stream, options.sparse === true, port);
    this.#streams.set(serial, stream);
    try {
      const payload = await this.#request(serial, procedure, args, options, stream);
      return { result: decode(procedure.result, payload), stream };
    } catch (error) {
      stream.destroy();
      if (!this.#calls.has(serial)) this.#streams.delete(serial);
      throw error;
    }
  }

  /** Asks the daemon for signs of life from now on; it has to know of them, see DriverFeature. */
  startKeepalive(): void {
    this.#link.startKeepalive();
  }

  /** Ends the byte stream. Whatever is under way rejects. */
  dispose(): void {
    this.#close(
      new ConnectionClosedError('closed', t('The connection to libvirt on {0} was closed.', this.host)),
    );
  }

  async #request<A, R>(
    serial: number,
    procedure: Procedure<A, R>,
    args: A,
    options: WaitOptions,
    stream?: LibvirtStream,
  ): Promise<Buffer> {
    if (this.#closed !== undefined) throw this.#closed;
    if (options.signal?.aborted === true) throw new CancelledError();
    const bytes = this.#encode(serial, procedure.number, MessageType.call, MessageStatus.ok, (writer) => {
      procedure.args.write(writer, args);
    });
    const call = new PendingCall(procedure, stream, () => {
      this.#link.send(bytes);
    });
    const timeoutMs = options.timeoutMs ?? (procedure.waitsFor ? undefined : QUICK_ANSWER_MS);
    this.#calls.set(serial, call);
    this.#queue.enter(call);
    try {
      const wait = { signal: options.signal, timeoutMs };
      return await waitFor(call.answer, wait, () => this.#lateness(call, timeoutMs ?? 0));
    } finally {
      if (this.#queue.withdraw(call)) this.#calls.delete(serial);
    }
  }

  #lateness(call: PendingCall, timeoutMs: number): string {
    const seconds = timeoutMs / 1000;
    return call.sentForMs === undefined
      ? t(
          'libvirt on {0} did not get to the request within {1} s: {2} earlier ones have no answer yet.',
          this.host,
          seconds,
          this.#queue.inFlight,
        )
      : t('libvirt on {0} did not answer within {1} s.', this.host, seconds);
  }

  #encode(
    serial: number,
    procedure: number,
    type: number,
    status: number,
    write?: (writer: XdrWriter) => void,
  ): Buffer {
    return encodeMessage({ program: REMOTE_PROGRAM, procedure, type, serial, status }, write);
  }

  #nextSerial(): number {
    this.#lastSerial = (this.#lastSerial % 0xffff_ffff) + 1;
    return this.#lastSerial;
  }

  #portOf(serial: number, procedure: number): StreamPort {
    const holder = {};
    return {
      send: (type, status, write, flushed) => {
        this.#link.send(this.#encode(serial, procedure, type, status, write), flushed);
      },
      hold: () => {
        this.#link.hold(holder);
      },
      release: () => {
        this.#link.release(holder);
      },
      errorOf: (message) => this.#errorOf(message),
      done: () => {
        this.#streams.delete(serial);
      },
    };
  }

  /** The type tells replies from events: the daemon gives events any serial number, and sends them at any time. */
  #receive(message: Message): void {
    if (message.program !== REMOTE_PROGRAM || message.version !== PROTOCOL_VERSION)
      throw new ProtocolError(t('A message of the unknown program {0} came.', message.program));
    switch (message.type) {
      case MessageType.reply:
        this.#receiveReply(message);
        break;
      case MessageType.event:
        this.#receiveEvent(message);
        break;
      case MessageType.stream:
      case MessageType.streamHole:
        this.#receiveStream(message);
        break;
      default:
        throw new ProtocolError(t('A message of the unknown type {0} came.', message.type));
    }
  }

  #receiveReply(message: Message): void {
    const { serial, procedure, status, payload } = message;
    const call = this.#calls.get(serial);
    if (call?.sentForMs === undefined || call.procedure !== procedure)
      throw new ProtocolError(t('An answer came to a call that was not made.'));
    this.#log.debug(`${this.host}: procedure ${procedure} answered, status ${status}, ${call.sentForMs} ms`);
    this.#calls.delete(serial);
    this.#queue.leave(call);
    if (status === MessageStatus.ok) {
      call.succeed(payload);
    } else {
      this.#streams.delete(serial);
      call.fail(this.#errorOf(message));
    }
  }

  #receiveEvent({ procedure, payload }: Message): void {
    if (procedure === connectionClosedMessage) {
      const text = t('libvirt on {0} has lost its connection to the hypervisor.', this.host);
      this.#close(new ConnectionClosedError('hypervisor', text));
      return;
    }
    try {
      const event = decodeEvent(procedure, payload);
      if (event === undefined) this.#log.debug(`${this.host}: unknown event ${procedure}`);
      else this.#events.fire(event);
    } catch (error) {
      // Of a layout we do not know, or a listener failed: neither is a reason to lose the connection.
      this.#log.error(`${this.host}: event ${procedure}: ${messageOf(error)}`);
    }
  }

  #receiveStream(message: Message): void {
    const stream = this.#streams.get(message.serial);
    if (stream === undefined) this.#log.debug(`${this.host}: data for the ended stream ${message.serial}`);
    else stream.receive(message);
  }

  #errorOf(message: Message): Error {
    try {
      return new LibvirtError(this.host, decode(remoteError, message.payload));
    } catch (error) {
      return new ProtocolError(t('libvirt on {0} reported an error that cannot be read.', this.host), {
        cause: error,
      });
    }
  }

  #close(reason: ConnectionClosedError): void {
    if (this.#closed !== undefined) return;
    this.#closed = reason;
    this.#link.destroy();
    this.#log.info(`${this.host}: ${reason.message}`);
    const calls = [...this.#calls.values()];
    const streams = [...this.#streams.values()];
    this.#calls.clear();
    this.#streams.clear();
    for (const call of calls) call.fail(reason);
    for (const stream of streams) stream.lost(reason);
    this.#closing.fire(reason);
    this.#closing.dispose();
    this.#events.dispose();
  }
}
