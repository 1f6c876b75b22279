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

/** A connected host as plans work on it: by the connection that there is when something is done or undone. */
export function planHostOf(session: HostSession): PlanHost {
  session.require();
  return {
    name: session.name,
    shell: shellHostOf(session),
    driverUri: session.address.driverUri,
    get connection() {
      return session.require().connection;
    },
    get transport() {
      return session.require().transport;
    },
  };
}
