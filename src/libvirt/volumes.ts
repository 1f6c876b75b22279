import type { Readable, Writable } from 'node:stream';
import type { WaitOptions } from '../base/waiting.ts';
import type { LibvirtConnection } from './connection.ts';
import type { PoolRef, VolumeRef } from './protocol/refs.ts';
import { storagePoolListAllVolumes } from './protocol/storagePool.ts';
import * as protocol from './protocol/storageVolume.ts';

export interface VolumeInfo {
  /** One of `VolumeType`; an RBD image is `network`. */
  readonly type: number;
  /** Bytes. */
  readonly capacity: number;
  /** Bytes. Of an RBD image libvirt 9.0 tells the capacity again. */
  readonly allocation: number;
}

/** Whether the volume is an RBD image: its key is `cephpool/image`, those of others are paths, UUIDs or URLs. */
export function isRbdVolume({ key, name }: VolumeRef): boolean {
  return !key.startsWith('/') && !key.includes('://') && key.endsWith(`/${name}`);
}

/** The names of the volumes as the daemon last saw them; the pool must be active. */
export async function listVolumes(
  connection: LibvirtConnection,
  pool: PoolRef,
  options?: WaitOptions,
): Promise<readonly VolumeRef[]> {
  const args = { pool, needResults: true, flags: 0 };
  return (await connection.call(storagePoolListAllVolumes, args, options)).volumes;
}

export async function lookupVolume(
  connection: LibvirtConnection,
  pool: PoolRef,
  name: string,
  options?: WaitOptions,
): Promise<VolumeRef> {
  return (await connection.call(protocol.storageVolLookupByName, { pool, name }, options)).volume;
}

/** @param path of an RBD image: `cephpool/image` */
export async function lookupVolumeByPath(
  connection: LibvirtConnection,
  path: string,
  options?: WaitOptions,
): Promise<VolumeRef> {
  return (await connection.call(protocol.storageVolLookupByPath, { path }, options)).volume;
}

export async function getVolumeInfo(
  connection: LibvirtConnection,
  volume: VolumeRef,
  options?: WaitOptions,
): Promise<VolumeInfo> {
  return connection.call(protocol.storageVolGetInfo, { volume }, options);
}

/** On the host; of an RBD image `cephpool/image`. */
export async function getVolumePath(
  connection: LibvirtConnection,
  volume: VolumeRef,
  options?: WaitOptions,
): Promise<string> {
  return (await connection.call(protocol.storageVolGetPath, { volume }, options)).path;
}

export async function getVolumeXml(
  connection: LibvirtConnection,
  volume: VolumeRef,
  options?: WaitOptions,
): Promise<string> {
  return (await connection.call(protocol.storageVolGetXmlDesc, { volume, flags: 0 }, options)).xml;
}

/** @param flags of `VolumeCreate` */
export async function createVolume(
  connection: LibvirtConnection,
  pool: PoolRef,
  xml: string,
  flags = 0,
  options?: WaitOptions,
): Promise<VolumeRef> {
  return (await connection.call(protocol.storageVolCreateXml, { pool, xml, flags }, options)).volume;
}

/** A new volume with the content of `source`. @param flags of `VolumeCreate` */
export async function cloneVolume(
  connection: LibvirtConnection,
  pool: PoolRef,
  xml: string,
  source: VolumeRef,
  flags = 0,
  options?: WaitOptions,
): Promise<VolumeRef> {
  const args = { pool, xml, source, flags };
  return (await connection.call(protocol.storageVolCreateXmlFrom, args, options)).volume;
}

/** Deletes the data. @param flags of `VolumeDelete` */
export async function deleteVolume(
  connection: LibvirtConnection,
  volume: VolumeRef,
  flags = 0,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.storageVolDelete, { volume, flags }, options);
}

/**
 * Overwrites all data, which takes as long as the storage does. Of RBD images (libvirt 1.3) with zeros, which then take
 * their full space, or by discarding. libvirt does not look whether a domain uses it.
 * @param algorithm of `VolumeWipe`; those that write patterns need the program scrub on the host
 */
export async function wipeVolume(
  connection: LibvirtConnection,
  volume: VolumeRef,
  algorithm: number,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.storageVolWipePattern, { volume, algorithm, flags: 0 }, options);
}

/** @param capacity the new size in bytes @param flags of `VolumeResize`; without `shrink` it only grows */
export async function resizeVolume(
  connection: LibvirtConnection,
  volume: VolumeRef,
  capacity: number,
  flags = 0,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.storageVolResize, { volume, capacity, flags }, options);
}

export interface TransferOptions extends WaitOptions {
  /** First byte. Default 0. */
  readonly offset?: number | undefined;
  /** Number of bytes. Default: all to the end. */
  readonly length?: number | undefined;
  /** Holes travel as {@link StreamHole}: the stream is in object mode, of buffers and holes. Default false. */
  readonly sparse?: boolean | undefined;
}

const transferArgs = (
  volume: VolumeRef,
  { offset = 0, length = 0, sparse }: TransferOptions,
): { volume: VolumeRef; offset: number; length: number; flags: number } => ({
  volume,
  offset,
  length,
  flags: sparse === true ? protocol.VolumeStream.sparse : 0,
});

/**
 * The content of a volume. It ends only when the daemon has confirmed that all of it came. A consumer that pauses
 * stops everything else on the connection: give long transfers a connection of their own.
 */
export async function downloadVolume(
  connection: LibvirtConnection,
  volume: VolumeRef,
  options: TransferOptions = {},
): Promise<Readable> {
  const args = transferArgs(volume, options);
  return (await connection.openStream(protocol.storageVolDownload, args, options)).stream;
}

/**
 * Writes into a volume that exists; `finish` comes when the daemon has confirmed. Destroying the stream before
 * leaves the volume half written. Give long transfers a connection of their own.
 */
export async function uploadVolume(
  connection: LibvirtConnection,
  volume: VolumeRef,
  options: TransferOptions = {},
): Promise<Writable> {
  const args = transferArgs(volume, options);
  return (await connection.openStream(protocol.storageVolUpload, args, options)).stream;
}
