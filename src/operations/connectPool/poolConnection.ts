import type { CephClient } from '../../ceph/cephAccess.ts';
import type { PoolOrder } from '../cephPools/newCephPool.ts';
import type { PlanHost } from '../plan/planHost.ts';
import type { ShellHost } from '../plan/shell.ts';
import type { StorageServer } from '../pools/newPool.ts';

/** Where Ceph's programs run for a cluster. */
export interface PlanCluster {
  /** For people: what its files in /etc/ceph are called. */
  readonly name: string;
  readonly client: CephClient;
  readonly shell: ShellHost;
  /** All of them, by the address that every librados and QEMU speaks. */
  readonly monitors: readonly StorageServer[];
}

/** A pool of Ceph as the storage of libvirt on some hosts. */
export interface PoolConnection {
  readonly cluster: PlanCluster;
  readonly cephPool: string;
  /** How it is made; undefined: it is there. */
  readonly newPool?: PoolOrder | undefined;
  /** As whom libvirt logs in: `libvirt` of client.libvirt. */
  readonly user: string;
  readonly hosts: readonly PlanHost[];
  /** libvirt's name of the pool, where a host has none over this Ceph pool yet. */
  readonly poolName: string;
  /** The name of the secret with the user's key, where a host has none for it yet. */
  readonly secretUsage: string;
  /** Whether it is to start with the host; one that does so already is left so. */
  readonly autostart: boolean;
}
