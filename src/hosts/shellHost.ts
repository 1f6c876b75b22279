import type { PlanHost } from '../operations/plan/planHost.ts';
import type { ShellHost } from '../operations/plan/shell.ts';
import type { HostSession } from './hostSession.ts';

/** The host as one gives it to `ssh`: with a port as a URI (OpenSSH 7.7). */
export function shellHostOf({ name, address: { reach } }: Pick<HostSession, 'name' | 'address'>): ShellHost {
  if (reach.kind === 'local') return { name, ssh: undefined };
  const { destination } = reach;
  const hasPort = /(?:\]|^[^:]*):\d+$/.test(destination);
  return { name, ssh: hasPort ? `ssh://${destination}` : destination };
}

/** A connected host as plans work on it. */
export function planHostOf(session: HostSession): PlanHost {
  const { connection, transport } = session.require();
  const { driverUri } = session.address;
  return { name: session.name, connection, transport, shell: shellHostOf(session), driverUri };
}
