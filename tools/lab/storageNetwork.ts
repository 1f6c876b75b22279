import { outputOf, runCommand } from './commands.ts';
import type { Machine } from './machine.ts';
import { monitor } from './cephCluster.ts';

const firstHost = 11;
/** Without one of its own, the bridge takes that of a card: hosts would lose it when that host is taken away. */
const bridgeMac = '02:00:0a:0a:00:01';

/** The bridge on the Ceph machine that the hosts are plugged into. */
export async function createStorageNetwork(ceph: Machine): Promise<void> {
  await ceph.run(['ip', 'link', 'add', 'name', 'storage', 'address', bridgeMac, 'type', 'bridge']);
  await ceph.run(['ip', 'address', 'add', `${monitor.host}/24`, 'dev', 'storage']);
  await ceph.run(['ip', 'link', 'set', 'dev', 'storage', 'up']);
}

/** The address of the host with this number, from 0. */
export function hostAddress(number: number): string {
  return monitor.host.replace(/\d+$/, String(firstHost + number));
}

/** Gives the host a network card `eth0` with this address, plugged into the bridge. */
export async function joinStorageNetwork(ceph: Machine, host: Machine, address: string): Promise<void> {
  await runCommand([
    ...['nsenter', `--target=${ceph.init.pid}`, '--net', '--', 'ip', 'link', 'add', 'name', host.name],
    ...['type', 'veth', 'peer', 'name', 'eth0', 'netns', String(host.init.pid)],
  ]);
  await ceph.run(['ip', 'link', 'set', 'dev', host.name, 'master', 'storage', 'up']);
  await host.run(['ip', 'address', 'add', `${address}/24`, 'dev', 'eth0']);
  await host.run(['ip', 'link', 'set', 'dev', 'eth0', 'up']);
}

/** Takes the host's card away, if it had got one. */
export async function leaveStorageNetwork(ceph: Machine, host: string): Promise<void> {
  const command = ['ip', 'link', 'delete', 'dev', host];
  const result = await ceph.exec(command);
  if (!result.stderr.includes('Cannot find device')) outputOf(command, result);
}

/** Plugs or unplugs the host's cable. */
export async function setCable(ceph: Machine, host: string, state: 'up' | 'down'): Promise<void> {
  await ceph.run(['ip', 'link', 'set', 'dev', host, state]);
}
