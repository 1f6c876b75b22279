import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { parseNetwork, type NetworkModel } from '../../libvirt/model/network.ts';
import { getNetworkXml, listNetworks } from '../../libvirt/networks.ts';
import { NetworkLifecycle } from '../../libvirt/protocol/eventDetails.ts';
import type { LibvirtEvent } from '../../libvirt/protocol/events.ts';
import { ListNetworks } from '../../libvirt/protocol/network.ts';
import type { NetworkRef } from '../../libvirt/protocol/refs.ts';
import { DefinedGroup, type DefinedEntry } from './definedGroup.ts';

export interface NetworkEntry extends DefinedEntry {
  readonly ref: NetworkRef;
  readonly active: boolean;
}

type NetworkEvent = Extract<LibvirtEvent, { object: 'network' }>;

export class NetworkGroup extends DefinedGroup<NetworkEntry, NetworkEvent> {
  readonly #connection: LibvirtConnection;
  /** What is below the rows, until something changes. */
  readonly #details = new Map<string, Promise<NetworkModel>>();

  constructor(connection: LibvirtConnection) {
    super();
    this.#connection = connection;
  }

  /** A network as it runs, or as it is defined when it does not; undefined when it is no longer there. */
  async details(uuid: string): Promise<NetworkModel | undefined> {
    const entry = this.entries.get(uuid);
    if (!entry) return undefined;
    const known = this.#details.get(uuid);
    if (known) return known;
    const reading = getNetworkXml(this.#connection, entry.ref).then(parseNetwork);
    this.#details.set(uuid, reading);
    reading.catch(() => this.#details.delete(uuid));
    return reading;
  }

  /** An update in place has no event: whoever makes one says so. */
  noteUpdate(uuid: string): void {
    this.#details.delete(uuid);
    this.update(uuid, {});
  }

  protected async read(): Promise<ReadonlyMap<string, NetworkEntry>> {
    const [all, active] = await Promise.all([
      listNetworks(this.#connection),
      listNetworks(this.#connection, ListNetworks.active),
    ]);
    this.#details.clear();
    const running = new Set(active.map(({ uuid }) => uuid));
    return new Map(
      all.map((ref) => [ref.uuid, { ref, active: running.has(ref.uuid), ...this.lifetimeOf(ref) }]),
    );
  }

  protected listTransient(): Promise<readonly NetworkRef[]> {
    return listNetworks(this.#connection, ListNetworks.transient);
  }

  protected listAutostarted(): Promise<readonly NetworkRef[]> {
    return listNetworks(this.#connection, ListNetworks.autostart);
  }

  protected apply(event: NetworkEvent): void {
    const { network: ref } = event;
    this.#details.delete(ref.uuid);
    const known = this.entries.get(ref.uuid);
    const entry = known ?? { ref, active: false, autostart: false, persistent: false };
    if (event.kind !== 'lifecycle') {
      this.update(ref.uuid, {});
      return;
    }
    switch (event.event) {
      case NetworkLifecycle.defined:
        this.put(ref.uuid, { ...entry, ref, persistent: true });
        break;
      case NetworkLifecycle.started:
        this.put(ref.uuid, { ...entry, ref, active: true });
        break;
      case NetworkLifecycle.undefined:
        if (known?.active === true) this.update(ref.uuid, { persistent: false, autostart: false });
        else this.remove(ref.uuid);
        break;
      case NetworkLifecycle.stopped:
        if (known?.persistent === false) this.remove(ref.uuid);
        else this.update(ref.uuid, { active: false });
        break;
    }
  }
}
