import { isWithin, parseIp } from '../../base/ipAddresses.ts';
import { t } from '../../base/l10n.ts';
import type {
  DhcpHost,
  DhcpRange,
  DnsHost,
  NetworkAddress,
  NetworkModel,
} from '../../libvirt/model/network.ts';
import type { NetworkChange } from '../../libvirt/networks.ts';
import { NetworkUpdateCommand, NetworkUpdateSection } from '../../libvirt/protocol/network.ts';
import { libvirtLayout, writeElement, type NewElement } from '../../xml/writer.ts';
import type { PlannedChange } from './changeNetwork.ts';
import { NetworkProblem } from './networkProblem.ts';
import { subnetOfAddress } from './subnets.ts';

const { ipDhcpHost, ipDhcpRange, dnsHost } = NetworkUpdateSection;

/** Whether an entry can have this name, which a DNS server answers for. */
export function isHostName(name: string): boolean {
  return /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(name);
}

/** Keeps an address for a guest: a new entry, or another address or name for the entry of the same MAC. */
export function reserveAddress(host: DhcpHost & { readonly ip: string }): PlannedChange {
  return {
    steps: (model) => {
      const parentIndex = indexFor(model, host.ip);
      const entries = model.addresses[parentIndex]?.hosts ?? [];
      if (entries.some((entry) => isSameHost(entry, host))) return [];
      const other = entries.find((entry) => entry.ip === host.ip && !isSameGuest(entry, host));
      if (other) throw taken(host.ip, other);
      const isKnown = entries.some((entry) => isSameGuest(entry, host));
      const command = isKnown ? NetworkUpdateCommand.modify : NetworkUpdateCommand.addLast;
      return [{ command, section: ipDhcpHost, parentIndex, xml: write(hostElement(host)) }];
    },
    isDone: (model) => hostsOf(model).some((entry) => isSameHost(entry, host)),
  };
}

/** Gives up the entry that keeps an address. */
export function releaseAddress(host: DhcpHost): PlannedChange {
  return {
    steps: (model) => {
      const parentIndex = model.addresses.findIndex(({ hosts }) =>
        hosts.some((entry) => isSameHost(entry, host)),
      );
      if (parentIndex < 0) return [];
      return [
        {
          ...{ command: NetworkUpdateCommand.delete, section: ipDhcpHost, parentIndex },
          xml: write(hostElement(host)),
        },
      ];
    },
    isDone: (model) => !hostsOf(model).some((entry) => isSameHost(entry, host)),
  };
}

/** Which addresses of the `<ip>` with this address DHCP gives out; none: only those that are kept for guests. */
export function setDhcpRanges(address: string, ranges: readonly DhcpRange[]): PlannedChange {
  const ipOf = ({ addresses }: NetworkModel): number => addresses.findIndex((one) => one.address === address);
  return {
    steps: (model) => {
      const parentIndex = ipOf(model);
      const before = model.addresses[parentIndex]?.ranges ?? [];
      const step = (command: number, range: DhcpRange): NetworkChange => ({
        ...{ command, section: ipDhcpRange, parentIndex },
        xml: write({ name: 'range', attributes: { start: range.start, end: range.end } }),
      });
      // First the new ones: if libvirt refuses one, nothing is lost.
      return [
        ...without(ranges, before).map((range) => step(NetworkUpdateCommand.addLast, range)),
        ...without(before, ranges).map((range) => step(NetworkUpdateCommand.delete, range)),
      ];
    },
    isDone: (model) => {
      const now = model.addresses[ipOf(model)]?.ranges ?? [];
      return without(now, ranges).length === 0 && without(ranges, now).length === 0;
    },
  };
}

/** Has the network's DNS server answer for names. */
export function addDnsHost(host: DnsHost): PlannedChange {
  return {
    steps: (model) => (hasDnsHost(model, host) ? [] : [dnsStep(NetworkUpdateCommand.addLast, host)]),
    isDone: (model) => hasDnsHost(model, host),
  };
}

export function removeDnsHost(host: DnsHost): PlannedChange {
  return {
    steps: (model) => (hasDnsHost(model, host) ? [dnsStep(NetworkUpdateCommand.delete, host)] : []),
    isDone: (model) => !hasDnsHost(model, host),
  };
}

/** The `<ip>` of the network that an address belongs to; libvirt gives addresses in one of each family alone. */
export function addressFor(model: NetworkModel, ip: string): NetworkAddress | undefined {
  const parsed = parseIp(ip);
  return model.addresses.find((address) => {
    const subnet = subnetOfAddress(address);
    return parsed && subnet && isWithin(parsed, subnet);
  });
}

function indexFor(model: NetworkModel, ip: string): number {
  const address = addressFor(model, ip);
  if (!address) {
    throw new NetworkProblem('not-possible', t('{0} is not in a subnet of the network {1}.', ip, model.name));
  }
  return model.addresses.indexOf(address);
}

function hostsOf({ addresses }: NetworkModel): readonly DhcpHost[] {
  return addresses.flatMap(({ hosts }) => hosts);
}

function isSameHost(a: DhcpHost, b: DhcpHost): boolean {
  return isSameGuest(a, b) && a.ip === b.ip && a.name === b.name;
}

/** Whether two entries are for the same guest: by MAC, or where IPv6 has none, by id or name. */
function isSameGuest(a: DhcpHost, b: DhcpHost): boolean {
  if (a.mac !== undefined || b.mac !== undefined) return a.mac?.toLowerCase() === b.mac?.toLowerCase();
  return a.id !== undefined || b.id !== undefined ? a.id === b.id : a.name === b.name;
}

function taken(ip: string, { mac, name, id }: DhcpHost): NetworkProblem {
  return new NetworkProblem('not-possible', t('{0} is kept for {1} already.', ip, name ?? mac ?? id ?? ''), {
    advice: t('Choose another address, or remove that entry first.'),
  });
}

function without(ranges: readonly DhcpRange[], others: readonly DhcpRange[]): readonly DhcpRange[] {
  return ranges.filter(
    ({ start, end }) => !others.some((other) => other.start === start && other.end === end),
  );
}

function hasDnsHost({ dnsHosts }: NetworkModel, { ip, names }: DnsHost): boolean {
  return dnsHosts.some((host) => host.ip === ip && host.names.join() === names.join());
}

function dnsStep(command: number, { ip, names }: DnsHost): NetworkChange {
  const children = names.map((text): NewElement => ({ name: 'hostname', text }));
  const xml = write({ name: 'host', attributes: { ip }, children });
  return { command, section: dnsHost, parentIndex: -1, xml };
}

function hostElement({ mac, id, name, ip }: DhcpHost): NewElement {
  return { name: 'host', attributes: { mac, id, name, ip } };
}

function write(element: NewElement): string {
  return writeElement(element, { ...libvirtLayout, eol: '', unit: '' });
}
