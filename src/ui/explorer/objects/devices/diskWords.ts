import { t } from '../../../../base/l10n.ts';
import { formatBytes } from '../../../../base/sizes.ts';
import type { DiskSource, DomainDisk } from '../../../../libvirt/model/disk.ts';
import { ioLimitLabel, ioLimitNames, isBytes } from '../../../../libvirt/model/ioLimits.ts';

/** `rbd libvirt-pool/web1`, `/var/lib/libvirt/images/web1.qcow2`. */
export function describeSource(source: DiskSource): string {
  switch (source.type) {
    case 'file':
    case 'block':
    case 'dir':
      return source.path;
    case 'volume':
      return t('volume {0}/{1}', source.pool, source.volume);
    case 'network':
      return `${source.protocol} ${source.name}`;
    case 'other':
      return source.name;
  }
}

type Fact = readonly [label: string, value: string | undefined];

/** All that is to be known of a disk. Of its login the user alone. */
export function factsOfDisk(disk: DomainDisk, next: DomainDisk | undefined): readonly Fact[] {
  const { source, backing, mirror } = disk;
  const changes = next?.source && source && describeSource(next.source) !== describeSource(source);
  return [
    [t('Source'), source ? describeSource(source) : t('empty')],
    [t('At the next start'), changes ? describeSource(next.source) : undefined],
    ...accessFacts(source),
    [t('Bus'), disk.bus],
    [t('Format'), source && disk.format],
    [t('Cache'), source && (disk.cache ?? t('default of QEMU'))],
    [t('Discard'), disk.discard],
    [t('Serial number'), disk.serial],
    [t('Boot order'), disk.bootOrder?.toString()],
    [t('Access'), accessOf(disk)],
    ...backing.map((image): Fact => [
      t('Based on'),
      [describeSource(image.source), image.format].filter((word) => word !== undefined).join(', '),
    ]),
    [t('Job'), mirror && jobWords(disk)],
    ...limitFacts(disk),
  ];
}

function accessFacts(source: DiskSource | undefined): readonly Fact[] {
  if (source?.type !== 'network') return [];
  const hosts = source.hosts.map(({ name = '', port }) => (port === undefined ? name : `${name}:${port}`));
  return [
    [
      source.protocol === 'rbd' ? t('Monitors') : t('Servers'),
      hosts.length > 0 ? hosts.join(', ') : undefined,
    ],
    [t('User'), source.auth?.username],
    [t('Snapshot'), source.snapshot],
  ];
}

function accessOf({ readOnly, shareable, device }: DomainDisk): string | undefined {
  const words = [
    ...(readOnly && device !== 'cdrom' ? [t('read-only')] : []),
    ...(shareable ? [t('shareable')] : []),
  ];
  return words.length > 0 ? words.join(', ') : undefined;
}

function limitFacts({ limits }: DomainDisk): readonly Fact[] {
  return ioLimitNames.flatMap((name): Fact[] => {
    const value = limits.get(name);
    if (value === undefined) return [];
    return [[ioLimitLabel(name), isBytes(name) ? formatBytes(value) : value.toLocaleString('en')]];
  });
}

/** What runs on the disk; undefined when nothing does. */
export function jobWords({ mirror }: DomainDisk): string | undefined {
  if (!mirror) return undefined;
  const to = mirror.target ? describeSource(mirror.target) : '';
  if (mirror.job === 'active-commit')
    return mirror.ready ? t('merged, not switched yet') : t('is being merged');
  return mirror.ready ? t('copied to {0}, not switched yet', to) : t('is being copied to {0}', to);
}
