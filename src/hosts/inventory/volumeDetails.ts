import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { parseVolume, type VolumeModel } from '../../libvirt/model/volume.ts';
import type { VolumeRef } from '../../libvirt/protocol/refs.ts';
import { getVolumeXml } from '../../libvirt/volumes.ts';

/** libvirt tells the size of one volume at a time: of pools that hold more, none is asked for. */
const mostVolumes = 100;

/** The sizes and formats of the volumes of small pools, read behind the list of their names, one at a time. */
export class VolumeDetails {
  readonly #connection: LibvirtConnection;
  readonly #changed: (poolUuid: string) => void;
  readonly #pools = new Map<string, ReadonlyMap<string, VolumeModel>>();
  readonly #reading = new Set<string>();
  /** Pools whose rows are drawn again because of us, not because something has changed. */
  readonly #told = new Set<string>();

  /** @param changed the volumes of the pool with this UUID have other details */
  constructor(connection: LibvirtConnection, changed: (poolUuid: string) => void) {
    this.#connection = connection;
    this.#changed = changed;
  }

  /** As it was last read. */
  get(poolUuid: string, { key }: VolumeRef): VolumeModel | undefined {
    return this.#pools.get(poolUuid)?.get(key);
  }

  /** The volumes of the pool are shown: reads what they are now. */
  want(poolUuid: string, volumes: readonly VolumeRef[]): void {
    if (this.#told.delete(poolUuid) || this.#reading.has(poolUuid)) return;
    if (volumes.length > mostVolumes) {
      this.#pools.delete(poolUuid);
      return;
    }
    this.#reading.add(poolUuid);
    void this.#read(volumes).then((found) => {
      this.#reading.delete(poolUuid);
      const known = this.#pools.get(poolUuid);
      this.#pools.set(poolUuid, found);
      if (known && areSame(known, found)) return;
      this.#told.add(poolUuid);
      this.#changed(poolUuid);
    });
  }

  async #read(volumes: readonly VolumeRef[]): Promise<ReadonlyMap<string, VolumeModel>> {
    const found = new Map<string, VolumeModel>();
    for (const volume of volumes) {
      try {
        const xml = await getVolumeXml(this.#connection, volume, { timeoutMs: 10_000 });
        found.set(volume.key, await parseVolume(xml));
      } catch {
        // It is gone, or its storage does not answer: the row then shows its name alone.
        if (this.#connection.closed) break;
      }
    }
    return found;
  }
}

function areSame(a: ReadonlyMap<string, VolumeModel>, b: ReadonlyMap<string, VolumeModel>): boolean {
  return (
    a.size === b.size && [...a].every(([key, model]) => JSON.stringify(model) === JSON.stringify(b.get(key)))
  );
}
