import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { PoolLifecycle } from '../../libvirt/protocol/eventDetails.ts';
import type { LibvirtEvent } from '../../libvirt/protocol/events.ts';
import type { PoolRef, VolumeRef } from '../../libvirt/protocol/refs.ts';
import { ListPools } from '../../libvirt/protocol/storagePool.ts';
import { getPoolInfo, listPools, type PoolInfo } from '../../libvirt/storagePools.ts';
import { listVolumes } from '../../libvirt/volumes.ts';
import { DefinedGroup, type DefinedEntry } from './definedGroup.ts';
import { VolumeDetails } from './volumeDetails.ts';

/** What the host says of a pool: its sizes, or why it cannot even say its state. */
export type PoolCondition =
  { readonly kind: 'info'; readonly info: PoolInfo } | { readonly kind: 'unknown'; readonly error: unknown };

export interface PoolEntry extends DefinedEntry {
  readonly ref: PoolRef;
  readonly active: boolean;
  /** undefined until it has been read. */
  readonly condition: PoolCondition | undefined;
}

type PoolEvent = Extract<LibvirtEvent, { object: 'pool' }>;

export class PoolGroup extends DefinedGroup<PoolEntry, PoolEvent> {
  readonly #connection: LibvirtConnection;
  readonly #asking = new Set<string>();
  /** Pools whose condition is newer than the list. */
  readonly #fresh = new Set<string>();
  /** Of the volumes that are shown. */
  readonly volumeDetails: VolumeDetails;

  constructor(connection: LibvirtConnection) {
    super();
    this.#connection = connection;
    this.volumeDetails = new VolumeDetails(connection, (uuid) => {
      this.update(uuid, {});
    });
  }

  /** Reads a pool's condition unless it is known since the list was read: once it is, the pool's entry changes. */
  wantCondition(uuid: string): void {
    const entry = this.entries.get(uuid);
    if (!entry || (entry.condition && this.#fresh.has(uuid)) || this.#asking.has(uuid)) return;
    this.#asking.add(uuid);
    void getPoolInfo(this.#connection, entry.ref)
      .then(
        (info): PoolCondition => ({ kind: 'info', info }),
        (error: unknown): PoolCondition => ({ kind: 'unknown', error }),
      )
      .then((condition) => {
        this.#asking.delete(uuid);
        this.#fresh.add(uuid);
        this.update(uuid, { condition });
      });
  }

  /** The volumes of an active pool, as libvirt last saw them. */
  async volumes(uuid: string): Promise<readonly VolumeRef[]> {
    const entry = this.entries.get(uuid);
    return entry?.active === true ? listVolumes(this.#connection, entry.ref) : [];
  }

  protected async read(): Promise<ReadonlyMap<string, PoolEntry>> {
    const [all, active] = await Promise.all([
      listPools(this.#connection),
      listPools(this.#connection, ListPools.active),
    ]);
    this.#fresh.clear();
    const running = new Set(active.map(({ uuid }) => uuid));
    return new Map(
      all.map((ref) => [
        ref.uuid,
        {
          ref,
          active: running.has(ref.uuid),
          condition: this.entries.get(ref.uuid)?.condition,
          ...this.lifetimeOf(ref),
        },
      ]),
    );
  }

  protected listTransient(): Promise<readonly PoolRef[]> {
    return listPools(this.#connection, ListPools.transient);
  }

  protected listAutostarted(): Promise<readonly PoolRef[]> {
    return listPools(this.#connection, ListPools.autostart);
  }

  protected apply(event: PoolEvent): void {
    const { pool: ref } = event;
    const known = this.entries.get(ref.uuid);
    const entry = known ?? { ref, active: false, autostart: false, persistent: false };
    if (event.kind === 'refresh') {
      this.put(ref.uuid, { ...entry, active: true, condition: undefined });
      return;
    }
    switch (event.event) {
      case PoolLifecycle.defined:
        this.put(ref.uuid, { ...entry, ref, persistent: true, condition: undefined });
        break;
      case PoolLifecycle.started:
        this.put(ref.uuid, { ...entry, active: true, condition: undefined });
        break;
      case PoolLifecycle.stopped:
        if (known?.persistent === false) this.remove(ref.uuid);
        else this.update(ref.uuid, { active: false, condition: undefined });
        break;
      case PoolLifecycle.undefined:
        if (known?.active === true) this.update(ref.uuid, { persistent: false });
        else this.remove(ref.uuid);
        break;
    }
  }
}
