import type { WaitOptions } from '../../base/waiting.ts';
import type { Command, Transport } from '../../transport/transport.ts';
import type { PackageManager } from './distributions.ts';

/** What of a host decides how packages are installed. */
export interface PackageFacts {
  readonly installed: ReadonlySet<string>;
  /** `root`: commands run as they are. `sudo`: by `sudo -n`. `none`: neither. */
  readonly rights: 'root' | 'sudo' | 'none';
  /** The daemon that has libvirt's storage driver. */
  readonly storageDaemon: 'libvirtd' | 'virtstoraged';
}

const script = [
  'if [ "$(id -u)" = 0 ]; then echo rights root; elif sudo -n true 2>/dev/null; then echo rights sudo; fi',
  'for unit in virtstoraged.socket virtstoraged.service; do',
  '  systemctl is-active --quiet "$unit" 2>/dev/null && echo daemon virtstoraged',
  'done',
  'if command -v dpkg-query >/dev/null 2>&1; then',
  `  dpkg-query --show --showformat='\${db:Status-Status} \${Package}\\n' "$@" 2>/dev/null`,
  'else',
  '  for name in "$@"; do rpm -q --quiet "$name" && echo "installed $name"; done',
  'fi',
  'exit 0',
].join('\n');

const timeoutMs = 30_000;

export async function readPackageFacts(
  transport: Transport,
  names: readonly string[],
  options?: WaitOptions,
): Promise<PackageFacts> {
  const command: Command = ['sh', '-c', script, 'sh', ...names];
  const { stdout } = await transport.exec(command, { timeoutMs, ...options });
  return parsePackageFacts(stdout.toString());
}

export function parsePackageFacts(output: string): PackageFacts {
  const lines = output.split('\n').map((line) => line.split(' '));
  const all = (word: string): readonly string[] =>
    lines.flatMap(([first, value]) => (first === word && value !== undefined ? [value] : []));
  const [rights] = all('rights');
  return {
    installed: new Set(all('installed')),
    rights: rights === 'root' || rights === 'sudo' ? rights : 'none',
    storageDaemon: all('daemon').includes('virtstoraged') ? 'virtstoraged' : 'libvirtd',
  };
}

/** As root types it. */
export function installCommand(manager: PackageManager, names: readonly string[]): readonly string[] {
  return manager === 'zypper'
    ? ['zypper', '--non-interactive', 'install', ...names]
    : [manager, 'install', ...(manager === 'apt-get' ? ['--yes'] : ['-y']), ...names];
}

export function removeCommand(manager: PackageManager, names: readonly string[]): readonly string[] {
  return manager === 'zypper'
    ? ['zypper', '--non-interactive', 'remove', ...names]
    : [manager, 'remove', ...(manager === 'apt-get' ? ['--yes'] : ['-y']), ...names];
}

/** What one types in front of a command that only root may run. */
export function typedAsRoot(rights: PackageFacts['rights'], argv: readonly string[]): readonly string[] {
  return rights === 'root' ? argv : ['sudo', ...argv];
}

/** The same as it runs: `sudo` asks nothing. */
export function rootCommand(rights: PackageFacts['rights'], command: Command): Command {
  return rights === 'sudo' ? ['sudo', '-n', ...command] : command;
}
