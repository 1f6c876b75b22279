import { parseDomain, type DomainModel } from '../../../../libvirt/model/domain.ts';
import { hostDeviceName } from '../../../../libvirt/model/hostDevice.ts';
import type { DomainNode } from '../domainNode.ts';
import type { DeviceNode, Presence } from './deviceNode.ts';
import { DiskNode } from './diskNode.ts';
import { HostDeviceNode } from './hostDeviceNode.ts';
import { InterfaceNode } from './interfaceNode.ts';

type Devices = Pick<DomainModel, 'disks' | 'interfaces' | 'hostDevices'>;

/** The devices that a domain has now, and those that it has from its next start. */
export async function deviceRows(domain: DomainNode): Promise<readonly DeviceNode[]> {
  const group = domain.host.inventory?.domains;
  if (!group) return [];
  const now = await group.details(domain.uuid);
  const isBoth = domain.traits.includes('active') && domain.traits.includes('persistent');
  const next = isBoth ? await parseDomain(await group.definition(domain.uuid)) : undefined;
  return rowsOf(domain, now, next);
}

function rowsOf(domain: DomainNode, now: Devices, next: Devices | undefined): readonly DeviceNode[] {
  const disks = pairs(now.disks, next?.disks, ({ target }) => target);
  const cards = pairs(now.interfaces, next?.interfaces, ({ mac = '' }) => mac);
  const hostDevices = pairs(now.hostDevices, next?.hostDevices, ({ source }) => hostDeviceName(source));
  return [
    ...disks.map(({ presence, device, later }) => new DiskNode(domain, presence, device, later)),
    ...cards.map(({ presence, device }, index) => new InterfaceNode(domain, presence, device, index)),
    ...hostDevices.map(({ presence, device }, index) => new HostDeviceNode(domain, presence, device, index)),
  ];
}

interface Pair<Device> {
  readonly presence: Presence;
  /** As it runs where it does, else as the next start has it. */
  readonly device: Device;
  readonly later: Device | undefined;
}

/** @param next undefined where there is only one state of things */
function pairs<Device>(
  now: readonly Device[],
  next: readonly Device[] | undefined,
  nameOf: (device: Device) => string,
): readonly Pair<Device>[] {
  if (!next) return now.map((device) => ({ presence: 'both', device, later: undefined }));
  const later = new Map(next.map((device) => [nameOf(device), device]));
  const names = new Set(now.map(nameOf));
  return [
    ...now.map((device): Pair<Device> => {
      const same = later.get(nameOf(device));
      return { presence: same ? 'both' : 'live', device, later: same };
    }),
    ...next
      .filter((device) => !names.has(nameOf(device)))
      .map((device): Pair<Device> => ({ presence: 'next', device, later: undefined })),
  ];
}
