import { messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import type { RbdImage } from '../../ceph/rbd.ts';
import type { DomainDisk } from '../../libvirt/model/disk.ts';
import { parsePool } from '../../libvirt/model/storagePool.ts';
import { parseRbdName } from '../../libvirt/model/storageSource.ts';
import { getPoolXml, lookupPoolByName } from '../../libvirt/storagePools.ts';
import {
  cephClientOfDisk,
  cephClientOfPool,
  rbdPlaceOfPool,
  type LibvirtMachine,
} from '../volumes/cephClientOf.ts';
import { writableDisks } from './snapshotKinds.ts';

/** A disk of a domain that is an RBD image, and as whom the host's libvirt reaches it. */
export interface RbdDisk {
  /** `vda` */
  readonly target: string;
  readonly image: RbdImage;
  readonly client: CephClient;
}

export interface DomainDisks {
  /** Those that are RBD images, each image once. */
  readonly rbd: readonly RbdDisk[];
  /** Those that the guest may write to and that are something else. */
  readonly others: readonly DomainDisk[];
}

/** Which of a domain's disks are RBD images, those of libvirt's pools too. Keys are read, nothing is run. */
export async function findRbdDisks(
  machine: LibvirtMachine,
  disks: readonly DomainDisk[],
  options?: WaitOptions,
): Promise<DomainDisks> {
  const rbd: RbdDisk[] = [];
  const others: DomainDisk[] = [];
  for (const disk of writableDisks(disks)) {
    const found = await rbdDiskOf(machine, disk, options);
    if (!found) others.push(disk);
    else if (!rbd.some(({ image }) => imageName(image) === imageName(found.image))) rbd.push(found);
  }
  return { rbd, others };
}

async function rbdDiskOf(
  machine: LibvirtMachine,
  { target, source }: DomainDisk,
  options?: WaitOptions,
): Promise<RbdDisk | undefined> {
  if (source?.type === 'network' && source.protocol === 'rbd') {
    const image = parseRbdName(source.name);
    return image && { target, image, client: await cephClientOfDisk(machine, source, options) };
  }
  if (source?.type !== 'volume') return undefined;
  const { connection } = machine;
  const pool = await lookupPoolByName(connection, source.pool, options);
  const model = await parsePool(await getPoolXml(connection, pool, options));
  if (model.type !== 'rbd') return undefined;
  const image = { ...rbdPlaceOfPool(model), image: source.volume };
  return { target, image, client: await cephClientOfPool(machine, model, options) };
}

/** `pool/image` or `pool/namespace/image`, as people and libvirt write it. */
export function imageName({ pool, namespace, image }: RbdImage): string {
  return [pool, ...(namespace === undefined ? [] : [namespace]), image].join('/');
}

/** What became of each disk. */
export interface DiskOutcome {
  readonly disk: RbdDisk;
  readonly error: unknown;
}

/** Ceph's programs that run on a host at a time. */
const atATime = 4;

/** Does it to every disk, a few at a time. Goes on when one fails. @returns those that failed */
export async function onEachDisk<Disk>(
  disks: readonly Disk[],
  act: (disk: Disk) => Promise<void>,
): Promise<readonly { readonly disk: Disk; readonly error: unknown }[]> {
  const queue = [...disks];
  const failed: { readonly disk: Disk; readonly error: unknown }[] = [];
  const worker = async (): Promise<void> => {
    for (let disk = queue.shift(); disk !== undefined; disk = queue.shift()) {
      try {
        await act(disk);
      } catch (error) {
        failed.push({ disk, error });
      }
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return failed;
}

/** `vda: ...; vdb: ...` */
export function failuresText(failed: readonly DiskOutcome[]): string {
  return failed.map(({ disk, error }) => t('{0}: {1}', disk.target, messageOf(error))).join('\n');
}
