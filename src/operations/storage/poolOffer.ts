import type { WaitOptions } from '../../base/waiting.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { parsePool, type PoolModel } from '../../libvirt/model/storagePool.ts';
import type { PoolRef } from '../../libvirt/protocol/refs.ts';
import { getPoolXml } from '../../libvirt/storagePools.ts';
import { lookupSecretByUsage } from '../../libvirt/secrets.ts';
import { SecretUsageType } from '../../libvirt/protocol/secret.ts';
import type { DiskSource, RbdImageSource } from './diskSource.ts';

/** A pool that a new domain's disk can be in. */
export interface PoolOffer {
  readonly ref: PoolRef;
  readonly model: PoolModel;
  /** How its volumes are disks. */
  readonly kind: DiskSource['kind'];
  /** Whether libvirt makes volumes in it, under names that are known before. */
  readonly canCreate: boolean;
  /** Of new disks. */
  readonly format: 'qcow2' | 'raw';
  /** How QEMU reaches its images; of RBD pools only. */
  readonly rbd: Omit<RbdImageSource, 'image'> | undefined;
}

const fileTypes = new Set(['dir', 'fs', 'netfs', 'vstorage']);
/** LUNs of iSCSI and SCSI, and multipath devices, are made elsewhere; the names of partitions are libvirt's. */
const blockTypes = new Set(['logical', 'zfs', 'disk', 'iscsi', 'scsi', 'mpath']);
const creatableBlockTypes = new Set(['logical', 'zfs']);

/** What an active pool is good for; undefined when a domain's disk cannot name its volumes. */
export async function readPoolOffer(
  connection: LibvirtConnection,
  ref: PoolRef,
  options?: WaitOptions,
): Promise<PoolOffer | undefined> {
  const model = await parsePool(await getPoolXml(connection, ref, options));
  if (model.type === 'rbd') {
    const rbd = await rbdAccess(connection, model, options);
    return { ref, model, kind: 'rbd', canCreate: true, format: 'raw', rbd };
  }
  if (fileTypes.has(model.type))
    return { ref, model, kind: 'file', canCreate: true, format: 'qcow2', rbd: undefined };
  if (!blockTypes.has(model.type)) return undefined;
  const canCreate = creatableBlockTypes.has(model.type);
  return { ref, model, kind: 'block', canCreate, format: 'raw', rbd: undefined };
}

/**
 * Every monitor of the pool, and its user with the secret by UUID: where the pool names the secret by its usage, the
 * host is asked which one that is.
 */
async function rbdAccess(
  connection: LibvirtConnection,
  { hosts, auth }: PoolModel,
  options?: WaitOptions,
): Promise<Omit<RbdImageSource, 'image'>> {
  const { uuid, usage } = auth?.secret ?? {};
  const secretUuid =
    uuid ??
    (usage === undefined
      ? undefined
      : (await lookupSecretByUsage(connection, SecretUsageType.ceph, usage, options)).uuid);
  return {
    kind: 'rbd',
    monitors: hosts.flatMap(({ name, port }) => (name === undefined ? [] : [{ name, port }])),
    auth: auth && secretUuid !== undefined ? { username: auth.username, secretUuid } : undefined,
  };
}

/** Where a volume of the pool lies, before it is made too. @param format what the file holds */
export function volumeSource({ kind, model, rbd }: PoolOffer, name: string, format: string): DiskSource {
  if (kind === 'rbd') {
    return { monitors: [], auth: undefined, ...rbd, kind, image: `${model.sourceName ?? ''}/${name}` };
  }
  return { kind, path: `${model.targetPath?.replace(/\/+$/, '') ?? ''}/${name}`, format };
}
