import type { LibvirtConnection } from '../../libvirt/connection.ts';
import type { LibvirtEvent } from '../../libvirt/protocol/events.ts';
import { listNetworks } from '../../libvirt/networks.ts';
import { ListNetworks } from '../../libvirt/protocol/network.ts';
import type { NetworkRef } from '../../libvirt/protocol/refs.ts';
import { NetworkLifecycle } from '../../libvirt/protocol/eventDetails.ts';
import { ObjectGroup } from './objectGroup.ts';

export interface NetworkEntry {
  readonly ref: NetworkRef;
  readonly active: boolean;
}

type NetworkEvent = Extract<LibvirtEvent, { object: 'network' }>;

export class NetworkGroup extends ObjectGroup<NetworkEntry, NetworkEvent> {
  readonly #connection: LibvirtConnection;

  constructor(connection: LibvirtConnection) {
    super();
    this.#connection = connection;
  }

  protected async read(): Promise<ReadonlyMap<string, NetworkEntry>> {
    const [all, active] = await Promise.all([
      listNetworks(this.#connection),
      listNetworks(this.#connection, ListNetworks.active),
    ]);
    const running = new Set(active.map(({ uuid }) => uuid));
    return new Map(all.map((ref) => [ref.uuid, { ref, active: running.has(ref.uuid) }]));
  }

  protected apply(event: NetworkEvent): void {
    const { network: ref } = event;
    if (event.kind !== 'lifecycle') return;
    const known = this.entries.get(ref.uuid);
    switch (event.event) {
      case NetworkLifecycle.defined:
        this.put(ref.uuid, { ref, active: known?.active ?? false });
        break;
      case NetworkLifecycle.started:
        this.put(ref.uuid, { ref, active: true });
        break;
      case NetworkLifecycle.undefined:
        if (known?.active !== true) this.remove(ref.uuid);
        break;
      case NetworkLifecycle.stopped:
        this.update(ref.uuid, { active: false });
        break;
    }
  }
}
