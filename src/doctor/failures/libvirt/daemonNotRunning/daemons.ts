import { t } from '../../../../base/l10n.ts';
import type { WaitOptions } from '../../../../base/waiting.ts';
import type { Transport } from '../../../../transport/transport.ts';

/** The parts of a libvirt that is split into daemons, in the order of what a storage user misses most. */
export const partDaemons = [
  'virtqemud',
  'virtstoraged',
  'virtsecretd',
  'virtnetworkd',
  'virtnodedevd',
  'virtnwfilterd',
  'virtinterfaced',
] as const;

export type PartDaemon = (typeof partDaemons)[number];

/** What libvirt cannot do without a daemon. */
export function missedWithout(daemon: string): string {
  switch (daemon) {
    case 'virtstoraged':
      return t('No pools and volumes are there; disks that name them do not start.');
    case 'virtsecretd':
      return t('No secrets are there: disks on Ceph that log in, and encrypted disks, do not start.');
    case 'virtnetworkd':
      return t('No networks are there; domains that are plugged into one do not start.');
    case 'virtnodedevd':
      return t('The devices of the host cannot be listed or passed through.');
    case 'virtnwfilterd':
      return t('Domains whose cards have a filter do not start.');
    case 'virtinterfaced':
      return t('The network interfaces of the host cannot be listed.');
    default:
      return t('Nothing can be asked of libvirt. Domains that run go on running.');
  }
}

/** The daemon behind a socket: `/run/libvirt/virtstoraged-sock`. undefined for what is none of libvirt's. */
export function daemonOfSocket(path: string): string | undefined {
  const name = /(?:^|\/)(virt\w+d|libvirt)-(?:sock|admin-sock)(?:-ro)?$/.exec(path)?.[1];
  return name === 'libvirt' ? 'libvirtd' : name;
}

/** What is behind `no connection driver available for`. */
export function daemonOfDriver(driver: string): string | undefined {
  const word = driver.replace(/:.*$/, '');
  const parts: Readonly<Record<string, PartDaemon>> = {
    storage: 'virtstoraged',
    secret: 'virtsecretd',
    network: 'virtnetworkd',
    nodedev: 'virtnodedevd',
    nwfilter: 'virtnwfilterd',
    interface: 'virtinterfaced',
    qemu: 'virtqemud',
  };
  return parts[word];
}

/** One daemon of a host, as systemd and the file system tell. */
export interface DaemonOnHost {
  readonly name: string;
  readonly isInstalled: boolean;
  /** Somebody listens for it, be it systemd. */
  readonly hasSocket: boolean;
  /** What `systemctl is-enabled` says of its socket unit: `enabled`, `disabled`, `masked`; '' where nobody knows. */
  readonly enabled: string;
  /** The same of the service itself. */
  readonly service: string;
}

/** Prints a line a daemon: name, installed, socket, and what systemd says of both units. */
const script = `
for d in "$@"; do
  i=no; for p in /usr/sbin /usr/bin /usr/local/sbin; do [ -x "$p/$d" ] && i=yes; done
  s=no; n=$d; [ "$d" = libvirtd ] && n=libvirt; [ -S "/run/libvirt/$n-sock" ] && s=yes
  e=$(systemctl is-enabled "$d.socket" 2>/dev/null | head -n 1); v=$(systemctl is-enabled "$d.service" 2>/dev/null | head -n 1)
  echo "$d $i $s \${e:--} \${v:--}"
done
exit 0`;

export async function readDaemons(transport: Transport, wait: WaitOptions): Promise<readonly DaemonOnHost[]> {
  const command = ['sh', '-c', script, 'sh', 'libvirtd', ...partDaemons] as const;
  const { stdout } = await transport.exec(command, wait);
  return parseDaemons(stdout.toString());
}

export function parseDaemons(output: string): readonly DaemonOnHost[] {
  return output
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', installed, socket, enabled = '-', service = '-'] = line.split(' ');
      return {
        name,
        isInstalled: installed === 'yes',
        hasSocket: socket === 'yes',
        enabled: enabled === '-' ? '' : enabled,
        service: service === '-' ? '' : service,
      };
    });
}

/** What a storage user needs beside virtqemud; the other parts may be switched off on purpose. */
const neededParts: ReadonlySet<string> = new Set<PartDaemon>(['virtstoraged', 'virtsecretd', 'virtnetworkd']);

/**
 * The parts that are missing where libvirt is split into daemons: those that are installed and that nobody listens for.
 * libvirtd has all parts itself. Its socket alone says nothing, as beside virtqemud it is that of virtproxyd.
 */
export function silentParts(daemons: readonly DaemonOnHost[]): readonly DaemonOnHost[] {
  const of = (name: string): DaemonOnHost | undefined => daemons.find((one) => one.name === name);
  if (of('virtqemud')?.hasSocket !== true || of('libvirtd')?.enabled === 'enabled') return [];
  return daemons.filter(
    ({ name, isInstalled, hasSocket }) => neededParts.has(name) && isInstalled && !hasSocket,
  );
}
