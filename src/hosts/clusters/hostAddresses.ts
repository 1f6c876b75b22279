import type { WaitOptions } from '../../base/waiting.ts';
import type { Command } from '../../transport/transport.ts';
import type { ConnectedHost } from '../hostSession.ts';

/** `hostname -I` leaves out what is of no use to others: loopback and link-local. */
const command: Command = ['sh', '-c', 'hostname -I 2>/dev/null || ip -o address show'];
const timeoutMs = 10_000;

const known = new WeakMap<ConnectedHost, Promise<ReadonlySet<string>>>();

/** The IP addresses of a host, read once a connection. Rejects when it does not tell. */
export function readHostAddresses(
  host: ConnectedHost,
  options: WaitOptions = {},
): Promise<ReadonlySet<string>> {
  const before = known.get(host);
  if (before) return before;
  const reading = host.transport
    .exec(command, { timeoutMs, ...options })
    .then(({ stdout }) => addressesIn(stdout.toString()));
  known.set(host, reading);
  reading.catch(() => known.delete(host));
  return reading;
}

/** The addresses in what `hostname -I` or `ip address` print. */
export function addressesIn(output: string): ReadonlySet<string> {
  return new Set(
    output
      .split(/\s+/)
      .map((word) => word.replace(/\/\d+$/, '').toLowerCase())
      .filter((word) => /^\d+(?:\.\d+){3}$/.test(word) || /^[0-9a-f]*:[0-9a-f:]*:[0-9a-f.]*$/.test(word)),
  );
}

/** The IP address in what Ceph calls a client: `10.0.0.5:0/3245`, `v1:10.0.0.5:0/3245`, `[fd00::1]:0/3245`. */
export function addressOfClient(address: string): string {
  const [, bracketed, plain] = /^(?:(?:v1|v2|any):)?(?:\[([^\]]*)\]|([^:/]*))/.exec(address) ?? [];
  return (bracketed ?? plain ?? address).toLowerCase();
}

export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}
