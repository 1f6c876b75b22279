import { cephPool, monitor } from '../../../tools/lab/cephCluster.ts';
import { secretUuid } from '../../../tools/lab/domains.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { xml, type Xml } from '../../../tools/lab/xml.ts';

export interface ScratchOptions {
  /** Elements of <devices>. */
  readonly devices?: readonly Xml[];
  /** Its <os>. */
  readonly os?: Xml;
}

const plainOs = xml`<os><type arch='x86_64' machine='pc'>hvm</type></os>`;

/** A small domain that QEMU emulates. Without a disk its firmware waits for ever. */
export function scratchXml(name: string, { devices = [], os = plainOs }: ScratchOptions = {}): Xml {
  return xml`<domain type='qemu'>
  <name>${name}</name>
  <memory unit='MiB'>128</memory>
  <currentMemory unit='MiB'>96</currentMemory>
  <vcpu current='1'>2</vcpu>
  ${os}
  <features><acpi/></features>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    ${devices}
  </devices>
</domain>`;
}

/** A disk of Ceph's pool, with the login that libvirt has. */
export function rbdDisk(image: string, target: string): Xml {
  return xml`<disk type='network' device='disk'><driver name='qemu' type='raw'/>
    <auth username='libvirt'><secret type='ceph' uuid='${secretUuid}'/></auth>
    <source protocol='rbd' name='${cephPool}/${image}'><host name='${monitor.host}' port='${monitor.port}'/></source>
    <target dev='${target}' bus='virtio'/></disk>`;
}

/** Defines it; `forgetDomain` takes it away again. */
export async function defineScratch(host: LabHost, name: string, options?: ScratchOptions): Promise<void> {
  await host.virsh('define', await host.writeXml(`scratch-${name.length}`, scratchXml(name, options)));
}

/** Whatever is left of it. */
export async function forgetDomain(host: LabHost, name: string): Promise<void> {
  await host.exec(['virsh', '--quiet', 'destroy', '--domain', name]);
  await host.exec([
    ...['virsh', '--quiet', 'undefine', '--domain', name],
    ...['--managed-save', '--snapshots-metadata', '--checkpoints-metadata', '--nvram'],
  ]);
}
