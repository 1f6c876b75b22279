import { Emitter, type Disposable, type Event } from '../../base/events.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import type { LibvirtEvent } from '../../libvirt/protocol/events.ts';
import { subscribe, type Subscription } from '../../libvirt/events.ts';
import { DomainGroup } from './domains.ts';
import { NetworkGroup } from './networks.ts';
import type { GroupChange } from './objectGroup.ts';
import { PoolGroup } from './pools.ts';
import { SecretGroup } from './secrets.ts';

export const groupNames = ['domains', 'pools', 'networks', 'secrets'] as const;
export type GroupName = (typeof groupNames)[number];

export interface InventoryChange {
  readonly group: GroupName;
  readonly change: GroupChange;
}

/** What the lists themselves depend on: subscribed to before they are read, so that no change falls between. */
const lifecycles: readonly Subscription[] = [
  { object: 'domain', kind: 'lifecycle' },
  { object: 'pool', kind: 'lifecycle' },
  { object: 'network', kind: 'lifecycle' },
  { object: 'secret', kind: 'lifecycle' },
];

/** What changes an object without its coming, going, starting or stopping. */
const details: readonly Subscription[] = [
  { object: 'pool', kind: 'refresh' },
  { object: 'secret', kind: 'valueChanged' },
  { object: 'domain', kind: 'deviceAdded' },
  { object: 'domain', kind: 'deviceRemoved' },
  { object: 'domain', kind: 'deviceRemovalFailed' },
  { object: 'domain', kind: 'blockJob2' },
  { object: 'domain', kind: 'diskChange' },
  { object: 'domain', kind: 'trayChange' },
  { object: 'domain', kind: 'metadataChange' },
  { object: 'domain', kind: 'ioErrorReason' },
  { object: 'domain', kind: 'reboot' },
];

/** Everything on one host, read once in a handful of calls and then kept current by events. */
export class Inventory implements Disposable {
  readonly domains: DomainGroup;
  readonly pools: PoolGroup;
  readonly networks: NetworkGroup;
  readonly secrets: SecretGroup;
  /** Events this host's libvirt does not have. */
  unsupported: readonly Subscription[] = [];
  readonly #connection: LibvirtConnection;
  readonly #changes = new Emitter<InventoryChange>();
  readonly onDidChange: Event<InventoryChange> = this.#changes.event;
  readonly #disposables: Disposable[];

  constructor(connection: LibvirtConnection) {
    this.#connection = connection;
    this.domains = new DomainGroup(connection);
    this.pools = new PoolGroup(connection);
    this.networks = new NetworkGroup(connection);
    this.secrets = new SecretGroup(connection);
    this.#disposables = [
      connection.onEvent((event) => {
        this.#dispatch(event);
      }),
      ...groupNames.map((group) =>
        this[group].onDidChange((change) => {
          this.#changes.fire({ group, change });
        }),
      ),
    ];
  }

  /** Subscribes to events and reads all lists; rejects when the connection ends before. */
  async open(): Promise<void> {
    const [first] = await Promise.all([subscribe(this.#connection, lifecycles), this.load()]);
    const rest = await subscribe(this.#connection, details);
    this.unsupported = [...first, ...rest].map(({ subscription }) => subscription);
  }

  /** Reads all lists again. */
  async load(): Promise<void> {
    await Promise.all([
      this.domains.load().then(() => this.domains.readLifetimes()),
      this.pools.load().then(() => this.pools.readLifetimes()),
      this.networks.load().then(() => this.networks.readLifetimes()),
      this.secrets.load().then(() => this.secrets.readKinds()),
    ]);
  }

  #dispatch(event: LibvirtEvent): void {
    switch (event.object) {
      case 'domain':
        this.domains.handle(event);
        break;
      case 'pool':
        this.pools.handle(event);
        break;
      case 'network':
        this.networks.handle(event);
        break;
      case 'secret':
        this.secrets.handle(event);
        break;
      case 'nodeDevice':
        break;
    }
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
    this.#changes.dispose();
  }
}
