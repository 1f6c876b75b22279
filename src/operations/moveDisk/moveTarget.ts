import { messageOf, Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import { getClusterUsage, listCephPools } from '../../ceph/cephPools.ts';
import { listRbdImages } from '../../ceph/rbd.ts';
import { parsePool } from '../../libvirt/model/storagePool.ts';
import type { PoolRef } from '../../libvirt/protocol/refs.ts';
import { getPoolInfo, getPoolXml, refreshPool } from '../../libvirt/storagePools.ts';
import { listVolumes } from '../../libvirt/volumes.ts';
import type { AttachableSource } from '../devices/diskStorage.ts';
import { readPoolOffer, volumeSource, type PoolOffer } from '../storage/poolOffer.ts';
import { cephClientOfPool, rbdPlaceOfPool, type LibvirtMachine } from '../volumes/cephClientOf.ts';
import type { ImageSpec } from './imageSpec.ts';
import { MoveProblem } from './moveProblem.ts';

/** A storage pool that disks can be moved to. */
export interface TargetPool {
  readonly offer: PoolOffer;
  /** Of an RBD pool: who libvirt is to Ceph. */
  readonly client: CephClient | undefined;
}

/** The volume that a disk is moved to. */
export interface MoveTarget extends TargetPool {
  readonly name: string;
  readonly format: 'raw' | 'qcow2';
}

export async function readTargetPool(
  machine: LibvirtMachine,
  pool: PoolRef,
  options?: WaitOptions,
): Promise<TargetPool> {
  const { connection } = machine;
  const offer = await readPoolOffer(connection, pool, options);
  if (!offer || offer.kind === 'block')
    throw new MoveProblem(
      'not-movable',
      t('Disks are moved into RBD pools and into pools of files: {0} is neither.', pool.name),
    );
  if (offer.kind !== 'rbd') return { offer, client: undefined };
  const model = await parsePool(await getPoolXml(connection, pool, options));
  return { offer, client: await cephClientOfPool(machine, model, options) };
}

/**
 * The names that are taken in the pool: those that libvirt knows, and, where rbd can be asked, those in Ceph, of which
 * libvirt has perhaps not heard.
 */
export async function takenNames(
  { connection }: LibvirtMachine,
  { offer, client }: TargetPool,
  options?: WaitOptions,
): Promise<ReadonlySet<string>> {
  const [listed, images] = await Promise.all([
    listVolumes(connection, offer.ref, options),
    client && unlessProblem(listRbdImages(client, rbdPlaceOfPool(offer.model), options)),
  ]);
  return new Set([...listed.map(({ name }) => name), ...(images ?? [])]);
}

/** Bytes that can still be stored in the pool, and who says so. */
export interface FreeSpace {
  readonly bytes: number;
  /** A quota leaves less than the cluster has. */
  readonly isQuota: boolean;
}

/** Of a Ceph pool what its cluster says, else what libvirt finds. */
export async function freeSpace(
  { connection }: LibvirtMachine,
  { offer, client }: TargetPool,
  options?: WaitOptions,
): Promise<FreeSpace> {
  const inCeph =
    client && (await unlessProblem(freeInCeph(client, rbdPlaceOfPool(offer.model).pool, options)));
  if (inCeph) return inCeph;
  if (offer.kind !== 'rbd') await refreshPool(connection, offer.ref, options);
  const { available } = await getPoolInfo(connection, offer.ref, options);
  return { bytes: available, isQuota: false };
}

async function freeInCeph(
  client: CephClient,
  name: string,
  options?: WaitOptions,
): Promise<FreeSpace | undefined> {
  const [usage, pools] = await Promise.all([
    getClusterUsage(client, options),
    listCephPools(client, options),
  ]);
  const used = usage.pools.find((pool) => pool.name === name);
  const quota = pools.find((pool) => pool.name === name)?.quotaBytes ?? 0;
  if (!used) return undefined;
  const left = quota === 0 ? Infinity : Math.max(0, quota - used.stored);
  return left < used.available ? { bytes: left, isQuota: true } : { bytes: used.available, isQuota: false };
}

/** Where the host has no such program, or its client may not ask, one goes without. */
async function unlessProblem<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Problem && error.code !== 'cancelled') return undefined;
    throw error instanceof Error ? error : new Error(messageOf(error));
  }
}

export function sourceOfTarget({ offer, name, format }: MoveTarget): AttachableSource {
  return volumeSource(offer, name, format);
}

/** The same for qemu-img. */
export function imageOfTarget(target: MoveTarget): ImageSpec {
  const { offer, client, name, format } = target;
  if (client) {
    const image = { ...rbdPlaceOfPool(offer.model), image: name };
    const secretUuid = client.access.key === undefined ? undefined : offer.rbd?.auth?.secretUuid;
    return { kind: 'rbd', image, access: client.access, secretUuid };
  }
  const source = volumeSource(offer, name, format);
  if (source.kind === 'rbd') throw new TypeError(`${offer.ref.name} has no client`);
  return { kind: source.kind, path: source.path, format };
}

/** `libvirt-pool/cache1-vda`, `/var/lib/libvirt/images/web1-vda.qcow2`: as people read it. */
export function nameOfTarget(target: MoveTarget): string {
  const source = volumeSource(target.offer, target.name, target.format);
  return source.kind === 'rbd' ? source.image : source.path;
}
