import { messageOf, Problem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { WaitOptions } from '../../../base/waiting.ts';
import { listRbdChildren, listRbdSnapshots, listRbdWatchers } from '../../../ceph/rbd.ts';
import type { DomainDisk } from '../../../libvirt/model/disk.ts';
import { cephClientOfDisk, type LibvirtMachine } from '../../volumes/cephClientOf.ts';
import { lookAt, type VolumeFindings } from '../../volumes/findings.ts';
import { findDiskPlace, type DiskPlace } from '../diskPlace.ts';

/** A disk of a domain, where it is, and what speaks against deleting it. */
export interface DeletableDisk {
  readonly disk: DomainDisk;
  readonly place: DiskPlace;
  /** In words; none: nothing else is known to need it. */
  readonly objections: readonly string[];
}

/** What looking at one disk may take; a storage that does not answer is deleted, or not, without being looked at. */
const patienceMs = 20_000;

/**
 * The disks of a domain that hold data; those of other domains, media and images that others are based on have objections.
 * @param usersOf the names of the other domains whose definitions name the disk's storage
 */
export async function readDeletableDisks(
  machine: LibvirtMachine,
  domain: string,
  disks: readonly DomainDisk[],
  usersOf: (disk: DomainDisk, place: DiskPlace) => readonly string[],
  options: WaitOptions = {},
): Promise<readonly DeletableDisk[]> {
  const found = await Promise.all(
    disks.map(async (disk): Promise<DeletableDisk | undefined> => {
      const place = await findDiskPlace(machine, disk, options);
      if (!place) return undefined;
      const wait = { timeoutMs: patienceMs, ...options };
      const others = usersOf(disk, place);
      return {
        disk,
        place,
        objections: [
          ...objectionsOfDisk(disk),
          ...(others.length > 0 ? [t('also a disk of {0}', others.join(', '))] : []),
          ...(await objectionsOfPlace(machine, domain, place, wait)),
        ],
      };
    }),
  );
  return found.filter((disk) => disk !== undefined);
}

function objectionsOfDisk({ device, readOnly, shareable }: DomainDisk): readonly string[] {
  if (device === 'cdrom' || device === 'floppy') return [t('a medium')];
  return [...(readOnly ? [t('read-only')] : []), ...(shareable ? [t('shareable')] : [])];
}

async function objectionsOfPlace(
  machine: LibvirtMachine,
  domain: string,
  place: DiskPlace,
  options: WaitOptions,
): Promise<readonly string[]> {
  try {
    if (place.kind === 'volume') return objections(await lookAt(machine, place.volume, options), domain);
    return place.kind === 'image' ? objections(await lookAtImage(machine, place, options), domain) : [];
  } catch (error) {
    if (!(error instanceof Problem) || options.signal?.aborted === true) throw error;
    return [t('cannot be looked at: {0}', messageOf(error))];
  }
}

async function lookAtImage(
  machine: LibvirtMachine,
  { image, source }: Extract<DiskPlace, { kind: 'image' }>,
  options: WaitOptions,
): Promise<VolumeFindings> {
  const client = await cephClientOfDisk(machine, source, options);
  const [watchers, snapshots, children] = await Promise.all([
    listRbdWatchers(client, image, options),
    listRbdSnapshots(client, image, options),
    listRbdChildren(client, image, options),
  ]);
  return { openIn: [], overlays: [], rbd: { kind: 'known', watchers, snapshots, children } };
}

/** What was found that keeps a volume from being deleted, or should. */
export function objections({ openIn, overlays, rbd }: VolumeFindings, domain: string): readonly string[] {
  const others = openIn.filter((open) => open.domain !== domain);
  const list = [
    ...others.map((open) => t('open in {0}', open.domain)),
    ...(overlays.length > 0 ? [t('{0} is based on it', overlays.join(', '))] : []),
  ];
  if (rbd?.kind !== 'known') return list;
  const names = rbd.snapshots.map(({ name }) => name);
  const children = rbd.children.map(({ pool, image }) => `${pool}/${image}`);
  return [
    ...list,
    ...(rbd.watchers.length > 0
      ? [t('open by {0}', rbd.watchers.map(({ address }) => address).join(', '))]
      : []),
    ...(children.length > 0 ? [t('{0} is cloned from it', children.join(', '))] : []),
    ...(names.length > 0 ? [t('has the snapshots {0}', names.join(', '))] : []),
  ];
}
