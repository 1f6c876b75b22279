import { spawn } from 'node:child_process';
import { createConnection } from 'node:net';
import { Duplex } from 'node:stream';
import type { LibvirtConnection } from '../../../src/libvirt/connection.ts';
import { openConnection, type OpenOptions } from '../../../src/libvirt/openConnection.ts';
import type { LibvirtEvent } from '../../../src/libvirt/protocol/events.ts';
import type { HostUser, LabHost } from '../../../tools/lab/host.ts';
import { eventually } from '../support/eventually.ts';

/** Connects to a host's libvirtd by its socket. */
export async function connectTo(
  host: LabHost,
  options: Partial<OpenOptions> = {},
): Promise<LibvirtConnection> {
  const stream = createConnection(host.socketPath);
  return openConnection(stream, { host: host.name, uri: 'qemu:///system', ...options });
}

/** The byte stream a user of the host has to its libvirtd: standard input and output of a program. */
export function streamAs(host: LabHost, user: HostUser): Duplex {
  const namespaces = ['--mount', '--uts', '--pid', '--net'];
  const { stdin, stdout } = spawn(
    'nsenter',
    [
      ...[`--target=${host.machine.init.pid}`, ...namespaces, '--'],
      ...['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups'],
      ...['nc', '-U', '/run/libvirt/libvirt-sock'],
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  return Duplex.from({ readable: stdout, writable: stdin });
}

/** What a connection reports, as lines such as `domain lifecycle vm1 2 0`. */
export class EventLog {
  readonly lines: string[] = [];

  constructor(connection: LibvirtConnection) {
    connection.onEvent((event) => this.lines.push(lineOf(event)));
  }

  /** Waits until these lines have come, in this order, whatever came in between. */
  async has(...lines: readonly string[]): Promise<void> {
    const isThere = (): boolean => {
      let at = 0;
      return lines.every((line) => (at = this.lines.indexOf(line, at) + 1) > 0);
    };
    await eventually(`these events come: ${lines.join(', ')}`, () => Promise.resolve(isThere()), 10_000);
  }
}

function lineOf(event: LibvirtEvent): string {
  const numbers = 'event' in event ? [event.event, event.detail] : [];
  return [event.object, event.kind, nameOf(event), ...numbers].join(' ');
}

function nameOf(event: LibvirtEvent): string {
  switch (event.object) {
    case 'domain':
      return event.domain.name;
    case 'pool':
      return event.pool.name;
    case 'network':
      return event.network.name;
    case 'nodeDevice':
      return event.device.name;
    case 'secret':
      return event.secret.usageId;
  }
}
