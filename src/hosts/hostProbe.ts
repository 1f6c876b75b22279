import type { WaitOptions } from '../base/waiting.ts';
import type { Transport } from '../transport/transport.ts';
import type { HostAddress } from './hostAddress.ts';

/** What one look at a host tells about how libvirt can be reached on it. */
export interface HostProbe {
  readonly user: string;
  readonly groups: readonly string[];
  /** $XDG_RUNTIME_DIR, or what it would be, when that folder exists. */
  readonly runtimeDirectory: string | undefined;
  readonly sockets: readonly { readonly path: string; readonly writable: boolean; readonly owner: string }[];
  /** Programs that can reach a socket in sshd's place, those of them that are installed. */
  readonly helpers: readonly ('virt-ssh-helper' | 'nc')[];
  /** The libvirt daemons that are installed, running or not. */
  readonly daemons: readonly ('libvirtd' | 'virtqemud')[];
  /** ID and ID_LIKE of os-release: `ubuntu`, `debian`. */
  readonly distributions: readonly string[];
}

/** Prints one fact a line, `word value`. Only POSIX sh and coreutils; standard error is not read. */
const script = `
echo "user $(id -un)"
[ -r /etc/os-release ] && (. /etc/os-release; echo "os $ID $ID_LIKE")
echo "groups $(id -Gn)"
run=\${XDG_RUNTIME_DIR:-/run/user/$(id -u)}
[ -d "$run" ] && echo "runtime $run"
for s in "$@" "$run"/libvirt/virtqemud-sock "$run"/libvirt/libvirt-sock; do
  [ -S "$s" ] || continue
  if [ -w "$s" ]; then w=yes; else w=no; fi
  echo "socket $w $(stat -c %U:%G "$s") $s"
done
for p in virt-ssh-helper nc; do command -v $p >/dev/null 2>&1 && echo "helper $p"; done
for p in libvirtd virtqemud; do
  for d in /usr/sbin /usr/bin /usr/local/sbin; do [ -x $d/$p ] && echo "daemon $p"; done
done
exit 0`;

export async function probeHost(
  transport: Transport,
  address: HostAddress,
  options: WaitOptions,
): Promise<HostProbe> {
  const system = [
    ...(address.socket === undefined ? [] : [address.socket]),
    '/run/libvirt/virtqemud-sock',
    '/run/libvirt/libvirt-sock',
  ];
  const { stdout } = await transport.exec(['sh', '-c', script, 'sh', ...system], options);
  return parseProbe(stdout.toString());
}

export function parseProbe(output: string): HostProbe {
  const facts = output.split('\n').map((line) => {
    const space = line.indexOf(' ');
    return [line.slice(0, space), line.slice(space + 1)] as const;
  });
  const all = (word: string): string[] => facts.filter(([name]) => name === word).map(([, value]) => value);
  return {
    user: all('user')[0] ?? '',
    groups: all('groups')[0]?.split(' ') ?? [],
    runtimeDirectory: all('runtime')[0],
    sockets: all('socket').map((value) => {
      const [writable, owner = '', ...path] = value.split(' ');
      return { path: path.join(' '), writable: writable === 'yes', owner };
    }),
    helpers: all('helper').filter((name) => name === 'virt-ssh-helper' || name === 'nc'),
    daemons: [...new Set(all('daemon').filter((name) => name === 'libvirtd' || name === 'virtqemud'))],
    distributions: all('os').flatMap((names) => names.split(' ').filter((name) => name !== '')),
  };
}
