import { parseIp } from '../../base/ipAddresses.ts';
import type { DhcpHost, NetworkModel } from '../../libvirt/model/network.ts';
import type { DhcpLease } from '../../libvirt/networks.ts';

/** Who has an address of a network, or would be given it. */
export interface NetworkClient {
  readonly ip: string;
  readonly family: 'ipv4' | 'ipv6';
  /** As the guest says, or as it is kept; in lower case. */
  readonly mac: string | undefined;
  readonly hostname: string | undefined;
  readonly clientId: string | undefined;
  /** Seconds since 1970; 0 never ends; undefined where the address is not in use now. */
  readonly leaseEnds: number | undefined;
  /** The entry that keeps an address for this guest. */
  readonly reservation: DhcpHost | undefined;
}

/**
 * The addresses that are in use and those that are kept, in their order. Libvirt's own list has leases that have ended
 * until the guest's next request; they are in it.
 */
export function networkClients(
  leases: readonly DhcpLease[],
  { addresses }: Pick<NetworkModel, 'addresses'>,
): readonly NetworkClient[] {
  const hosts = addresses.flatMap(({ hosts: entries, family }) =>
    entries.map((entry) => ({ entry, family })),
  );
  const leased = leases.map((lease): NetworkClient => {
    const mac = lease.mac?.toLowerCase();
    return {
      ip: lease.address,
      family: lease.type === 1 ? 'ipv6' : 'ipv4',
      mac,
      hostname: lease.hostname,
      clientId: lease.clientId,
      leaseEnds: Number(lease.expiryTime),
      reservation: hosts.find(({ entry, family }) =>
        family === 'ipv4'
          ? lease.type === 0 && mac !== undefined && entry.mac?.toLowerCase() === mac
          : lease.type === 1 && entry.ip === lease.address,
      )?.entry,
    };
  });
  const inUse = new Set(leased.map(({ reservation }) => reservation));
  const kept = hosts
    .filter(({ entry }) => entry.ip !== undefined && !inUse.has(entry))
    .map(({ entry, family }): NetworkClient => ({
      ip: entry.ip ?? '',
      family,
      mac: entry.mac?.toLowerCase(),
      hostname: entry.name,
      clientId: entry.id,
      leaseEnds: undefined,
      reservation: entry,
    }));
  return [...leased, ...kept].sort((a, b) => compareIps(a.ip, b.ip));
}

function compareIps(a: string, b: string): number {
  const [left, right] = [parseIp(a), parseIp(b)];
  if (left?.family !== right?.family || !left || !right) return (left?.family ?? 9) - (right?.family ?? 9);
  return left.number < right.number ? -1 : Number(left.number > right.number);
}
