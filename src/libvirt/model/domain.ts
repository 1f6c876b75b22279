import { type DomainDisk, readDisk } from './disk.ts';
import { parseXml, type XmlElement } from './element.ts';
import { readHostDevice, type DomainHostDevice } from './hostDevice.ts';
import { sizeInBytes } from '../../base/sizes.ts';
import { readInteger } from './storageSource.ts';

export interface DomainInterface {
  /** `network`, `bridge`, `user`, `direct` ... */
  readonly type: string;
  /** The network, bridge or host device it is connected to. */
  readonly source: string | undefined;
  readonly mac: string | undefined;
  /** `virtio`, `e1000` */
  readonly model: string | undefined;
  /** `vnet0`: the host's end, while the domain runs. */
  readonly target: string | undefined;
  readonly alias: string | undefined;
  readonly portgroup: string | undefined;
  /** Whether the cable is plugged in. */
  readonly link: 'up' | 'down';
  /** What the guest receives and sends at most on average, in KiB/s; undefined: no limit. */
  readonly inboundKiB: number | undefined;
  readonly outboundKiB: number | undefined;
}

export interface DomainController {
  /** `scsi`, `sata`, `pci` ... */
  readonly type: string;
  readonly index: number;
  /** `virtio-scsi`, `pcie-root-port` ... */
  readonly model: string | undefined;
}

export interface DomainGraphics {
  /** `vnc`, `spice` ... */
  readonly type: string;
  /** undefined where it is chosen at start, and for TLS only. */
  readonly port: number | undefined;
  readonly tlsPort: number | undefined;
  /** The address it listens at. */
  readonly listen: string | undefined;
  /** The UNIX socket it listens at instead. */
  readonly socket: string | undefined;
}

/** A text console or serial port. */
export interface DomainConsole {
  /** `pty`, `file`, `tcp` ... */
  readonly type: string;
  /** `serial`, `virtio`, `isa-serial` ... */
  readonly targetType: string | undefined;
  readonly port: number;
  readonly alias: string | undefined;
}

/** What a domain is, apart from its state. */
export interface DomainModel {
  /** `kvm`, `qemu` */
  readonly type: string;
  readonly name: string;
  readonly uuid: string;
  readonly title: string | undefined;
  readonly description: string | undefined;
  /** What it may grow to. */
  readonly memoryKiB: number;
  readonly currentMemoryKiB: number;
  readonly vcpus: number;
  /** `hvm` */
  readonly osType: string | undefined;
  readonly arch: string | undefined;
  readonly machine: string | undefined;
  readonly emulator: string | undefined;
  readonly disks: readonly DomainDisk[];
  readonly interfaces: readonly DomainInterface[];
  readonly hostDevices: readonly DomainHostDevice[];
  readonly controllers: readonly DomainController[];
  readonly graphics: readonly DomainGraphics[];
  readonly consoles: readonly DomainConsole[];
  readonly serials: readonly DomainConsole[];
  /** Whether the XML has a channel to qemu-guest-agent. */
  readonly hasGuestAgent: boolean;
}

/** Reads what `getDomainXml()` gives. */
export async function parseDomain(xml: string): Promise<DomainModel> {
  const domain = await parseXml(xml);
  const devices = domain.child('devices');
  const type = domain.child('os')?.child('type');
  const all = (name: string): readonly XmlElement[] => devices?.children(name) ?? [];
  const memoryKiB = readKiB(domain.child('memory')) ?? 0;
  return {
    type: domain.attribute('type') ?? '',
    name: domain.textOf('name') ?? '',
    uuid: domain.textOf('uuid') ?? '',
    title: domain.textOf('title'),
    description: domain.textOf('description'),
    memoryKiB,
    currentMemoryKiB: readKiB(domain.child('currentMemory')) ?? memoryKiB,
    vcpus: readInteger(domain.textOf('vcpu')) ?? 1,
    osType: type?.text,
    arch: type?.attribute('arch'),
    machine: type?.attribute('machine'),
    emulator: devices?.textOf('emulator'),
    disks: all('disk').map(readDisk),
    interfaces: all('interface').map(readInterface),
    hostDevices: all('hostdev').map(readHostDevice),
    controllers: all('controller').map(readController),
    graphics: all('graphics').map(readGraphics),
    consoles: all('console').map(readConsole),
    serials: all('serial').map(readConsole),
    hasGuestAgent: all('channel').some(
      (channel) => channel.child('target')?.attribute('name') === 'org.qemu.guest_agent.0',
    ),
  };
}

function readKiB(memory: XmlElement | undefined): number | undefined {
  const bytes = sizeInBytes(memory?.text, memory?.attribute('unit') ?? 'KiB');
  return bytes === undefined ? undefined : bytes / 1024;
}

function readInterface(device: XmlElement): DomainInterface {
  const source = device.child('source');
  return {
    type: device.attribute('type') ?? '',
    source: source?.attribute('network') ?? source?.attribute('bridge') ?? source?.attribute('dev'),
    mac: device.child('mac')?.attribute('address'),
    model: device.child('model')?.attribute('type'),
    target: device.child('target')?.attribute('dev'),
    alias: device.child('alias')?.attribute('name'),
    portgroup: source?.attribute('portgroup'),
    link: device.child('link')?.attribute('state') === 'down' ? 'down' : 'up',
    inboundKiB: averageOf(device, 'inbound'),
    outboundKiB: averageOf(device, 'outbound'),
  };
}

function averageOf(device: XmlElement, direction: string): number | undefined {
  return readInteger(device.child('bandwidth')?.child(direction)?.attribute('average'));
}

function readController(device: XmlElement): DomainController {
  return {
    type: device.attribute('type') ?? '',
    index: readInteger(device.attribute('index')) ?? 0,
    model: device.attribute('model'),
  };
}

function readGraphics(device: XmlElement): DomainGraphics {
  const listen = device.child('listen');
  const chosen = (name: string): number | undefined => {
    const port = readInteger(device.attribute(name));
    return port === -1 ? undefined : port;
  };
  return {
    type: device.attribute('type') ?? '',
    port: chosen('port'),
    tlsPort: chosen('tlsPort'),
    listen: device.attribute('listen') ?? listen?.attribute('address'),
    socket: device.attribute('socket') ?? listen?.attribute('socket'),
  };
}

function readConsole(device: XmlElement): DomainConsole {
  const target = device.child('target');
  return {
    type: device.attribute('type') ?? '',
    targetType: target?.attribute('type'),
    port: readInteger(target?.attribute('port')) ?? 0,
    alias: device.child('alias')?.attribute('name'),
  };
}
