import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { PoolLifecycle } from '../../libvirt/protocol/eventDetails.ts';
import type { LibvirtEvent } from '../../libvirt/protocol/events.ts';
import type { PoolRef, VolumeRef } from '../../libvirt/protocol/refs.ts';
import { ListPools } from '../../libvirt/protocol/storagePool.ts';
import { getPoolInfo, listPools, type PoolInfo } from '../../libvirt/storagePools.ts';
import { listVolumes } from '../../libvirt/volumes.ts';
import { ObjectGroup } from './objectGroup.ts';

/** What the host says of a pool: its sizes, or why it cannot even say its state. */
export type PoolCondition =
  { readonly kind: 'info'; readonly info: PoolInfo } | { readonly kind: 'unknown'; readonly error: unknown };

export interface PoolEntry {
  readonly ref: PoolRef;
  readonly active: boolean;
  readonly autostart: boolean;
  readonly persistent: boolean;
  /** undefined until it has been read. */
  readonly condition: PoolCondition | undefined;
}

type PoolEvent = Extract<LibvirtEvent, { object: 'pool' }>;

export class PoolGroup extends ObjectGroup<PoolEntry, PoolEvent> {
  readonly #connection: LibvirtConnection;
  readonly #asking = new Set<string>();
  /** Pools whose condition is newer than the list. */
  readonly #fresh = new Set<string>();

  #transient: ReadonlySet<string> = new Set();

  constructor(connection: LibvirtConnection) {
    super();
    this.#connection = connection;
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

  /** Autostart has no event: whoever changes it says so. */
  noteAutostart(uuid: string, autostart: boolean): void {
    this.update(uuid, { autostart });
  }

  /** Which pools exist only while they are active. It is not needed to draw the list, so it is read after it. */
  async readTransient(): Promise<void> {
    const refs = await listPools(this.#connection, ListPools.transient);
    this.#transient = new Set(refs.map(({ uuid }) => uuid));
    if (refs.length === 0) return;
    this.updateAll((entry) => ({ ...entry, persistent: !this.#transient.has(entry.ref.uuid) }));
  }

  protected async read(): Promise<ReadonlyMap<string, PoolEntry>> {
    const [all, active, autostarted] = await Promise.all([
      listPools(this.#connection),
      listPools(this.#connection, ListPools.active),
      listPools(this.#connection, ListPools.autostart),
    ]);
    this.#fresh.clear();
    const uuids = (refs: readonly PoolRef[]): Set<string> => new Set(refs.map(({ uuid }) => uuid));
    const [running, autostart] = [uuids(active), uuids(autostarted)];
    return new Map(
      all.map((ref) => [
        ref.uuid,
        {
          ref,
          active: running.has(ref.uuid),
          autostart: autostart.has(ref.uuid),
          persistent: !this.#transient.has(ref.uuid),
          condition: this.entries.get(ref.uuid)?.condition,
        },
      ]),
    );
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
