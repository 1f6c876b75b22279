import { cpuModePlace } from '../../libvirt/model/capabilityPlaces.ts';
import type { DomainCapabilitiesModel } from '../../libvirt/model/domainCapabilities.ts';
import type { HostOffer } from './hostOffer.ts';
import type { Graphics, NewMachine } from './newDomain.ts';
import type { Firmware, OperatingSystem } from './operatingSystems.ts';

/** What Windows runs better with: libvirt's names, as virt-install sets them. */
const hypervFeatures = [
  'relaxed',
  'vapic',
  'spinlocks',
  'vpindex',
  'runtime',
  'synic',
  'stimer',
  'frequencies',
];

/** The machine for an operating system, of what the host offers. */
export function defaultMachine(
  system: OperatingSystem,
  host: HostOffer,
  capabilities: DomainCapabilitiesModel,
): NewMachine {
  const firmwares = offeredFirmwares(capabilities);
  const isAccelerated = capabilities.virtType === 'kvm';
  return {
    virtType: capabilities.virtType,
    architecture: host.architecture,
    type: host.machine,
    firmware: system.firmware.find((one) => firmwares.includes(one)) ?? firmwares[0] ?? 'bios',
    cpuMode: offeredCpuModes(capabilities)[0],
    hasTpm: system.wantsTpm && offersTpm(capabilities),
    hyperv: system.family === 'windows' && isAccelerated ? offeredHyperv(capabilities) : [],
    hasRng: offered(capabilities, 'rng@model').includes('virtio'),
    video: defaultVideo(system, capabilities),
  };
}

/** Only what the host says it has: libvirt looks for the firmware itself when the domain is defined. */
export function offeredFirmwares(capabilities: DomainCapabilitiesModel): readonly Firmware[] {
  const chosen = offered(capabilities, 'os@firmware');
  const isPc = capabilities.architecture === 'x86_64' || capabilities.architecture === 'i686';
  return [
    ...(isPc || chosen.includes('bios') || !chosen.includes('efi') ? (['bios'] as const) : []),
    ...(chosen.includes('efi') ? (['uefi'] as const) : []),
    ...(chosen.includes('efi') && offered(capabilities, 'os/loader@secure').includes('yes')
      ? (['secure-boot'] as const)
      : []),
  ];
}

/** The best first: the host's own CPU in hardware; emulated, everything that QEMU can emulate. */
export function offeredCpuModes(capabilities: DomainCapabilitiesModel): readonly string[] {
  const modes = offered(capabilities, cpuModePlace);
  const isAccelerated = capabilities.virtType !== 'qemu';
  return (isAccelerated ? ['host-passthrough', 'host-model', 'maximum'] : ['maximum', 'host-model']).filter(
    (mode) => modes.includes(mode),
  );
}

/** An emulated TPM: one of the host belongs to one guest only. */
export function offersTpm(capabilities: DomainCapabilitiesModel): boolean {
  return offered(capabilities, 'tpm/backend@type').includes('emulator');
}

/** VNC first. Where the host does not tell, all of QEMU. */
export function offeredGraphics(capabilities: DomainCapabilitiesModel): readonly Graphics[] {
  const types = capabilities.values.get('graphics@type') ?? ['vnc'];
  return [...(['vnc', 'spice'] as const).filter((type) => types.includes(type)), 'none'];
}

function offeredHyperv(capabilities: DomainCapabilitiesModel): readonly string[] {
  const known = capabilities.values.get('features/hyperv/*');
  // Old daemons do not tell; they take the three that there have always been.
  return hypervFeatures.filter((feature, index) => (known ? known.includes(feature) : index < 3));
}

function defaultVideo(
  { family }: OperatingSystem,
  capabilities: DomainCapabilitiesModel,
): string | undefined {
  const models = offered(capabilities, 'video/model@type');
  const wanted = family === 'linux' ? ['virtio', 'vga'] : ['vga', 'virtio'];
  return wanted.find((model) => models.includes(model));
}

function offered({ values }: DomainCapabilitiesModel, place: string): readonly string[] {
  return values.get(place) ?? [];
}
