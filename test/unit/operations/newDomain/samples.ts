import {
  parseDomainCapabilities,
  type DomainCapabilitiesModel,
} from '../../../../src/libvirt/model/domainCapabilities.ts';
import { defaultMachine } from '../../../../src/operations/newDomain/defaults.ts';
import type { HostOffer } from '../../../../src/operations/newDomain/hostOffer.ts';
import type { NewDisk, NewDomain } from '../../../../src/operations/newDomain/newDomain.ts';
import {
  operatingSystems,
  type Firmware,
  type OperatingSystem,
} from '../../../../src/operations/newDomain/operatingSystems.ts';

export const gib = 1024 ** 3;

export const pcHost: HostOffer = {
  memory: 64 * gib,
  cpus: 16,
  architecture: 'x86_64',
  virtTypes: ['kvm', 'qemu'],
  machine: 'q35',
};

const list = (name: string, values: readonly string[]): string =>
  `<enum name='${name}'>${values.map((value) => `<value>${value}</value>`).join('')}</enum>`;

interface Offered {
  readonly virtType?: string;
  readonly architecture?: string;
  readonly firmware?: readonly string[];
  readonly secure?: readonly string[];
  readonly tpm?: readonly string[];
  readonly graphics?: readonly string[];
}

/** What libvirt tells of a host that has everything, unless less is given. */
export function capabilities(offered: Offered = {}): Promise<DomainCapabilitiesModel> {
  const { virtType = 'kvm', architecture = 'x86_64' } = offered;
  const passthrough = virtType === 'kvm' ? 'yes' : 'no';
  return parseDomainCapabilities(`<domainCapabilities>
  <path>/usr/bin/qemu-system-${architecture}</path><domain>${virtType}</domain><machine>q35</machine>
  <arch>${architecture}</arch><vcpu max='288'/>
  <os supported='yes'>${list('firmware', offered.firmware ?? ['bios', 'efi'])}
    <loader supported='yes'>${list('secure', offered.secure ?? ['yes', 'no'])}</loader></os>
  <cpu><mode name='host-passthrough' supported='${passthrough}'/><mode name='maximum' supported='yes'/>
    <mode name='host-model' supported='yes'/></cpu>
  <devices>
    <graphics supported='yes'>${list('type', offered.graphics ?? ['vnc', 'spice'])}</graphics>
    <video supported='yes'>${list('modelType', ['vga', 'qxl', 'virtio', 'none'])}</video>
    <rng supported='yes'>${list('model', ['virtio'])}</rng>
    <tpm supported='yes'>${list('backendModel', offered.tpm ?? ['passthrough', 'emulator'])}</tpm>
  </devices>
  <features><hyperv supported='yes'>${list('features', ['relaxed', 'vapic', 'spinlocks', 'vpindex', 'synic', 'stimer'])}</hyperv></features>
</domainCapabilities>`);
}

export function systemNamed(name: string): OperatingSystem {
  const system = operatingSystems().find((one) => one.name === name);
  if (!system) throw new Error(`There is no ${name}.`);
  return system;
}

export const rbdDisk: NewDisk = {
  device: 'disk',
  bootOrder: 1,
  source: {
    kind: 'rbd',
    image: 'vms/tenant/web1',
    monitors: [
      { name: '10.0.0.1', port: 6789 },
      { name: '10.0.0.2', port: 6789 },
      { name: 'fd00::3', port: 6789 },
    ],
    auth: { username: 'libvirt', secretUuid: '3f2b1c9a-7d54-4e0b-9a16-5c8e2d7f4b60' },
  },
};

export const fileDisk: NewDisk = {
  device: 'disk',
  bootOrder: 1,
  source: { kind: 'file', path: '/var/lib/libvirt/images/a.qcow2', format: 'qcow2' },
};

export const blockDisk: NewDisk = {
  device: 'disk',
  source: { kind: 'block', path: '/dev/vg0/a', format: 'raw' },
};

export const cd: NewDisk = {
  device: 'cdrom',
  bootOrder: 2,
  source: { kind: 'file', path: '/var/lib/libvirt/images/a.iso', format: 'raw' },
};

/** A domain as the wizard makes it without anything changed. */
export async function sample(system: OperatingSystem, changes: Partial<NewDomain> = {}): Promise<NewDomain> {
  return {
    name: 'web1',
    system,
    machine: defaultMachine(system, pcHost, await capabilities()),
    memory: system.memory,
    cpus: system.cpus,
    disks: [rbdDisk, cd],
    network: { kind: 'network', name: 'default' },
    graphics: 'vnc',
    hasVirtio: false,
    kernel: undefined,
    ...changes,
  };
}

/** Every operating system, with every firmware, in hardware and emulated, and what else changes the XML. */
export async function variedDomains(): Promise<readonly (readonly [what: string, NewDomain])[]> {
  const bySystem = operatingSystems().map(
    async (system) => [`${system.name} by default`, await sample(system)] as const,
  );
  const windows = await sample(systemNamed('Windows 11'));
  const linux = await sample(systemNamed('Debian 12'));
  const firmwares: readonly Firmware[] = ['bios', 'uefi', 'secure-boot'];
  return [
    ...(await Promise.all(bySystem)),
    ...firmwares.map(
      (firmware) => [`Linux by ${firmware}`, { ...linux, machine: { ...linux.machine, firmware } }] as const,
    ),
    ['emulated', { ...linux, machine: { ...linux.machine, virtType: 'qemu', cpuMode: 'maximum' } }],
    ['an old PC', { ...linux, machine: { ...linux.machine, type: 'pc' } }],
    [
      'Windows with virtio',
      { ...windows, hasVirtio: true, disks: [rbdDisk, cd, { ...cd, bootOrder: undefined }] },
    ],
    ['files and block devices', { ...linux, disks: [fileDisk, blockDisk, { ...cd, source: undefined }] }],
    ['without disks and network', { ...linux, disks: [], network: { kind: 'none' } }],
    ['by network', { ...linux, network: { kind: 'bridge', name: 'br0', bootOrder: 2 }, disks: [rbdDisk] }],
    [
      'an installer’s kernel',
      { ...linux, kernel: { path: '/boot/linux', initrd: '/boot/initrd', arguments: 'a=b "c d"' } },
    ],
    ['SPICE', { ...linux, graphics: 'spice' }],
    ['without a screen', { ...linux, graphics: 'none' }],
    [
      'ARM',
      {
        ...linux,
        machine: { ...linux.machine, architecture: 'aarch64', type: 'virt', firmware: 'uefi', hasTpm: true },
      },
    ],
    ['a hostile name', { ...linux, name: `a<b>&"c" 'd' $(reboot) 日本` }],
  ];
}
