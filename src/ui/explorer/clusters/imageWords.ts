import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import type { RbdImage, RbdPlace, RbdSnapshotName } from '../../../ceph/rbd.ts';
import type { RbdAnySnapshot } from '../../../ceph/rbdDetails.ts';
import type { RbdTrashSource, RbdTrashedImage } from '../../../ceph/rbdTrash.ts';
import type { KnownImage } from '../../../hosts/clusters/placeImages.ts';

/** `pool/namespace/image@snap`, as `rbd` writes it. */
export function rbdName(image: RbdImage | RbdSnapshotName): string {
  const { pool, namespace } = image;
  const place = namespace === undefined ? pool : `${pool}/${namespace}`;
  return `${place}/${image.image}${'snapshot' in image ? `@${image.snapshot}` : ''}`;
}

/** The same, seen from a place: what is in it needs no more than its own name. */
export function nameSeenFrom(place: RbdPlace, image: RbdImage | RbdSnapshotName): string {
  const isNear = place.pool === image.pool && place.namespace === image.namespace;
  if (!isNear) return rbdName(image);
  return 'snapshot' in image ? `${image.image}@${image.snapshot}` : image.image;
}

/** Beside the name of an image. Empty until more than the name is known. */
export function imageInWords(place: RbdPlace, known: KnownImage | undefined): string {
  if (known === undefined) return '';
  if (known === 'unreadable') return t('cannot be opened: its header is lost');
  const { size, format, parent, lock, snapshots } = known;
  return [
    formatBytes(size),
    parent && t('clone of {0}', nameSeenFrom(place, parent)),
    snapshotsInWords(snapshots.length),
    lock && t('locked'),
    format === 1 ? t('format 1') : undefined,
  ]
    .filter((word) => word !== undefined)
    .join(' · ');
}

function snapshotsInWords(count: number): string | undefined {
  if (count === 0) return undefined;
  return count === 1 ? t('1 snapshot') : t('{0} snapshots', count);
}

/** What a snapshot is called by people: of one that Ceph has hidden, as it was called. */
export function snapshotLabel({ name, originalName, kind }: RbdAnySnapshot): string {
  return kind === 'user' ? name : (originalName ?? name);
}

/** Why it is there, and that it is protected; undefined for one that anybody may remove. */
export function snapshotState(snapshot: RbdAnySnapshot): string | undefined {
  switch (snapshot.kind) {
    case 'user':
      return snapshot.protected ? t('protected') : undefined;
    case 'trash':
      return t('removed, kept as long as clones need it');
    case 'mirror':
      return t('of mirroring');
    case 'group':
      return t('of a snapshot of its group');
  }
}

/** Who has put an image into the trash. */
export function trashSource(source: RbdTrashSource): string {
  switch (source) {
    case 'user':
      return t('moved here by a user');
    case 'mirroring':
      return t('moved here by mirroring');
    case 'migration':
      return t('left by a migration');
    case 'removing':
      return t('being removed');
    case 'parent':
      return t('removed, kept as long as clones need it');
  }
}

/**
 * Beside the name of an image in the trash.
 * @param timeText how a time of Ceph is written for people
 */
export function trashedInWords(
  { source, deletedAt, protectedUntil }: RbdTrashedImage,
  timeText: (time: string) => string,
): string {
  const until = protectedUntil && t('protected until {0}', timeText(protectedUntil));
  return [until, trashSource(source), timeText(deletedAt)].filter((word) => word !== undefined).join(' · ');
}
