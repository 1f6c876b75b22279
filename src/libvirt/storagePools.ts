import type { WaitOptions } from '../base/waiting.ts';
import type { LibvirtConnection } from './connection.ts';
import type { PoolRef } from './protocol/refs.ts';
import * as protocol from './protocol/storagePool.ts';
import { type Defined, defineValidated } from './validation.ts';

export interface PoolInfo {
  /** One of `PoolState`. */
  readonly state: number;
  /** Bytes, each of them. Of an RBD pool: of the Ceph pool, as the last refresh saw it. */
  readonly capacity: number;
  readonly allocation: number;
  readonly available: number;
}

/** @param filter flags of `ListPools`; none lists all */
export async function listPools(
  connection: LibvirtConnection,
  filter = 0,
  options?: WaitOptions,
): Promise<readonly PoolRef[]> {
  const args = { needResults: true, flags: filter };
  return (await connection.call(protocol.connectListAllStoragePools, args, options)).pools;
}

export async function lookupPool(
  connection: LibvirtConnection,
  uuid: string,
  options?: WaitOptions,
): Promise<PoolRef> {
  return (await connection.call(protocol.storagePoolLookupByUuid, { uuid }, options)).pool;
}

export async function lookupPoolByName(
  connection: LibvirtConnection,
  name: string,
  options?: WaitOptions,
): Promise<PoolRef> {
  return (await connection.call(protocol.storagePoolLookupByName, { name }, options)).pool;
}

export async function getPoolInfo(
  connection: LibvirtConnection,
  pool: PoolRef,
  options?: WaitOptions,
): Promise<PoolInfo> {
  return connection.call(protocol.storagePoolGetInfo, { pool }, options);
}

export interface PoolXmlOptions extends WaitOptions {
  /** What the next start will use, instead of what runs. Default false. */
  readonly inactive?: boolean | undefined;
}

export async function getPoolXml(
  connection: LibvirtConnection,
  pool: PoolRef,
  options: PoolXmlOptions = {},
): Promise<string> {
  const flags = options.inactive === true ? protocol.PoolXml.inactive : 0;
  return (await connection.call(protocol.storagePoolGetXmlDesc, { pool, flags }, options)).xml;
}

/** Defines or redefines, checked by the daemon's schema where the daemon can (libvirt 7.7). */
export async function definePool(
  connection: LibvirtConnection,
  xml: string,
  options?: WaitOptions,
): Promise<Defined<PoolRef>> {
  const define = async (flags: number): Promise<PoolRef> =>
    (await connection.call(protocol.storagePoolDefineXml, { xml, flags }, options)).pool;
  return defineValidated(
    () => define(protocol.PoolDefine.validate),
    () => define(0),
  );
}

/** Forgets the pool, which must be stopped; its volumes stay. */
export async function undefinePool(
  connection: LibvirtConnection,
  pool: PoolRef,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.storagePoolUndefine, { pool }, options);
}

/** Connects the pool and reads its volumes. Of an unreachable Ceph cluster it takes 30 s to fail, or longer. */
export async function startPool(
  connection: LibvirtConnection,
  pool: PoolRef,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.storagePoolCreate, { pool, flags: 0 }, options);
}

/** Disconnects the pool; its volumes stay, and running domains keep using them. */
export async function stopPool(
  connection: LibvirtConnection,
  pool: PoolRef,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.storagePoolDestroy, { pool }, options);
}

/** Reads the volumes anew. Takes 20 s for 5,000 RBD images. */
export async function refreshPool(
  connection: LibvirtConnection,
  pool: PoolRef,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.storagePoolRefresh, { pool, flags: 0 }, options);
}

/** Makes what the pool needs on the host, for instance its directory. @param flags of `PoolBuild` */
export async function buildPool(
  connection: LibvirtConnection,
  pool: PoolRef,
  flags = 0,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.storagePoolBuild, { pool, flags }, options);
}

export async function getPoolAutostart(
  connection: LibvirtConnection,
  pool: PoolRef,
  options?: WaitOptions,
): Promise<boolean> {
  return (await connection.call(protocol.storagePoolGetAutostart, { pool }, options)).autostart;
}

export async function setPoolAutostart(
  connection: LibvirtConnection,
  pool: PoolRef,
  autostart: boolean,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.storagePoolSetAutostart, { pool, autostart }, options);
}

/**
 * Deletes what the pool is kept in: the folder, which must be empty, the volume group, the partition table ... It must
 * be stopped. @param flags of `PoolDelete`
 */
export async function deletePool(
  connection: LibvirtConnection,
  pool: PoolRef,
  flags = 0,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.storagePoolDelete, { pool, flags }, options);
}

/**
 * XML: the sources for pools of a type that the host sees, or that a server offers. Only for netfs, logical, iscsi,
 * gluster and zfs. @param sourceSpec a `<source>` with the server to ask, where the type has one
 */
export async function findPoolSources(
  connection: LibvirtConnection,
  type: string,
  sourceSpec: string | undefined,
  options?: WaitOptions,
): Promise<string> {
  const args = { type, sourceSpec, flags: 0 };
  return (await connection.call(protocol.connectFindStoragePoolSources, args, options)).xml;
}
