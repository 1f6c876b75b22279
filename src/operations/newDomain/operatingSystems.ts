import { t } from '../../base/l10n.ts';

export type Firmware = 'bios' | 'uefi' | 'secure-boot';

/** How an installer is started from its kernel, with the packages coming by network: see installTree.ts. */
export type InstallerFamily = 'debian' | 'anaconda';

/** What an operating system wants of its virtual machine. Sizes in bytes. */
export interface OperatingSystem {
  /** libosinfo's id, in the domain's metadata; undefined for what libosinfo does not know. */
  readonly osinfoId: string | undefined;
  readonly name: string;
  readonly family: 'linux' | 'windows' | 'bsd' | 'other';
  /** With less it does not install. */
  readonly minimumMemory: number;
  readonly memory: number;
  readonly cpus: number;
  readonly disk: number;
  /** Whether its installer brings drivers for virtio disks and network cards. */
  readonly hasVirtio: boolean;
  /** The first that the host offers. */
  readonly firmware: readonly Firmware[];
  /** Whether it asks for a TPM 2.0. */
  readonly wantsTpm: boolean;
  readonly installer?: InstallerFamily;
  /** A tree that its installer can be started from, as an example. */
  readonly tree?: string;
}

const mib = 1024 ** 2;
const gib = 1024 ** 3;

type Given = Pick<OperatingSystem, 'osinfoId' | 'name'> & Partial<OperatingSystem>;

const linux = (given: Given): OperatingSystem => ({
  family: 'linux',
  minimumMemory: 512 * mib,
  memory: 2 * gib,
  cpus: 2,
  disk: 20 * gib,
  hasVirtio: true,
  firmware: ['bios', 'uefi'],
  wantsTpm: false,
  ...given,
});

const redHat = (given: Given): OperatingSystem =>
  linux({ minimumMemory: 1536 * mib, memory: 4 * gib, installer: 'anaconda', ...given });

const windows = (given: Given): OperatingSystem => ({
  family: 'windows',
  minimumMemory: 2 * gib,
  memory: 4 * gib,
  cpus: 2,
  disk: 64 * gib,
  hasVirtio: false,
  firmware: ['uefi', 'bios'],
  wantsTpm: false,
  ...given,
});

const windowsWithTpm = (given: Given): OperatingSystem =>
  windows({ firmware: ['secure-boot', 'uefi', 'bios'], wantsTpm: true, ...given });

/** The usual ones. The last two stand for all others. */
export function operatingSystems(): readonly OperatingSystem[] {
  return [
    linux({
      osinfoId: 'http://debian.org/debian/13',
      name: 'Debian 13',
      installer: 'debian',
      tree: 'https://deb.debian.org/debian/dists/trixie/main/installer-amd64/',
    }),
    linux({
      osinfoId: 'http://debian.org/debian/12',
      name: 'Debian 12',
      installer: 'debian',
      tree: 'https://deb.debian.org/debian/dists/bookworm/main/installer-amd64/',
    }),
    linux({
      osinfoId: 'http://ubuntu.com/ubuntu/24.04',
      name: 'Ubuntu 24.04 LTS',
      minimumMemory: gib,
      disk: 25 * gib,
    }),
    linux({
      osinfoId: 'http://ubuntu.com/ubuntu/22.04',
      name: 'Ubuntu 22.04 LTS',
      minimumMemory: gib,
      disk: 25 * gib,
    }),
    redHat({ osinfoId: 'http://redhat.com/rhel/10.0', name: 'Red Hat Enterprise Linux 10' }),
    redHat({ osinfoId: 'http://redhat.com/rhel/9.0', name: 'Red Hat Enterprise Linux 9' }),
    redHat({
      osinfoId: 'http://almalinux.org/almalinux/10',
      name: 'AlmaLinux 10',
      tree: 'https://repo.almalinux.org/almalinux/10/BaseOS/x86_64/os/',
    }),
    redHat({
      osinfoId: 'http://almalinux.org/almalinux/9',
      name: 'AlmaLinux 9',
      tree: 'https://repo.almalinux.org/almalinux/9/BaseOS/x86_64/os/',
    }),
    redHat({
      osinfoId: 'http://rockylinux.org/rocky/10',
      name: 'Rocky Linux 10',
      tree: 'https://dl.rockylinux.org/pub/rocky/10/BaseOS/x86_64/os/',
    }),
    redHat({
      osinfoId: 'http://rockylinux.org/rocky/9',
      name: 'Rocky Linux 9',
      tree: 'https://dl.rockylinux.org/pub/rocky/9/BaseOS/x86_64/os/',
    }),
    redHat({
      osinfoId: 'http://centos.org/centos-stream/9',
      name: 'CentOS Stream 9',
      tree: 'https://mirror.stream.centos.org/9-stream/BaseOS/x86_64/os/',
    }),
    redHat({
      osinfoId: 'http://fedoraproject.org/fedora/42',
      name: 'Fedora 42',
      tree: 'https://download.fedoraproject.org/pub/fedora/linux/releases/42/Server/x86_64/os/',
    }),
    linux({
      osinfoId: 'http://opensuse.org/opensuse/15.6',
      name: 'openSUSE Leap 15.6',
      minimumMemory: gib,
      disk: 40 * gib,
    }),
    linux({
      osinfoId: 'http://opensuse.org/opensuse/tumbleweed',
      name: 'openSUSE Tumbleweed',
      minimumMemory: gib,
      disk: 40 * gib,
    }),
    windowsWithTpm({ osinfoId: 'http://microsoft.com/win/2k25', name: 'Windows Server 2025' }),
    windows({ osinfoId: 'http://microsoft.com/win/2k22', name: 'Windows Server 2022' }),
    windows({ osinfoId: 'http://microsoft.com/win/2k19', name: 'Windows Server 2019' }),
    windowsWithTpm({
      osinfoId: 'http://microsoft.com/win/11',
      name: 'Windows 11',
      minimumMemory: 4 * gib,
      memory: 8 * gib,
    }),
    windows({ osinfoId: 'http://microsoft.com/win/10', name: 'Windows 10' }),
    linux({
      osinfoId: 'http://freebsd.org/freebsd/14.0',
      name: 'FreeBSD 14',
      family: 'bsd',
      minimumMemory: 256 * mib,
    }),
    linux({ osinfoId: 'http://libosinfo.org/linux/2022', name: t('Another Linux'), minimumMemory: 64 * mib }),
    linux({
      osinfoId: undefined,
      name: t('Another operating system'),
      family: 'other',
      minimumMemory: 16 * mib,
      hasVirtio: false,
    }),
  ];
}
