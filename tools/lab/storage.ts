import type { LabCeph } from './ceph.ts';
import { rbdPoolName, rbdPoolXml, secretUuid, secretXml } from './domains.ts';
import type { HostOptions, LabHost } from './host.ts';

/** Makes a host a client of the cluster: /etc/ceph. */
export async function giveCephAccess(host: LabHost, ceph: LabCeph, options: HostOptions): Promise<void> {
  const admin = 'ceph.client.admin.keyring';
  await host.machine.writeFile('/etc/ceph/ceph.conf', await ceph.clientConf());
  if (options.cephAdmin === false) return;
  await host.machine.writeFile(
    `/etc/ceph/${admin}`,
    await ceph.machine.readFile(`/etc/ceph/${admin}`),
    0o600,
  );
}

/** Gives libvirt on a host the key of client.libvirt and the pool that uses it, as an administrator would. */
export async function connectCephPool(host: LabHost, ceph: LabCeph, options: HostOptions): Promise<void> {
  const { secret = 'stored', pool = options.rbdBackend === false ? 'absent' : 'active' } = options;
  if (secret !== 'absent') await host.virsh('secret-define', await host.writeXml('secret', secretXml()));
  if (secret === 'stored') {
    const keyFile = '/root/client.libvirt.key';
    await host.machine.writeFile(keyFile, await ceph.libvirtKey(), 0o600);
    await host.virsh('secret-set-value', secretUuid, '--file', keyFile);
    await host.run(['rm', keyFile]);
  }
  if (pool === 'absent') return;
  await host.virsh('pool-define', await host.writeXml(rbdPoolName, rbdPoolXml()));
  if (pool === 'inactive') return;
  await host.virsh('pool-start', rbdPoolName);
  await host.virsh('pool-autostart', rbdPoolName);
}
