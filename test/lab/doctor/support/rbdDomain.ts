import { cephPool, monitor } from '../../../../tools/lab/cephCluster.ts';
import { secretUuid } from '../../../../tools/lab/domains.ts';
import type { LabHost } from '../../../../tools/lab/host.ts';

export interface RbdDomainSpec {
  readonly name: string;
  /** The <auth> as it is written; empty: none. Default: that of client.libvirt. */
  readonly auth?: string;
  /** `pool/image` */
  readonly image: string;
}

export const libvirtAuth = `<auth username='libvirt'><secret type='ceph' uuid='${secretUuid}'/></auth>`;

/** Defines a small domain with one disk on Ceph. */
export async function defineRbdDomain(
  host: LabHost,
  { name, auth = libvirtAuth, image }: RbdDomainSpec,
): Promise<void> {
  const xml = `<domain type='qemu'><name>${name}</name><memory unit='MiB'>64</memory><vcpu>1</vcpu>
    <os><type arch='x86_64' machine='pc'>hvm</type></os>
    <devices><emulator>/usr/bin/qemu-system-x86_64</emulator>
      <disk type='network' device='disk'><driver name='qemu' type='raw'/>${auth}
        <source protocol='rbd' name='${image}'><host name='${monitor.host}' port='${monitor.port}'/></source>
        <target dev='vda' bus='virtio'/></disk>
      <graphics type='vnc' passwd='kept' autoport='yes'/></devices></domain>`;
  await host.machine.writeFile(`/tmp/${name}.xml`, xml);
  await host.virsh('define', `/tmp/${name}.xml`);
}

/** Defines a storage pool over the Ceph pool of the lab. */
export async function defineRbdPool(host: LabHost, name: string, auth: string): Promise<void> {
  const xml = `<pool type='rbd'><name>${name}</name><source><host name='${monitor.host}' port='${monitor.port}'/>
    <name>${cephPool}</name>${auth}</source></pool>`;
  await host.machine.writeFile(`/tmp/${name}.xml`, xml);
  await host.virsh('pool-define', `/tmp/${name}.xml`);
}

/** What `virsh start` says; empty when the domain starts. It is off afterwards. */
export async function startError(host: LabHost, name: string): Promise<string> {
  const { exitCode, stderr } = await host.exec(['virsh', '--quiet', 'start', '--paused', name]);
  if (exitCode === 0) await host.virsh('destroy', name);
  return exitCode === 0 ? '' : stderr;
}

/** Gives a secret this key, in base64. */
export async function setKey(host: LabHost, uuid: string, key: string): Promise<void> {
  await host.machine.writeFile('/root/key', key, 0o600);
  await host.virsh('secret-set-value', uuid, '--file', '/root/key');
  await host.run(['rm', '/root/key']);
}
