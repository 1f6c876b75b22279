import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledError, messageOf, Problem } from '../base/errors.ts';
import { Emitter, type Disposable, type Event } from '../base/events.ts';
import { t } from '../base/l10n.ts';
import type { Log } from '../base/log.ts';
import { waitFor } from '../base/waiting.ts';
import type { LibvirtConnection } from '../libvirt/connection.ts';
import type { Transport } from '../transport/transport.ts';
import { reconnectDelay } from './backoff.ts';
import type { HostAddress } from './hostAddress.ts';
import { HostError } from './hostErrors.ts';
import type { HostFacts } from './hostFacts.ts';
import type { Inventory, InventoryChange } from './inventory/inventory.ts';
import type { HostKnowledgeIndex } from './knowledge/hostKnowledgeIndex.ts';

export type HostState =
  | { readonly kind: 'disconnected' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected' }
  | { readonly kind: 'failed'; readonly error: unknown }
  /** It was connected. `retryAt` (ms since 1970) is when it is tried again by itself, undefined when it is not. */
  | { readonly kind: 'lost'; readonly error: unknown; readonly retryAt: number | undefined };

export interface ConnectedHost {
  readonly connection: LibvirtConnection;
  readonly transport: Transport;
  readonly inventory: Inventory;
  /** What rules and completion ask of the host. */
  readonly knowledge: HostKnowledgeIndex;
}

export interface TransportRequest {
  readonly address: HostAddress;
  readonly signal: AbortSignal;
  /** Whether a person is there to be asked (for a passphrase, about a host key). */
  readonly interactive: boolean;
  /** To be called when there is nothing to do but to wait for the host. */
  readonly whileWaiting: () => void;
}

export interface HostServices {
  readonly log: Log;
  openTransport(request: TransportRequest): Promise<Transport>;
  /** Whether a lost connection is tried again without being asked. */
  autoReconnect(): boolean;
}

/** Failures that do not go away by themselves; knocking again and again would only get an address banned. */
const needPerson = new Set<unknown>([
  'auth-failed',
  'host-key-unknown',
  'host-key-changed',
  'host-key-revoked',
  'no-permission',
]);

function needsPerson(error: unknown): boolean {
  return error instanceof Problem && needPerson.has(error.code);
}

/** How long a reconnected host's lists may take before they replace the last known ones. */
const settleMs = 3000;

/** One host: whether it is connected, why not, and what is on it. */
export class HostSession implements Disposable {
  readonly name: string;
  readonly address: HostAddress;
  readonly #services: HostServices;
  readonly #stateChanges = new Emitter<HostState>();
  readonly #inventoryChanges = new Emitter<InventoryChange>();
  readonly onDidChangeState: Event<HostState> = this.#stateChanges.event;
  readonly onDidChangeInventory: Event<InventoryChange> = this.#inventoryChanges.event;
  #state: HostState = { kind: 'disconnected' };
  #attempted = false;
  #host: ConnectedHost | undefined;
  #inventory: Inventory | undefined;
  #facts: HostFacts | undefined;
  #connecting: { readonly promise: Promise<ConnectedHost>; readonly abort: AbortController } | undefined;
  #retry: NodeJS.Timeout | undefined;
  #retries = 0;

  constructor(name: string, address: HostAddress, services: HostServices) {
    this.name = name;
    this.address = address;
    this.#services = services;
  }

  get state(): HostState {
    return this.#state;
  }

  /** Whether it has been connected, or tried to be, since this window opened. */
  get attempted(): boolean {
    return this.#attempted;
  }

  /** What is on the host; after a loss what was last known. */
  get inventory(): Inventory | undefined {
    return this.#inventory;
  }

  /** undefined until they have been read. */
  get facts(): HostFacts | undefined {
    return this.#facts;
  }

  get connected(): ConnectedHost | undefined {
    return this.#host;
  }

  /** The connected host; rejects when it is not connected. */
  require(): ConnectedHost {
    if (this.#host) return this.#host;
    throw new HostError('not-connected', t('{0} is not connected.', this.name), {
      advice: t('Connect to it, then try again.'),
    });
  }

  /**
   * Connects, or joins a connecting that is under way. `signal` ends this wait alone; {@link cancelConnecting} ends the
   * connecting.
   */
  connect(signal?: AbortSignal): Promise<ConnectedHost> {
    return waitFor(this.#connect(true), { signal }, () => '');
  }

  cancelConnecting(): void {
    this.#connecting?.abort.abort();
  }

  /** Ends the connection until somebody connects again. */
  disconnect(): void {
    this.#stopRetrying();
    this.cancelConnecting();
    const host = this.#host;
    this.#host = undefined;
    this.#inventory?.dispose();
    this.#inventory = undefined;
    host?.connection.dispose();
    host?.transport.dispose();
    this.#setState({ kind: 'disconnected' });
  }

  dispose(): void {
    this.disconnect();
    this.#stateChanges.dispose();
    this.#inventoryChanges.dispose();
  }

  #connect(interactive: boolean): Promise<ConnectedHost> {
    if (this.#host) return Promise.resolve(this.#host);
    if (this.#connecting) return this.#connecting.promise;
    this.#stopRetrying();
    this.#attempted = true;
    const abort = new AbortController();
    const promise = this.#open(interactive, abort.signal)
      .then(
        (host) => this.#opened(host),
        (error: unknown) => {
          this.#notOpened(error, interactive);
          throw error;
        },
      )
      .finally(() => {
        this.#connecting = undefined;
      });
    this.#connecting = { promise, abort };
    this.#setState({ kind: 'connecting' });
    return promise;
  }

  async #open(interactive: boolean, signal: AbortSignal): Promise<ConnectedHost> {
    const { log } = this.#services;
    log.info(t('{0}: connecting to {1}', this.name, this.address.uri));
    const transport = await this.#services.openTransport({
      address: this.address,
      signal,
      interactive,
      whileWaiting: () => void import('./openHost.ts'),
    });
    try {
      const { openHost } = await import('./openHost.ts');
      return await openHost(transport, { name: this.name, address: this.address, log, signal });
    } catch (error) {
      transport.dispose();
      throw error;
    }
  }

  async #opened(host: ConnectedHost): Promise<ConnectedHost> {
    const { connection, inventory } = host;
    connection.onClose((error) => {
      this.#closed(host, error);
    });
    inventory.onDidChange((change) => {
      if (this.#inventory === inventory) this.#inventoryChanges.fire(change);
    });
    const opening = inventory.open();
    opening.catch((error: unknown) => {
      this.#services.log.warn(`${this.name}: ${messageOf(error)}`);
    });
    // What is shown stays while a lost host comes back, so that nothing expanded or selected is forgotten.
    if (this.#inventory) await Promise.race([opening.catch(() => undefined), sleep(settleMs)]);
    this.#inventory?.dispose();
    this.#inventory = inventory;
    this.#host = host;
    this.#retries = 0;
    this.#setState({ kind: 'connected' });
    void opening.then(() => this.#readFacts(host)).catch(() => undefined);
    return host;
  }

  #notOpened(error: unknown, interactive: boolean): void {
    if (error instanceof CancelledError) {
      this.#services.log.info(t('{0}: cancelled', this.name));
      this.#setState(
        this.#inventory ? { kind: 'lost', error, retryAt: undefined } : { kind: 'disconnected' },
      );
      return;
    }
    this.#services.log.error(t('{0}: {1}', this.name, messageOf(error)));
    if (interactive && !this.#inventory) this.#setState({ kind: 'failed', error });
    else this.#lost(error);
  }

  #closed(host: ConnectedHost, error: Error): void {
    host.transport.dispose();
    if (this.#host !== host) return;
    this.#host = undefined;
    this.#services.log.warn(t('{0}: the connection is lost: {1}', this.name, error.message));
    this.#lost(error);
  }

  #lost(error: unknown): void {
    if (!this.#services.autoReconnect() || needsPerson(error)) {
      this.#setState({ kind: 'lost', error, retryAt: undefined });
      return;
    }
    const delay = reconnectDelay(this.#retries, Math.random());
    this.#retries += 1;
    this.#retry = setTimeout(() => {
      this.#connect(false).catch(() => undefined);
    }, delay);
    this.#setState({ kind: 'lost', error, retryAt: Date.now() + delay });
  }

  #stopRetrying(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
  }

  async #readFacts(host: ConnectedHost): Promise<void> {
    const { readHostFacts } = await import('./hostFacts.ts');
    this.#facts = await readHostFacts(host.connection);
    if (this.#host === host) this.#stateChanges.fire(this.#state);
  }

  #setState(state: HostState): void {
    this.#state = state;
    this.#stateChanges.fire(state);
  }
}
