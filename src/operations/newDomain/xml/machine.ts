import type { NewElement } from '../../../xml/writer.ts';
import type { NewDomain, NewMachine } from '../newDomain.ts';
import { isPcMachine } from './buses.ts';

/** What boots, and by which firmware: libvirt chooses the image and keeps the variables. */
export function osElement({ machine, kernel }: NewDomain): NewElement {
  const isUefi = machine.firmware !== 'bios';
  const isSecure = machine.firmware === 'secure-boot';
  return {
    name: 'os',
    attributes: { firmware: isUefi ? 'efi' : undefined },
    children: [
      {
        name: 'type',
        attributes: { arch: machine.architecture, machine: machine.type },
        text: 'hvm',
      },
      ...(isSecure ? secureBoot : []),
      ...(kernel === undefined
        ? []
        : [
            { name: 'kernel', text: kernel.path },
            { name: 'initrd', text: kernel.initrd },
            { name: 'cmdline', text: kernel.arguments },
          ]),
    ],
  };
}

/** An image that checks signatures, with Microsoft's keys in it. */
const secureBoot: readonly NewElement[] = [
  {
    name: 'firmware',
    children: ['enrolled-keys', 'secure-boot'].map((feature) => ({
      name: 'feature',
      attributes: { enabled: 'yes', name: feature },
    })),
  },
  { name: 'loader', attributes: { secure: 'yes' } },
];

export function featuresElement({ machine }: NewDomain): NewElement {
  const state = (name: string, value: 'on' | 'off'): NewElement => ({ name, attributes: { state: value } });
  const isPc = isPcMachine(machine);
  return {
    name: 'features',
    children: [
      { name: 'acpi' },
      ...(isPc ? [{ name: 'apic' }] : []),
      ...(machine.hyperv.length > 0 ? [hypervElement(machine.hyperv)] : []),
      ...(isPc && machine.virtType === 'kvm' ? [state('vmport', 'off')] : []),
      ...(machine.firmware === 'secure-boot' ? [state('smm', 'on')] : []),
    ],
  };
}

function hypervElement(features: readonly string[]): NewElement {
  return {
    name: 'hyperv',
    attributes: { mode: 'custom' },
    children: features.map((name) => ({
      name,
      attributes: { state: 'on', retries: name === 'spinlocks' ? '8191' : undefined },
    })),
  };
}

export function cpuElements({ cpuMode }: NewMachine): readonly NewElement[] {
  return cpuMode === undefined ? [] : [{ name: 'cpu', attributes: { mode: cpuMode } }];
}

/** Windows keeps local time in its hardware clock; ticks that were missed are caught up on a PC. */
export function clockElement({ machine, system }: NewDomain): NewElement {
  const isWindows = system.family === 'windows';
  const timer = (name: string, attributes: Readonly<Record<string, string>>): NewElement => ({
    name: 'timer',
    attributes: { name, ...attributes },
  });
  const pcTimers = [
    timer('rtc', { tickpolicy: 'catchup' }),
    timer('pit', { tickpolicy: 'delay' }),
    timer('hpet', { present: 'no' }),
    ...(isWindows && machine.virtType === 'kvm' ? [timer('hypervclock', { present: 'yes' })] : []),
  ];
  return {
    name: 'clock',
    attributes: { offset: isWindows ? 'localtime' : 'utc' },
    ...(isPcMachine(machine) ? { children: pcTimers } : {}),
  };
}
