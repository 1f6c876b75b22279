import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { clusterCredentials, keyring, type Credential } from './cephKeys.ts';
import type { CephOptions } from './ceph.ts';
import type { Command } from './commands.ts';
import type { Machine } from './machine.ts';

/** The Ceph pool of the virtual disks. */
export const cephPool = 'libvirt-pool';
export const monitor = { host: '10.10.0.1', port: 6789 };

const bootstrapKeyring = '/var/lib/ceph/tmp/bootstrap.keyring';

/** Manager modules that may be left out without the cluster calling that an error. */
const idleManagerModules = [
  ...['alerts', 'cephadm', 'dashboard', 'diskprediction_local', 'influx', 'insights', 'iostat', 'k8sevents'],
  ...['localpool', 'mds_autoscaler', 'mirroring', 'nfs', 'osd_perf_query', 'osd_support', 'prometheus'],
  ...['restful', 'rook', 'selftest', 'snap_schedule', 'stats', 'telegraf', 'test_orchestrator', 'zabbix'],
];

/** Makes a new cluster on this machine, with all daemons on it, and returns when its pool can be used. */
export async function createCluster(machine: Machine, options: CephOptions = {}): Promise<void> {
  const { osds = 1, objectStore = 'memstore' } = options;
  const fsid = randomUUID();
  const osdUuids = Array.from({ length: osds }, () => randomUUID());
  const credentials = clusterCredentials(machine.name, osds, cephPool);

  await machine.writeFile('/etc/ceph/ceph.conf', clientConf(fsid) + daemonConf(objectStore));
  await writeKeyrings(machine, credentials);
  await makeMonitor(machine, fsid);
  await startDaemon(machine, 'mon');
  const made = Promise.all(osdUuids.map((uuid, id) => makeOsd(machine, id, uuid)));
  const described = runLines(machine, 'ceph', [
    ...osdUuids.map((uuid, id) => `osd new ${uuid} ${id}`),
    `osd pool create ${cephPool} 32`,
    `osd pool application enable ${cephPool} rbd`,
  ]);
  const managed = startDaemon(machine, 'mgr');
  await Promise.all([made, described, managed]);
  await Promise.all(osdUuids.map((_, id) => startDaemon(machine, `osd.${id}`)));
  await machine.run(['rbd', 'pool', 'init', cephPool]);
}

/** /etc/ceph/ceph.conf of whoever uses the cluster. */
export function clientConf(fsid: string): string {
  return `[global]
fsid = ${fsid}
mon_host = [v2:${monitor.host}:3300/0,v1:${monitor.host}:${monitor.port}/0]
auth_cluster_required = cephx
auth_service_required = cephx
auth_client_required = cephx
`;
}

export function daemonCommand(machine: Machine, daemon: string): Command {
  const [type = '', id = machine.name] = daemon.split('.');
  return [`ceph-${type}`, '--id', id, '--setuser', 'ceph', '--setgroup', 'ceph'];
}

/** Starts a daemon and returns when it serves. */
export async function startDaemon(machine: Machine, daemon: string): Promise<void> {
  await machine.run(daemonCommand(machine, daemon));
}

function daemonConf(objectStore: string): string {
  return `public_addr = ${monitor.host}
cluster_addr = ${monitor.host}
ms_bind_ipv6 = false
auth_allow_insecure_global_id_reclaim = false
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_allow_pool_delete = true
mon_warn_on_pool_no_redundancy = false
mgr_tick_period = 1
mgr_stats_period = 1

[mon]
mon_data_avail_warn = 1
mon_data_avail_crit = 1
mgr_initial_modules =
paxos_propose_interval = 0.05
paxos_min_wait = 0.01

[mgr]
mgr_disabled_modules = ${idleManagerModules.join(',')}

[osd]
osd_objectstore = ${objectStore}
memstore_device_bytes = ${8 * 1024 ** 3}
bluestore_block_size = ${10 * 1024 ** 3}
osd_memory_target = 939524096
`;
}

async function writeKeyrings(machine: Machine, credentials: readonly Credential[]): Promise<void> {
  for (const credential of credentials) {
    const { entity } = credential;
    const [type, id = ''] = entity.split('.');
    if (entity === 'mon.') continue;
    const path =
      type === 'client' ? `/etc/ceph/ceph.${entity}.keyring` : `/var/lib/ceph/${type}/ceph-${id}/keyring`;
    await machine.writeFile(path, keyring([credential]), 0o600);
  }
  await machine.writeFile(bootstrapKeyring, keyring(credentials), 0o600);
  const folders = [`/var/lib/ceph/mon/ceph-${machine.name}`, '/run/ceph', '/var/log/ceph'];
  await machine.run(['mkdir', '-p', ...folders]);
  await machine.run(['chown', '-R', 'ceph:ceph', '/var/lib/ceph', '/run/ceph', '/var/log/ceph']);
}

/** The monitor takes every entity of the keyring with its capabilities: no `ceph auth` command is needed. */
async function makeMonitor(machine: Machine, fsid: string): Promise<void> {
  const map = '/var/lib/ceph/tmp/monmap';
  const addresses = `[v2:${monitor.host}:3300,v1:${monitor.host}:${monitor.port}]`;
  await machine.run(['monmaptool', '--create', '--fsid', fsid, '--addv', machine.name, addresses, map]);
  await machine.run([
    ...daemonCommand(machine, 'mon'),
    '--mkfs',
    '--monmap',
    map,
    '--keyring',
    bootstrapKeyring,
  ]);
}

async function makeOsd(machine: Machine, id: number, uuid: string): Promise<void> {
  await machine.run([...daemonCommand(machine, `osd.${id}`), '--mkfs', '--osd-uuid', uuid]);
}

/** Many command lines by one process: each of its own costs the start of Python. */
async function runLines(machine: Machine, program: string, lines: readonly string[]): Promise<void> {
  await machine.run([program], { input: `${lines.join('\n')}\n` });
}

/** What Debian 13's Ceph complains of from the start: its Python libraries and its manager do not fit together. */
const brokenModules = 'MGR_MODULE_DEPENDENCY';

/** Waits until there is nothing to complain about: the manager serves and all data is in place. */
export async function untilHealthy(machine: Machine): Promise<void> {
  const giveUp = Date.now() + 60_000;
  for (;;) {
    const status = JSON.parse(await machine.run(['ceph', 'status', '--format', 'json'])) as ClusterStatus;
    const { health, mgrmap, pgmap } = status;
    if (health.checks[brokenModules]?.muted === false)
      await machine.run(['ceph', 'health', 'mute', brokenModules]);
    const clean = pgmap.pgs_by_state.find(({ state_name }) => state_name === 'active+clean')?.count ?? 0;
    if (health.status === 'HEALTH_OK' && mgrmap.available && clean > 0 && clean === pgmap.num_pgs) return;
    if (Date.now() > giveUp) {
      throw new Error(`The Ceph cluster does not get healthy: ${JSON.stringify(status)}`);
    }
    await delay(100);
  }
}

/** What is read of `ceph status --format json`. */
interface ClusterStatus {
  readonly health: {
    readonly status: string;
    readonly checks: Readonly<Record<string, { readonly muted: boolean }>>;
  };
  readonly mgrmap: { readonly available: boolean };
  readonly pgmap: {
    readonly num_pgs: number;
    readonly pgs_by_state: readonly { readonly state_name: string; readonly count: number }[];
  };
}
