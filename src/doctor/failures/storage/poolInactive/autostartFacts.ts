import type { WaitOptions } from '../../../../base/waiting.ts';
import type { Transport } from '../../../../transport/transport.ts';

/** What a host tells of libvirt's start of storage pools. Times are as its clock shows them. */
export interface AutostartFacts {
  /** Since when the daemon with the storage runs. */
  readonly daemonSince: HostTime | undefined;
  /** When pools were started by themselves: once a boot. */
  readonly autostartedAt: HostTime | undefined;
  /** By name: why libvirt could not start a pool when it did so last. */
  readonly failures: ReadonlyMap<string, string>;
}

export interface HostTime {
  /** Seconds since 1970. */
  readonly seconds: number;
  readonly text: string;
}

/** Prints one fact a line; where root's files are not for this user, by sudo if that asks nothing. */
const script = `
if [ "$(id -u)" != 0 ] && [ -z "\${AS_ROOT:-}" ] && sudo -n true 2>/dev/null; then
  exec sudo -n env AS_ROOT=1 sh -c "$0"
fi
at() { echo "$1 $(stat -c %Y "$2") $(date -d "@$(stat -c %Y "$2")" '+%F %T')"; }
[ -e /run/libvirt/storage/driver.pid ] && at daemon /run/libvirt/storage/driver.pid
[ -e /run/libvirt/storage/autostarted ] && at autostarted /run/libvirt/storage/autostarted
{
  timeout 8 journalctl --quiet --boot --output=cat --unit=libvirtd --unit=virtstoraged 2>/dev/null
  tail -c 1000000 /var/log/libvirt/libvirtd.log 2>/dev/null
} | grep -F 'Failed to autostart storage pool' | tail -n 50
exit 0`;

export async function readAutostartFacts(
  transport: Transport,
  options?: WaitOptions,
): Promise<AutostartFacts> {
  const { stdout } = await transport.exec(['sh', '-c', script], options);
  return parseAutostartFacts(stdout.toString());
}

export function parseAutostartFacts(output: string): AutostartFacts {
  const lines = output.split('\n');
  const time = (word: string): HostTime | undefined => {
    for (const line of lines) {
      const [, fact, seconds, text = ''] = timeLine.exec(line) ?? [];
      if (fact === word) return { seconds: Number(seconds), text };
    }
    return undefined;
  };
  const failures = lines.flatMap((line) => {
    const [, name, reason] = autostartFailure.exec(line) ?? [];
    return name === undefined || reason === undefined ? [] : [[name, reason] as const];
  });
  return { daemonSince: time('daemon'), autostartedAt: time('autostarted'), failures: new Map(failures) };
}

const timeLine = /^(daemon|autostarted) (\d+) (.+)$/;

/** As libvirt writes it into its log. */
export const autostartFailure = /Failed to autostart storage pool '(.+?)': (.*)/;

/** The daemon may take so long from its start until it starts pools. */
const slackSeconds = 10;

/** Whether the daemon was restarted after it had started pools by itself. */
export function wasRestarted({ daemonSince, autostartedAt }: AutostartFacts): boolean {
  return (
    daemonSince !== undefined &&
    autostartedAt !== undefined &&
    daemonSince.seconds > autostartedAt.seconds + slackSeconds
  );
}
