import { cephPool, monitor } from './cephCluster.ts';
import { xml, type Xml } from './xml.ts';

/** The secret that holds the key of client.libvirt: the same on every host, as migration needs it. */
export const secretUuid = '3f2b1c9a-7d54-4e0b-9a16-5c8e2d7f4b60';

/** libvirt's pool over Ceph's pool. */
export const rbdPoolName = 'rbd-pool';

export type Disk =
  | { readonly image: string; readonly target: string; readonly auth?: boolean }
  | { readonly file: string; readonly format: 'qcow2' | 'raw'; readonly target: string }
  | { readonly cdrom: string; readonly target: string };

export interface DomainSpec {
  readonly name: string;
  readonly title: string;
  readonly memoryMiB: number;
  readonly vcpus: number;
  readonly disks: readonly Disk[];
  /** libvirt's network; without one the domain has no card. */
  readonly network?: string;
  /** A channel to QEMU's guest agent, which the lab's guest runs. Default false. */
  readonly guestAgent?: boolean;
}

export function secretXml(): Xml {
  return xml`<secret ephemeral='no' private='no'>
  <uuid>${secretUuid}</uuid>
  <description>cephx key of client.libvirt</description>
  <usage type='ceph'><name>client.libvirt secret</name></usage>
</secret>`;
}

export function rbdPoolXml(): Xml {
  return xml`<pool type='rbd'>
  <name>${rbdPoolName}</name>
  <source>
    <host name='${monitor.host}' port='${monitor.port}'/>
    <name>${cephPool}</name>
    <auth type='ceph' username='libvirt'><secret uuid='${secretUuid}'/></auth>
  </source>
</pool>`;
}

export function dirPoolXml(name: string, path: string): Xml {
  return xml`<pool type='dir'>
  <name>${name}</name>
  <target><path>${path}</path></target>
</pool>`;
}

export function natNetworkXml(): Xml {
  return xml`<network>
  <name>default</name>
  <forward mode='nat'/>
  <bridge name='virbr0' stp='on' delay='0'/>
  <ip address='192.168.122.1' netmask='255.255.255.0'>
    <dhcp><range start='192.168.122.2' end='192.168.122.254'/></dhcp>
  </ip>
</network>`;
}

export function bridgeNetworkXml(name: string, bridge: string): Xml {
  return xml`<network>
  <name>${name}</name>
  <forward mode='bridge'/>
  <bridge name='${bridge}'/>
</network>`;
}

/** A domain that QEMU emulates: hardware virtualization is not counted on. */
export function domainXml({ name, title, memoryMiB, vcpus, disks, network, guestAgent }: DomainSpec): Xml {
  return xml`<domain type='qemu'>
  <name>${name}</name>
  <title>${title}</title>
  <memory unit='MiB'>${memoryMiB}</memory>
  <vcpu>${vcpus}</vcpu>
  <sysinfo type='smbios'><system><entry name='serial'>${name}</entry></system></sysinfo>
  <os>
    <type arch='x86_64' machine='pc'>hvm</type>
    <boot dev='hd'/>
    <smbios mode='sysinfo'/>
  </os>
  <features><acpi/><apic/></features>
  <on_poweroff>destroy</on_poweroff>
  <on_reboot>restart</on_reboot>
  <on_crash>destroy</on_crash>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    ${disks.map(diskXml)}
    ${network === undefined ? [] : [interfaceXml(network)]}
    <serial type='pty'>
      <log file='/var/log/libvirt/qemu/${name}-serial.log' append='off'/>
      <target port='0'/>
    </serial>
    <console type='pty'><target type='serial' port='0'/></console>
    ${guestAgent === true ? [guestAgentXml()] : []}
    <graphics type='vnc' port='-1' autoport='yes' listen='127.0.0.1'/>
    <video><model type='vga' vram='16384' heads='1'/></video>
    <memballoon model='virtio'><stats period='5'/></memballoon>
    <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
  </devices>
</domain>`;
}

function diskXml(disk: Disk): Xml {
  if ('cdrom' in disk) {
    return xml`<disk type='file' device='cdrom'>
      <driver name='qemu' type='raw'/>
      <source file='${disk.cdrom}'/>
      <target dev='${disk.target}' bus='ide'/>
      <readonly/>
    </disk>`;
  }
  if ('file' in disk) {
    return xml`<disk type='file' device='disk'>
      <driver name='qemu' type='${disk.format}'/>
      <source file='${disk.file}'/>
      <target dev='${disk.target}' bus='virtio'/>
    </disk>`;
  }
  const auth = xml`<auth username='libvirt'><secret type='ceph' uuid='${secretUuid}'/></auth>`;
  return xml`<disk type='network' device='disk'>
      <driver name='qemu' type='raw' cache='writeback' discard='unmap'/>
      ${disk.auth === false ? [] : [auth]}
      <source protocol='rbd' name='${cephPool}/${disk.image}'>
        <host name='${monitor.host}' port='${monitor.port}'/>
      </source>
      <target dev='${disk.target}' bus='virtio'/>
    </disk>`;
}

function guestAgentXml(): Xml {
  return xml`<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>`;
}

function interfaceXml(network: string): Xml {
  return xml`<interface type='network'>
      <source network='${network}'/>
      <model type='virtio'/>
    </interface>`;
}
