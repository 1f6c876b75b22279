import type { Duplex } from 'node:stream';
import { CancelledError } from '../../base/errors.ts';
import { Emitter, type Disposable, type Event } from '../../base/events.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { openConsole } from '../../libvirt/domainStreams.ts';
import { ConnectionClosedError, isLibvirtError, LibvirtError } from '../../libvirt/errors.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import type { DomainRef } from '../../libvirt/protocol/refs.ts';
import { PacedWriter } from './pacedWriter.ts';

/** The domain that a console belongs to, as it comes and goes. */
export interface ConsoleDomain {
  /** While it runs on a connected host; its id is another one after each start. */
  running(): DomainRef | undefined;
  /** Why it does not. */
  readonly absence: 'host' | 'off' | 'gone';
  /** What the two above say may have changed. */
  readonly onDidChange: Event<unknown>;
  /**
   * A connection for this console alone: a guest that writes faster than is read, or does not read what is written,
   * holds up everything else on its connection.
   */
  connect(options: WaitOptions): Promise<LibvirtConnection>;
}

export type ConsoleState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open' }
  /** It opens by itself when the host is connected, or the domain is started; not when the domain is gone. */
  | { readonly kind: 'waiting'; readonly for: ConsoleDomain['absence'] }
  /** Somebody else has it open. */
  | { readonly kind: 'in-use' }
  /** Somebody else has taken it over. */
  | { readonly kind: 'taken-over' }
  | { readonly kind: 'failed'; readonly error: unknown };

export interface ConsoleSessionOptions {
  readonly domain: ConsoleDomain;
  /** The alias of the device; undefined: the first console. */
  readonly device: string | undefined;
  /** Takes what the guest writes. No more is read until it resolves. */
  readonly output: (bytes: Uint8Array) => Promise<void>;
}

/** One console of a domain: opened, and opened again whenever the domain or its host comes back. */
export class ConsoleSession implements Disposable {
  readonly #options: ConsoleSessionOptions;
  readonly #changes = new Emitter<ConsoleState>();
  readonly onDidChangeState: Event<ConsoleState> = this.#changes.event;
  readonly #input = new PacedWriter((bytes) => this.#send(bytes));
  readonly #listener: Disposable;
  #state: ConsoleState = { kind: 'opening' };
  #connection: LibvirtConnection | undefined;
  #stream: Duplex | undefined;
  #opening: AbortController | undefined;
  /** The id of the run whose console has ended: it does not come back before the next one. */
  #endedRun: number | undefined;
  #disposed = false;

  constructor(options: ConsoleSessionOptions) {
    this.#options = options;
    this.#listener = options.domain.onDidChange(() => {
      this.#domainChanged();
    });
  }

  get state(): ConsoleState {
    return this.#state;
  }

  /** Opens it, or waits for the domain. How it goes is told by the state. `force` throws out whoever has it open. */
  async open(force = false): Promise<void> {
    if (this.#disposed || this.#opening || this.#state.kind === 'open') return;
    const { domain, device } = this.#options;
    const run = domain.running();
    if (!run) {
      this.#setState({ kind: 'waiting', for: domain.absence });
      return;
    }
    const opening = new AbortController();
    this.#opening = opening;
    this.#setState({ kind: 'opening' });
    try {
      const connection = await this.#connect(opening.signal);
      const stream = await openConsole(connection, run, { device, force, signal: opening.signal });
      this.#opening = undefined;
      if (opening.signal.aborted) stream.destroy();
      else this.#opened(stream, run);
    } catch (error) {
      this.#opening = undefined;
      if (!opening.signal.aborted) this.#notOpened(error, run, force);
    }
  }

  /** What a person types; without an open console it goes nowhere. */
  write(bytes: Uint8Array): void {
    if (this.#state.kind === 'open') this.#input.push(bytes);
  }

  async #connect(signal: AbortSignal): Promise<LibvirtConnection> {
    if (this.#connection?.closed === undefined && this.#connection) return this.#connection;
    const connection = await this.#options.domain.connect({ signal });
    if (signal.aborted) {
      connection.dispose();
      throw new CancelledError();
    }
    this.#connection = connection;
    return connection;
  }

  #opened(stream: Duplex, run: DomainRef): void {
    this.#stream = stream;
    this.#endedRun = undefined;
    this.#setState({ kind: 'open' });
    void this.#read(stream).then(
      () => {
        this.#ended(stream, run, undefined);
      },
      (error: unknown) => {
        this.#ended(stream, run, error);
      },
    );
  }

  async #read(stream: Duplex): Promise<void> {
    for await (const bytes of stream) await this.#options.output(bytes as Uint8Array);
  }

  #notOpened(error: unknown, run: DomainRef, force: boolean): void {
    if (!force && isLibvirtError(error, ErrorCode.operationFailed)) {
      this.#setState({ kind: 'in-use' });
    } else if (isLibvirtError(error, ErrorCode.operationInvalid)) {
      this.#endedRun = run.id;
      this.#wait();
    } else if (this.#options.domain.absence === 'host') {
      this.#wait();
    } else {
      this.#setState({ kind: 'failed', error });
    }
  }

  #ended(stream: Duplex, run: DomainRef, error: unknown): void {
    if (this.#stream !== stream) return;
    this.#stream = undefined;
    this.#input.clear();
    if (this.#disposed) return;
    if (error instanceof ConnectionClosedError) {
      this.#wait();
    } else if (error instanceof LibvirtError) {
      // The daemon ends a console that is taken over with an error, and one whose domain stops without.
      this.#setState({ kind: 'taken-over' });
    } else if (error !== undefined) {
      this.#setState({ kind: 'failed', error });
    } else {
      this.#endedRun = run.id;
      this.#wait();
    }
  }

  /** The domain may be back already, or may only not be known to be away yet. */
  #wait(): void {
    const { absence } = this.#options.domain;
    this.#setState({ kind: 'waiting', for: absence });
    this.#domainChanged();
  }

  #domainChanged(): void {
    if (this.#state.kind !== 'waiting') return;
    const { domain } = this.#options;
    const run = domain.running();
    if (run && run.id !== this.#endedRun) void this.open();
    else if (!run && domain.absence !== this.#state.for)
      this.#setState({ kind: 'waiting', for: domain.absence });
  }

  #send(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      if (!this.#stream || this.#stream.destroyed) resolve();
      // A stream that has ended says so to its reader.
      else
        this.#stream.write(bytes, () => {
          resolve();
        });
    });
  }

  #setState(state: ConsoleState): void {
    if (this.#disposed) return;
    this.#state = state;
    this.#changes.fire(state);
  }

  dispose(): void {
    this.#disposed = true;
    this.#listener.dispose();
    this.#changes.dispose();
    this.#opening?.abort();
    this.#input.clear();
    this.#stream?.destroy();
    this.#connection?.dispose();
  }
}
