import { Problem } from '../../base/errors.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { parseCephVersion } from '../../ceph/versions.ts';
import type { HostSession } from '../hostSession.ts';

/** What a host has to reach a cluster with. */
export interface ClientHost {
  /** The name of the host. */
  readonly host: string;
  /** The version of the library that QEMU and libvirt open images with; undefined where it cannot be found out. */
  readonly librbd: string | undefined;
  /** Running programs, domains above all, that still use a librbd which has been replaced by another since. */
  readonly withReplacedLibrary: number;
  /** Why the host could not be asked. */
  readonly failure: string | undefined;
}

/** The package is asked first: `rbd` may be missing, or be a container's. */
const script = `
if command -v dpkg-query >/dev/null 2>&1; then dpkg-query -W -f 'package \${Version}\\n' librbd1 2>/dev/null
elif command -v rpm >/dev/null 2>&1; then rpm -q --qf 'package %{VERSION}\\n' librbd1 2>/dev/null; fi
rbd --version 2>/dev/null
echo "replaced $(grep -l 'librbd\\.so.*(deleted)' /proc/[0-9]*/maps 2>/dev/null | wc -l)"
exit 0`;

const timeoutMs = 15_000;

/** Asks each of the hosts by one command, all at the same time. One that does not answer holds up no other for long. */
export async function readClientHosts(
  sessions: readonly HostSession[],
  options: WaitOptions = {},
): Promise<readonly ClientHost[]> {
  return Promise.all(
    sessions.flatMap((session) => (session.connected ? [readClientHost(session, options)] : [])),
  );
}

async function readClientHost(session: HostSession, options: WaitOptions): Promise<ClientHost> {
  const host = session.name;
  try {
    const { transport } = session.require();
    const { stdout } = await transport.exec(['sh', '-c', script], { timeoutMs, ...options });
    return { host, ...parseLibraries(stdout.toString()), failure: undefined };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { host, librbd: undefined, withReplacedLibrary: 0, failure: error.message };
  }
}

/** What the script prints. */
export function parseLibraries(output: string): Pick<ClientHost, 'librbd' | 'withReplacedLibrary'> {
  const packaged = /^package (?:\d+:)?(\d+\.\d+\.\d+)/m.exec(output)?.[1];
  const program = /^ceph version .*$/m.exec(output)?.[0];
  return {
    librbd: packaged ?? (program === undefined ? undefined : parseCephVersion(program).version),
    withReplacedLibrary: Number(/^replaced (\d+)/m.exec(output)?.[1] ?? 0),
  };
}
