import type { WaitOptions } from '../../base/waiting.ts';
import type { Command, Transport } from '../../transport/transport.ts';

export type PackageManager = 'apt-get' | 'dnf' | 'zypper';

/** The packages that let a host use Ceph, as its distribution calls them. */
export interface CephPackages {
  readonly manager: PackageManager;
  /** Ceph's programs; libvirt's storage driver; QEMU's block driver. */
  readonly names: readonly string[];
}

const storageDriver = 'libvirt-daemon-driver-storage-rbd';
const common = ['ceph-common', storageDriver];

/** By `ID` and `ID_LIKE` of os-release. */
const families: ReadonlyMap<string, CephPackages> = new Map([
  ['debian', { manager: 'apt-get', names: [...common, 'qemu-block-extra'] }],
  ['ubuntu', { manager: 'apt-get', names: [...common, 'qemu-block-extra'] }],
  ['rhel', { manager: 'dnf', names: [...common, 'qemu-kvm-block-rbd'] }],
  ['centos', { manager: 'dnf', names: [...common, 'qemu-kvm-block-rbd'] }],
  ['fedora', { manager: 'dnf', names: [...common, 'qemu-block-rbd'] }],
  ['suse', { manager: 'zypper', names: [...common, 'qemu-block-rbd'] }],
  ['opensuse', { manager: 'zypper', names: [...common, 'qemu-block-rbd'] }],
  ['sles', { manager: 'zypper', names: [...common, 'qemu-block-rbd'] }],
]);

/** @param distributions the distribution, and those that it is like; undefined: none of them is known */
export function cephPackagesOf(distributions: readonly string[]): CephPackages | undefined {
  return distributions.map((name) => families.get(name)).find((found) => found !== undefined);
}

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

/** Whether a package is what libvirt must be restarted for. */
export function isStorageDriver(name: string): boolean {
  return name === storageDriver;
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
