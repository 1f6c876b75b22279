import { libvirtLayout, writeElement, type NewElement } from '../../../xml/writer.ts';
import type { NewDomain } from '../newDomain.ts';
import { isPcMachine } from './buses.ts';
import { deviceElements } from './devices.ts';
import { clockElement, cpuElements, featuresElement, osElement } from './machine.ts';

const libosinfo = 'http://libosinfo.org/xmlns/libvirt/domain/1.0';

/** The definition of a new domain. libvirt gives it a UUID and its network card a MAC. */
export function newDomainXml(domain: NewDomain): string {
  return `${writeElement(domainElement(domain), libvirtLayout)}\n`;
}

/** In the order in which libvirt itself writes it. */
function domainElement(domain: NewDomain): NewElement {
  const { name, machine, memory, cpus } = domain;
  return {
    name: 'domain',
    attributes: { type: machine.virtType },
    children: [
      { name: 'name', text: name },
      ...metadata(domain),
      { name: 'memory', attributes: { unit: 'MiB' }, text: String(Math.floor(memory / 1024 ** 2)) },
      { name: 'vcpu', text: String(cpus) },
      osElement(domain),
      featuresElement(domain),
      ...cpuElements(machine),
      clockElement(domain),
      { name: 'on_poweroff', text: 'destroy' },
      { name: 'on_reboot', text: domain.kernel ? 'destroy' : 'restart' },
      { name: 'on_crash', text: 'destroy' },
      ...(isPcMachine(machine) ? [powerManagement] : []),
      { name: 'devices', children: deviceElements(domain) },
    ],
  };
}

/** Sleeping guests look dead to everybody else. */
const powerManagement: NewElement = {
  name: 'pm',
  children: [
    { name: 'suspend-to-mem', attributes: { enabled: 'no' } },
    { name: 'suspend-to-disk', attributes: { enabled: 'no' } },
  ],
};

function metadata({ system }: NewDomain): readonly NewElement[] {
  if (system.osinfoId === undefined) return [];
  const os = { name: 'libosinfo:os', attributes: { id: system.osinfoId } };
  return [
    {
      name: 'metadata',
      children: [
        { name: 'libosinfo:libosinfo', attributes: { 'xmlns:libosinfo': libosinfo }, children: [os] },
      ],
    },
  ];
}
