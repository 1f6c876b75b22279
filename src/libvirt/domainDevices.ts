import type { WaitOptions } from '../base/waiting.ts';
import type { LibvirtConnection } from './connection.ts';
import * as protocol from './protocol/domainDevice.ts';
import type { DomainRef } from './protocol/refs.ts';
import { paramMap, type TypedParam } from './wire/typedParams.ts';

/** @param xml one device @param flags of `DomainAffect` */
export async function attachDevice(
  connection: LibvirtConnection,
  domain: DomainRef,
  xml: string,
  flags: number,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.domainAttachDeviceFlags, { domain, xml, flags }, options);
}

/**
 * Of a running guest it only asks: libvirt waits 5 s, then answers as if it were done; the event `deviceRemoved` or
 * `deviceRemovalFailed` comes when the guest has decided.
 * @param flags of `DomainAffect`
 */
export async function detachDevice(
  connection: LibvirtConnection,
  domain: DomainRef,
  xml: string,
  flags: number,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.domainDetachDeviceFlags, { domain, xml, flags }, options);
}

/** @param xml the whole device as it shall be: what it leaves out is changed too @param flags of `DomainAffect` */
export async function updateDevice(
  connection: LibvirtConnection,
  domain: DomainRef,
  xml: string,
  flags: number,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.domainUpdateDeviceFlags, { domain, xml, flags }, options);
}

/** Bytes. */
export interface DiskSizes {
  /** What the guest sees. */
  readonly capacity: number;
  /** What is used of the storage. */
  readonly allocation: number;
  readonly physical: number;
}

/** @param target `vda` */
export async function getDiskSizes(
  connection: LibvirtConnection,
  domain: DomainRef,
  target: string,
  options?: WaitOptions,
): Promise<DiskSizes> {
  return connection.call(protocol.domainGetBlockInfo, { domain, path: target, flags: 0 }, options);
}

/** Of a running domain: image and guest's disk at once. @param size in bytes */
export async function resizeDisk(
  connection: LibvirtConnection,
  domain: DomainRef,
  target: string,
  size: number,
  options?: WaitOptions,
): Promise<void> {
  const args = { domain, disk: target, size, flags: protocol.BlockResize.bytes };
  await connection.call(protocol.domainBlockResize, args, options);
}

/** All limits by libvirt's names, 0 where there is none. @param flags of `DomainAffect`, one of them */
export async function getIoLimits(
  connection: LibvirtConnection,
  domain: DomainRef,
  target: string,
  flags: number,
  options?: WaitOptions,
): Promise<ReadonlyMap<string, number>> {
  const args = { domain, disk: target, count: protocol.BlockIoTune.maxParams, flags };
  const { params } = await connection.call(protocol.domainGetBlockIoTune, args, options);
  const numbers = [...paramMap(params)].filter(([, value]) => typeof value === 'bigint');
  return new Map(numbers.map(([name, value]) => [name, Number(value)]));
}

/** Sets the limits that are given; 0 takes one away. @param flags of `DomainAffect` */
export async function setIoLimits(
  connection: LibvirtConnection,
  domain: DomainRef,
  target: string,
  limits: ReadonlyMap<string, number>,
  flags: number,
  options?: WaitOptions,
): Promise<void> {
  const params = [...limits].map(([field, value]): TypedParam => ({
    field,
    type: 'ullong',
    value: BigInt(value),
  }));
  await connection.call(protocol.domainSetBlockIoTune, { domain, disk: target, params, flags }, options);
}

/** On average, in KiB/s; 0 is no limit. */
export interface Bandwidth {
  /** What the guest receives. */
  readonly inbound: number;
  readonly outbound: number;
}

/** @param device the MAC address or the host's end @param flags of `DomainAffect` */
export async function setInterfaceBandwidth(
  connection: LibvirtConnection,
  domain: DomainRef,
  device: string,
  { inbound, outbound }: Bandwidth,
  flags: number,
  options?: WaitOptions,
): Promise<void> {
  const params: readonly TypedParam[] = [
    { field: 'inbound.average', type: 'uint', value: inbound },
    { field: 'outbound.average', type: 'uint', value: outbound },
  ];
  await connection.call(protocol.domainSetInterfaceParameters, { domain, device, params, flags }, options);
}
