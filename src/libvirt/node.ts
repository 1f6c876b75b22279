import type { WaitOptions } from '../base/waiting.ts';
import type { LibvirtConnection } from './connection.ts';
import * as connect from './protocol/connect.ts';
import * as protocol from './protocol/node.ts';
import type { ValueOf } from './wire/xdrTypes.ts';

export interface ConnectionFacts {
  readonly hostname: string;
  /** As the daemon sees it: `qemu:///system`. */
  readonly uri: string;
  /** The driver: `QEMU`, `TEST`. */
  readonly type: string;
  /** `7.2.22`; of the test driver `0.0.2`. */
  readonly hypervisorVersion: string;
  /** `9.0.0` */
  readonly libvirtVersion: string;
}

export type NodeInfo = ValueOf<typeof protocol.nodeGetInfo.result>;

/** libvirt's versions are one number: major * 1,000,000 + minor * 1,000 + release. */
const versionText = (version: number): string =>
  [Math.trunc(version / 1_000_000), Math.trunc(version / 1_000) % 1_000, version % 1_000].join('.');

export async function getConnectionFacts(
  connection: LibvirtConnection,
  options?: WaitOptions,
): Promise<ConnectionFacts> {
  const [{ hostname }, { uri }, { type }, hypervisor, libvirt] = await Promise.all([
    connection.call(connect.connectGetHostname, {}, options),
    connection.call(connect.connectGetUri, {}, options),
    connection.call(connect.connectGetType, {}, options),
    connection.call(connect.connectGetVersion, {}, options),
    connection.call(connect.connectGetLibVersion, {}, options),
  ]);
  return {
    hostname,
    uri,
    type,
    hypervisorVersion: versionText(hypervisor.version),
    libvirtVersion: versionText(libvirt.version),
  };
}

/** 9000000 is 9.0.0. */
export async function getLibvirtVersion(
  connection: LibvirtConnection,
  options?: WaitOptions,
): Promise<number> {
  return (await connection.call(connect.connectGetLibVersion, {}, options)).version;
}

/** CPUs, and memory in KiB. */
export async function getNodeInfo(connection: LibvirtConnection, options?: WaitOptions): Promise<NodeInfo> {
  return connection.call(protocol.nodeGetInfo, {}, options);
}

const ALL = -1;

/** Nanoseconds since the host started, of all CPUs together: `kernel`, `user`, `idle`, `iowait`. */
export async function getNodeCpuStats(
  connection: LibvirtConnection,
  options?: WaitOptions,
): Promise<ReadonlyMap<string, bigint>> {
  const ask = async (count: number): Promise<ValueOf<typeof protocol.nodeGetCpuStats.result>> =>
    connection.call(protocol.nodeGetCpuStats, { cpu: ALL, count, flags: 0 }, options);
  const { params } = await ask((await ask(0)).count);
  return new Map(params.map(({ field, value }) => [field, value]));
}

/** KiB: `total`, `free`, `buffers`, `cached`. */
export async function getNodeMemoryStats(
  connection: LibvirtConnection,
  options?: WaitOptions,
): Promise<ReadonlyMap<string, bigint>> {
  const ask = async (count: number): Promise<ValueOf<typeof protocol.nodeGetMemoryStats.result>> =>
    connection.call(protocol.nodeGetMemoryStats, { cell: ALL, count, flags: 0 }, options);
  const { params } = await ask((await ask(0)).count);
  return new Map(params.map(({ field, value }) => [field, value]));
}

/** XML. */
export async function getCapabilities(connection: LibvirtConnection, options?: WaitOptions): Promise<string> {
  return (await connection.call(connect.connectGetCapabilities, {}, options)).capabilities;
}

export interface DomainCapabilitiesQuery {
  readonly emulator?: string | undefined;
  readonly arch?: string | undefined;
  readonly machine?: string | undefined;
  /** `kvm`, `qemu` */
  readonly virtType?: string | undefined;
}

/** XML. What the query leaves open, the hypervisor's default fills. */
export async function getDomainCapabilities(
  connection: LibvirtConnection,
  query: DomainCapabilitiesQuery = {},
  options?: WaitOptions,
): Promise<string> {
  const { emulator, arch, machine, virtType } = query;
  const args = { emulator, arch, machine, virtType, flags: 0 };
  return (await connection.call(connect.connectGetDomainCapabilities, args, options)).capabilities;
}

/** XML: which pool types the daemon has backends for. */
export async function getPoolCapabilities(
  connection: LibvirtConnection,
  options?: WaitOptions,
): Promise<string> {
  const args = { flags: 0 };
  return (await connection.call(connect.connectGetStoragePoolCapabilities, args, options)).capabilities;
}
