import type { HostSession } from '../../../hosts/hostSession.ts';
import type { UsedObject } from '../../../hosts/knowledge/usersOf.ts';
import type { DomainDisk } from '../../../libvirt/model/disk.ts';
import { storageNameOfDisk } from '../../../operations/devices/diskStorage.ts';
import type { DiskPlace } from '../../../operations/domains/diskPlace.ts';

/** The definitions of a host's domains are read in the background; with a thousand domains that takes seconds. */
const patienceMs = 15_000;

/** Tells which other domains of the host name a disk's storage; waits until all definitions have been read. */
export async function otherUsers(
  host: HostSession,
  uuid: string,
): Promise<(disk: DomainDisk, place: DiskPlace) => readonly string[]> {
  const { knowledge } = host.require();
  knowledge.want();
  if (!knowledge.current?.domains) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patienceMs);
      const listener = knowledge.onDidChange(({ domains }) => {
        if (!domains) return;
        listener.dispose();
        clearTimeout(timer);
        resolve();
      });
    });
  }
  return ({ source }, place) => {
    const storage = source && storageNameOfDisk(source);
    const byName = (knowledge.current?.domains ?? []).filter(({ disks }) =>
      disks.some((disk) => storage !== undefined && disk.storage === storage),
    );
    const used = usedObject(place);
    const byObject = (used && knowledge.usersOf(used)) ?? [];
    const others = [...byName, ...byObject].filter((domain) => domain.uuid !== uuid);
    return [...new Set(others.map(({ name }) => name))];
  };
}

function usedObject(place: DiskPlace): UsedObject | undefined {
  if (place.kind === 'volume') return { kind: 'volume', pool: place.volume.pool, name: place.volume.name };
  if (place.kind !== 'image') return undefined;
  const { pool, namespace, image } = place.image;
  return {
    kind: 'rbdImage',
    name: [pool, namespace, image].filter((part) => part !== undefined).join('/'),
  };
}
