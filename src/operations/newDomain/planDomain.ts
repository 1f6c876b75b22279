import { randomUUID } from 'node:crypto';
import { seedImage, type CloudInit } from './cloudInit/seed.ts';
import { kernelBoot, type Installer } from './installTree.ts';
import type { NewDisk, NewDomain, NewNetwork } from './newDomain.ts';
import type { DiskSource } from '../storage/diskSource.ts';
import { volumeSource, type PoolOffer } from '../storage/poolOffer.ts';
import { volumeNameFor } from './storage/volumeNames.ts';
import type { CopiedVolume, EmptyVolume, VolumePlan } from './storage/volumePlan.ts';

/** How an operating system comes onto the disk. */
export type Installation =
  | { readonly kind: 'iso'; readonly source: DiskSource }
  | { readonly kind: 'tree'; readonly installer: Installer }
  /** By PXE. */
  | { readonly kind: 'network' }
  /** It is a cloud image, told who it is by a CD. */
  | { readonly kind: 'image'; readonly cloudInit: CloudInit | undefined }
  /** It is on the disk, or somebody else's care. */
  | { readonly kind: 'none' };

export type DiskAnswer =
  | { readonly kind: 'new'; readonly volume: EmptyVolume | CopiedVolume }
  | { readonly kind: 'existing'; readonly source: DiskSource }
  | { readonly kind: 'none' };

/** What the wizard has been told. */
export interface Answers extends Omit<NewDomain, 'disks' | 'kernel'> {
  readonly installation: Installation;
  readonly disk: DiskAnswer;
  /** A CD with drivers for Windows. */
  readonly driversCd: DiskSource | undefined;
}

/** What the host must be told, and what must be there before. */
export interface DomainPlan {
  readonly domain: NewDomain;
  readonly volumes: readonly VolumePlan[];
  /** Is fetched by the host. */
  readonly installer: Installer | undefined;
}

/** @param takenVolumes names in the pool of the new disk */
export function planDomain(answers: Answers, takenVolumes: ReadonlySet<string>): DomainPlan {
  const { installation, disk, driversCd, network, ...rest } = answers;
  const seed = plannedSeed(answers, takenVolumes);
  const volumes = [...(disk.kind === 'new' ? [disk.volume] : []), ...(seed ? [seed] : [])];
  const order = bootOrders(answers);
  const disks: NewDisk[] = [
    ...diskOf(disk, order.disk),
    ...(installation.kind === 'iso'
      ? [{ device: 'cdrom' as const, source: installation.source, bootOrder: order.installation }]
      : []),
    ...(driversCd ? [{ device: 'cdrom' as const, source: driversCd }] : []),
    ...(seed ? [{ device: 'cdrom' as const, source: volumeSource(seed.pool, seed.name, 'raw') }] : []),
  ];
  return {
    domain: {
      ...rest,
      disks,
      network: installation.kind === 'network' ? bootable(network, order.installation) : network,
      kernel: installation.kind === 'tree' ? kernelBoot(installation.installer) : undefined,
    },
    volumes,
    installer: installation.kind === 'tree' ? installation.installer : undefined,
  };
}

/**
 * An empty disk comes first: nothing boots from it until the installation is done, and then nothing needs to be
 * ejected. One that holds something comes after what is to be installed.
 */
function bootOrders({ installation, disk }: Answers): {
  readonly disk: number;
  readonly installation: number;
} {
  const installs = installation.kind === 'iso' || installation.kind === 'network';
  if (!installs || (disk.kind === 'new' && disk.volume.kind === 'empty')) return { disk: 1, installation: 2 };
  return { disk: 2, installation: 1 };
}

function diskOf(disk: DiskAnswer, bootOrder: number): NewDisk[] {
  switch (disk.kind) {
    case 'new': {
      const { pool, name, format } = disk.volume;
      return [{ device: 'disk', source: volumeSource(pool, name, format), bootOrder }];
    }
    case 'existing':
      return [{ device: 'disk', source: disk.source, bootOrder }];
    case 'none':
      return [];
  }
}

function bootable(network: NewNetwork, bootOrder: number): NewNetwork {
  return network.kind === 'none' ? network : { ...network, bootOrder };
}

function plannedSeed(
  { name, installation, disk }: Answers,
  taken: ReadonlySet<string>,
): Extract<VolumePlan, { kind: 'written' }> | undefined {
  if (installation.kind !== 'image' || !installation.cloudInit || disk.kind !== 'new') return undefined;
  const { pool } = disk.volume;
  return {
    kind: 'written',
    pool,
    name: volumeNameFor(name, pool, new Set([...taken, disk.volume.name]), '-seed'),
    format: 'raw',
    content: seedImage(installation.cloudInit, randomUUID(), new Date()),
  };
}

/** A new empty disk for a domain. @param capacity bytes */
export function emptyDisk(
  domain: string,
  pool: PoolOffer,
  capacity: number,
  taken: ReadonlySet<string>,
): EmptyVolume {
  return { kind: 'empty', pool, name: volumeNameFor(domain, pool, taken), format: pool.format, capacity };
}

/** A new disk with the content of another volume. @param capacity bytes */
export function copiedDisk(
  domain: string,
  { pool, from, capacity }: Pick<CopiedVolume, 'pool' | 'from' | 'capacity'>,
  taken: ReadonlySet<string>,
): CopiedVolume {
  const name = volumeNameFor(domain, pool, taken);
  return { kind: 'copy', pool, name, format: pool.format, from, capacity };
}

/** The pools that a copy of a volume can be in: libvirt copies between files, Ceph within a pool, qemu-img into Ceph. */
export function canCopyInto({ pool }: Pick<CopiedVolume['from'], 'pool'>, into: PoolOffer): boolean {
  if (!into.canCreate) return false;
  if (pool.kind === 'rbd') return into.ref.uuid === pool.ref.uuid;
  return pool.kind === 'file' || into.kind !== 'rbd';
}
