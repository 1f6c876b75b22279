import type { NewElement } from '../../../xml/writer.ts';
import type { NewDomain } from '../newDomain.ts';
import { cdromBus, isPcieMachine, isPcMachine, usesVirtio } from './buses.ts';
import { diskElements } from './disks.ts';

/** Slots for PCI Express devices: those that it has from the start, and some to plug devices into while it runs. */
const pcieSlots = 14;

export function deviceElements(domain: NewDomain): readonly NewElement[] {
  return [
    ...diskElements(domain),
    ...controllers(domain),
    ...networkCard(domain),
    { name: 'console', attributes: { type: 'pty' } },
    ...channels(domain),
    ...tpm(domain),
    ...inputs(domain),
    ...screen(domain),
    ...balloonAndRng(domain),
  ];
}

function controllers(domain: NewDomain): readonly NewElement[] {
  const { machine, disks } = domain;
  const hasScsi = cdromBus(machine) === 'scsi' && disks.length > 0;
  return [
    ...(hasScsi ? [{ name: 'controller', attributes: { type: 'scsi', model: 'virtio-scsi' } }] : []),
    ...(isPcieMachine(machine)
      ? [
          { name: 'controller', attributes: { type: 'usb', model: 'qemu-xhci', ports: '15' } },
          { name: 'controller', attributes: { type: 'pci', model: 'pcie-root' } },
          ...Array.from({ length: pcieSlots }, () => ({
            name: 'controller',
            attributes: { type: 'pci', model: 'pcie-root-port' },
          })),
        ]
      : []),
  ];
}

function networkCard(domain: NewDomain): readonly NewElement[] {
  const { network, machine } = domain;
  if (network.kind === 'none') return [];
  const emulated = isPcieMachine(machine) ? 'e1000e' : 'e1000';
  return [
    {
      name: 'interface',
      attributes: { type: network.kind },
      children: [
        { name: 'source', attributes: { [network.kind]: network.name } },
        { name: 'model', attributes: { type: usesVirtio(domain) ? 'virtio' : emulated } },
        ...(network.bootOrder === undefined
          ? []
          : [{ name: 'boot', attributes: { order: String(network.bootOrder) } }]),
      ],
    },
  ];
}

/** The guest agent's channel; SPICE's, for the clipboard. */
function channels({ graphics }: NewDomain): readonly NewElement[] {
  const channel = (type: string, name: string): NewElement => ({
    name: 'channel',
    attributes: { type },
    children: [{ name: 'target', attributes: { type: 'virtio', name } }],
  });
  return [
    channel('unix', 'org.qemu.guest_agent.0'),
    ...(graphics === 'spice' ? [channel('spicevmc', 'com.redhat.spice.0')] : []),
  ];
}

function tpm({ machine }: NewDomain): readonly NewElement[] {
  if (!machine.hasTpm) return [];
  const model = isPcMachine(machine) ? 'tpm-crb' : 'tpm-tis';
  const backend = { name: 'backend', attributes: { type: 'emulator', version: '2.0' } };
  return [{ name: 'tpm', attributes: { model }, children: [backend] }];
}

/** With a tablet the pointer is where the viewer's is. */
function inputs({ graphics, machine }: NewDomain): readonly NewElement[] {
  if (graphics === 'none') return [];
  const input = (type: string): NewElement => ({ name: 'input', attributes: { type, bus: 'usb' } });
  return [input('tablet'), ...(isPcMachine(machine) ? [] : [input('keyboard')])];
}

/** On the host itself only: whoever wants to see it comes through SSH. */
function screen({ graphics, machine }: NewDomain): readonly NewElement[] {
  if (graphics === 'none') return [];
  return [
    {
      name: 'graphics',
      attributes: { type: graphics, port: '-1', autoport: 'yes', listen: '127.0.0.1' },
    },
    ...(machine.video === undefined
      ? []
      : [{ name: 'video', children: [{ name: 'model', attributes: { type: machine.video } }] }]),
  ];
}

function balloonAndRng({ machine }: NewDomain): readonly NewElement[] {
  return [
    {
      name: 'memballoon',
      attributes: { model: 'virtio' },
      children: [{ name: 'stats', attributes: { period: '5' } }],
    },
    ...(machine.hasRng
      ? [
          {
            name: 'rng',
            attributes: { model: 'virtio' },
            children: [{ name: 'backend', attributes: { model: 'random' }, text: '/dev/urandom' }],
          },
        ]
      : []),
  ];
}
