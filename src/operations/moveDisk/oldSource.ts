import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import {
  listRbdChildren,
  listRbdSnapshots,
  listRbdWatchers,
  removeRbdImage,
  type RbdImage,
} from '../../ceph/rbd.ts';
import { readDisk, type DomainDisk } from '../../libvirt/model/disk.ts';
import type { DomainRef, VolumeRef } from '../../libvirt/protocol/refs.ts';
import { deviceIn } from '../devices/deviceChange.ts';
import { storageNameOfDisk } from '../devices/diskStorage.ts';
import { findDiskPlace } from '../domains/diskPlace.ts';
import { cephClientOfDisk, type LibvirtMachine } from '../volumes/cephClientOf.ts';
import { MoveProblem } from './moveProblem.ts';

/** What a disk used before it was moved, as something that can be deleted. */
export type OldSource =
  | { readonly kind: 'volume'; readonly volume: VolumeRef }
  | { readonly kind: 'image'; readonly image: RbdImage; readonly client: CephClient }
  | { readonly kind: 'file'; readonly path: string; readonly format: string }
  /** Nothing that is deleted from here: an LVM volume, a LUN. */
  | { readonly kind: 'device'; readonly path: string }
  | { readonly kind: 'unknown' };

/** Rejects with a MoveProblem `still-used` when the domain uses it again. */
export async function findOldSource(
  machine: LibvirtMachine,
  domain: DomainRef,
  disk: DomainDisk,
  options?: WaitOptions,
): Promise<OldSource> {
  await refuseCurrent(machine, domain, disk, options);
  const place = await findDiskPlace(machine, disk, options);
  if (place?.kind === 'volume') return { kind: 'volume', volume: place.volume };
  if (place?.kind === 'image') {
    const client = await cephClientOfDisk(machine, place.source, options);
    return { kind: 'image', image: place.image, client };
  }
  const { source, format = 'raw' } = disk;
  if (source?.type === 'block') return { kind: 'device', path: source.path };
  return source?.type === 'file' ? { kind: 'file', path: source.path, format } : { kind: 'unknown' };
}

async function refuseCurrent(
  { connection }: LibvirtMachine,
  domain: DomainRef,
  { source, target }: DomainDisk,
  options?: WaitOptions,
): Promise<void> {
  for (const where of ['live', 'next'] as const) {
    const element = await deviceIn({ connection, domain }, { kind: 'disk', target }, where, options);
    const now = element && readDisk(element).source;
    if (!now || !source || storageNameOfDisk(now) !== storageNameOfDisk(source)) continue;
    throw new MoveProblem(
      'still-used',
      t('{0} of {1} uses it again: it is not deleted.', target, domain.name),
    );
  }
}

/** Deletes a file that is in no pool. Rejects with a MoveProblem when a program has it open. */
export async function deleteOldFile(
  { transport }: LibvirtMachine,
  { path, format }: Extract<OldSource, { kind: 'file' }>,
  options: WaitOptions = {},
): Promise<void> {
  const wait = { timeoutMs: 60_000, ...options };
  const look = ['env', 'LC_ALL=C', 'qemu-img', 'info', '-f', format, path] as const;
  const looked = await transport.exec(look, wait);
  if (/Failed to get .* lock/.test(looked.stderr))
    throw new MoveProblem('still-used', t('{0} on {1} is open: it is not deleted.', path, transport.label), {
      raw: looked.stderr,
    });
  const { exitCode, stderr } = await transport.exec(['rm', '--', path], wait);
  if (exitCode === 0) return;
  throw new MoveProblem('left-over', t('{0} on {1} could not be deleted.', path, transport.label), {
    raw: stderr,
    advice: t('Delete it as a user who may.'),
  });
}

/** Rejects with a MoveProblem when somebody has the image open, or when something depends on it. */
export async function deleteOldImage(
  { image, client }: Extract<OldSource, { kind: 'image' }>,
  options: WaitOptions = {},
): Promise<void> {
  const [watchers, snapshots, children] = await Promise.all([
    listRbdWatchers(client, image, options),
    listRbdSnapshots(client, image, options),
    listRbdChildren(client, image, options),
  ]);
  const name = `${image.pool}/${image.image}`;
  if (watchers.length + snapshots.length + children.length > 0)
    throw new MoveProblem(
      'still-used',
      t('{0} is open, or has snapshots or clones: it is not deleted.', name),
      {
        advice: t('Look at what uses it in the tree of its Ceph cluster.'),
      },
    );
  await removeRbdImage(client, image, options);
}
