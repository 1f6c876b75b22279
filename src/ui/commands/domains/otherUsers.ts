import { t } from '../../../base/l10n.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import type { UsedObject } from '../../../hosts/knowledge/usersOf.ts';
import type { DomainDisk } from '../../../libvirt/model/disk.ts';
import { storageNameOfDisk } from '../../../operations/devices/diskStorage.ts';
import type { DiskPlace } from '../../../operations/domains/diskPlace.ts';

/** The definitions of a host's domains are read in the background; with a thousand domains that takes seconds. */
const patienceMs = 15_000;

/** Tells which other domains name a disk's storage; waits until all definitions of the host have been read. */
export async function otherUsers(
  host: HostSession,
  uuid: string,
  sessions: readonly HostSession[],
): Promise<(disk: DomainDisk, place: DiskPlace) => readonly string[]> {
  const { knowledge } = host.require();
  knowledge.want();
  if (!knowledge.current?.domains) {
    await new Promise<void>((resolve) => {
      const done = (): void => {
        listener.dispose();
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(done, patienceMs);
      const listener = knowledge.onDidChange(({ domains }) => {
        if (domains) done();
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
    const elsewhere =
      storage?.startsWith('rbd:') === true
        ? sessions.filter((session) => session !== host).flatMap((session) => usersOn(session, storage))
        : [];
    return [...new Set([...others.map(({ name }) => name), ...elsewhere])];
  };
}

/** On another host, which may be a client of the same Ceph: as far as its definitions have been read. */
function usersOn({ name: host, connected }: HostSession, storage: string): readonly string[] {
  return (connected?.knowledge.current?.domains ?? [])
    .filter(({ disks }) => disks.some((disk) => disk.storage === storage))
    .map(({ name }) => t('{0} on {1}', name, host));
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
