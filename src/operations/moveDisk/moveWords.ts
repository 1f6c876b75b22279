import { t } from '../../base/l10n.ts';
import { formatBytes } from '../../base/sizes.ts';
import type { DiskSource } from '../../libvirt/model/disk.ts';
import type { DiskMove } from './moveOrder.ts';
import type { MovableDisk } from './readMovableDisk.ts';

/** `/var/lib/libvirt/images/cache1.qcow2`, `libvirt-pool/web1`: where the disk is before it is moved. */
export function nameOfSource({ disk: { source, target } }: MovableDisk): string {
  return source ? sourceWords(source) : target;
}

function sourceWords(source: DiskSource): string {
  switch (source.type) {
    case 'file':
    case 'block':
    case 'dir':
      return source.path;
    case 'volume':
      return `${source.pool}/${source.volume}`;
    case 'network':
    case 'other':
      return source.name;
  }
}

/** What one should know of a disk before it is moved, a sentence each. */
export function remarksOnDisk({ disk, to }: DiskMove, domain: string): readonly string[] {
  const { chain, size, data } = disk;
  const { target } = disk.disk;
  const below = chain.slice(1);
  const snapshots = [...new Set(chain.flatMap((image) => image.snapshots))];
  const guessing = chain.filter(({ guessesBacking }) => guessesBacking);
  return [
    data === undefined || data >= size
      ? t('{0} of {1} is {2}: {3}.', target, domain, nameOfSource(disk), formatBytes(size))
      : t(
          '{0} of {1} is {2}: {3}, of which {4} are used.',
          target,
          domain,
          nameOfSource(disk),
          formatBytes(size),
          formatBytes(data),
        ),
    ...(below.length === 0
      ? []
      : [
          t(
            '{0} is based on {1}: the copy is one image that holds all of it.',
            target,
            below.map(({ name, format }) => (name === '' ? format : `${name} (${format})`)).join(' ← '),
          ),
        ]),
    ...guessing.map(({ name }) =>
      t('{0} does not say which format the image below it has: QEMU guesses.', name),
    ),
    ...(snapshots.length === 0
      ? []
      : [t('The snapshots inside the image are not copied: {0}.', snapshots.join(', '))]),
    ...(disk.disk.readOnly ? [t('{0} stays read-only.', target)] : []),
    ...(disk.disk.source?.type === 'network' && to.offer.kind !== 'rbd'
      ? [t('Snapshots of the RBD image are not copied; a clone becomes independent of its parent.')]
      : []),
  ];
}
