import { hostsOwnAccess } from '../../../../ceph/cephAccess.ts';
import { listCephPools, type CephPool } from '../../../../ceph/cephPools.ts';
import type { ConnectedHost } from '../../../../hosts/hostSession.ts';
import type { HostSession } from '../../../../hosts/hostSession.ts';
import type { FoundPoolSource } from '../../../../libvirt/model/poolSources.ts';
import type { BlockDevice } from '../../../../operations/pools/blockDevices.ts';
import { listBlockDevices } from '../../../../operations/pools/blockDevices.ts';
import { findSources } from '../../../../operations/pools/findSources.ts';
import type { PoolType, StorageServer } from '../../../../operations/pools/newPool.ts';
import { offeredTypes, type OfferedType } from '../../../../operations/pools/offeredTypes.ts';
import { readCephOfHost, type CephOfHost } from '../../../../operations/pools/rbd/cephOfHost.ts';
import { listScsiAdapters, type FoundAdapter } from '../../../../operations/pools/scsiAdapters.ts';

/** Where a pool is to be made, and what can be asked of it: each thing is read once, when it is first wanted. */
export class PoolSite {
  /** The host's name. */
  readonly name: string;
  readonly host: ConnectedHost;
  /** The connected hosts, this one first. */
  readonly hosts: readonly HostSession[];
  readonly offered = once(() => offeredTypes(this.host.connection));
  readonly blockDevices: () => Promise<readonly BlockDevice[]> = once(() =>
    listBlockDevices(this.host.transport),
  );
  readonly adapters: () => Promise<readonly FoundAdapter[]> = once(() =>
    listScsiAdapters(this.host.connection),
  );
  /** Nothing, where /etc/ceph cannot be looked into: it is a proposal only. */
  readonly ceph: () => Promise<CephOfHost> = once(() =>
    readCephOfHost(this.host.transport).catch(() => ({ monitors: [], keyrings: new Map<string, string>() })),
  );
  readonly cephPools: () => Promise<readonly CephPool[]> = once(() =>
    listCephPools({ transport: this.host.transport, access: hostsOwnAccess }),
  );
  readonly #sources = new Map<string, Promise<readonly FoundPoolSource[]>>();

  constructor(session: HostSession, sessions: readonly HostSession[]) {
    this.name = session.name;
    this.host = session.require();
    this.hosts = [session, ...sessions.filter((other) => other !== session && other.connected)];
  }

  /** The pools that there are already. */
  get takenNames(): ReadonlySet<string> {
    return new Set([...this.host.inventory.pools.entries.values()].map(({ ref }) => ref.name));
  }

  /** The formats that a source may have; those given where the daemon does not tell. */
  formats({ formats }: OfferedType, usual: readonly string[]): readonly string[] {
    return formats ?? usual;
  }

  /** What the host finds for pools of a type. Rejects with the reason where it finds out nothing. */
  sources(type: PoolType, servers: readonly StorageServer[] = []): Promise<readonly FoundPoolSource[]> {
    const key = JSON.stringify([type, servers]);
    const known = this.#sources.get(key) ?? this.#find(type, servers);
    this.#sources.set(key, known);
    return known;
  }

  async #find(type: PoolType, servers: readonly StorageServer[]): Promise<readonly FoundPoolSource[]> {
    const found = await findSources(this.host.connection, type, servers);
    if (found.kind === 'unknown') throw new Error(found.reason);
    return found.sources;
  }
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => (reading ??= read());
}
