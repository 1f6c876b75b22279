import { createHash } from 'node:crypto';
import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { runCommand } from './commands.ts';
import { cacheFolder, exists } from './files.ts';

/** Drivers the guest needs, in the order they load. What is missing is built into the kernel. */
const drivers = [
  ...['virtio_ring', 'virtio', 'virtio_pci_legacy_dev', 'virtio_pci_modern_dev', 'virtio_pci', 'virtio_blk'],
  ...['failover', 'net_failover', 'virtio_net', 'af_packet', 'virtio_balloon', 'evdev', 'button'],
  'virtio_console',
];

/** The file system that the guest puts on an empty second disk: small, and with a journal as production has it. */
const dataFileSystem = { sizeMiB: 8, options: ['-q', '-t', 'ext4', '-J', 'size=1', '-L', 'data'] };

const powerButton = '#!/bin/sh\npoweroff -f\n';

const dhcp = `#!/bin/sh
[ "$1" = bound ] || exit 0
ip addr add "$ip/$mask" dev "$interface"
[ -z "$router" ] || ip route add default via "$router"
`;

const bootMenu = `serial 0 115200
prompt 0
timeout 1
default linux
label linux
 kernel /vmlinuz
 append initrd=/initrd.gz console=ttyS0 quiet panic=-1
`;

/**
 * The path of a disk image of 20 MiB that boots a small Linux: the distribution's kernel, busybox and QEMU's guest
 * agent, taken from its packages without installing them. Made once and kept in the cache folder.
 */
export async function guestImage(log: (line: string) => void = () => undefined): Promise<string> {
  const recipe = createHash('sha256');
  for (const file of ['guest.ts', 'guest-init.sh'])
    recipe.update(await readFile(join(import.meta.dirname, file)));
  const image = join(cacheFolder, `guest-${recipe.digest('hex').slice(0, 12)}.img`);
  if (await exists(image)) return image;
  log('Building the disk image of the guest.');
  await mkdir(cacheFolder, { recursive: true });
  const work = await mkdtemp(join(cacheFolder, 'guest-'));
  try {
    const files = await unpackPackages(work);
    await makeInitialRoot(work, files);
    await makeImage(work, files);
    await rename(join(work, 'boot.img'), image);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return image;
}

/** Files of the unpacked packages, by the parts that are used. */
interface PackageFiles {
  readonly kernel: string;
  readonly busybox: string;
  readonly guestAgent: string;
  readonly isolinux: string;
  readonly biosModules: string;
  readonly drivers: ReadonlyMap<string, string>;
}

async function unpackPackages(work: string): Promise<PackageFiles> {
  const kernel = await kernelPackage();
  const version = kernel.replace('linux-image-', '');
  // Ubuntu packs the drivers apart from the kernel.
  const modules = (await isPackage(`linux-modules-${version}`)) ? [`linux-modules-${version}`] : [];
  const debs = join(work, 'debs');
  const root = join(work, 'packages');
  await mkdir(debs);
  const others = ['busybox-static', 'qemu-guest-agent', 'isolinux', 'syslinux-common'];
  await runCommand(['apt-get', '--quiet', 'download', kernel, ...modules, ...others], { cwd: debs });
  for (const deb of await readdir(debs)) await runCommand(['dpkg-deb', '--extract', join(debs, deb), root]);
  const paths = (await readdir(root, { recursive: true })).map((path) => join(root, path));
  const find = (name: RegExp): string => {
    const path = paths.find((candidate) => name.test(candidate));
    if (path === undefined) throw new Error(`The packages for the guest hold no file ${name.source}.`);
    return path;
  };
  return {
    kernel: find(/\/boot\/vmlinuz-/),
    busybox: find(/\/bin\/busybox$/),
    guestAgent: find(/\/s?bin\/qemu-ga$/),
    isolinux: join(root, 'usr/lib/ISOLINUX'),
    biosModules: join(root, 'usr/lib/syslinux/modules/bios'),
    drivers: new Map(
      paths
        .filter((path) => /\.ko(\.xz|\.zst)?$/.test(path))
        .map((path) => [basename(path).replace(/\.ko.*$/, ''), path]),
    ),
  };
}

/** The package that the distribution's kernel for virtual machines stands for at present. */
async function kernelPackage(): Promise<string> {
  for (const meta of ['linux-image-cloud-amd64', 'linux-image-virtual']) {
    if (!(await isPackage(meta))) continue;
    const depends = await runCommand(['apt-cache', 'depends', meta]);
    const name = /Depends: (linux-image-\d\S*)/.exec(depends)?.[1];
    if (name !== undefined) return name;
  }
  throw new Error('The package sources of this system offer no kernel for virtual machines.');
}

async function isPackage(name: string): Promise<boolean> {
  return (await runCommand(['apt-cache', 'search', '--names-only', `^${name}$`])) !== '';
}

async function makeInitialRoot(work: string, files: PackageFiles): Promise<void> {
  const root = join(work, 'initial-root');
  for (const folder of ['bin', 'data', 'dev', 'etc/acpi/PWRF', 'lib/modules', 'mnt', 'proc', 'sys', 'tmp']) {
    await mkdir(join(root, folder), { recursive: true });
  }
  await copyFile(files.busybox, join(root, 'bin/busybox'));
  for (const applet of (await runCommand([files.busybox, '--list'])).trim().split('\n')) {
    if (applet !== 'busybox') await symlink('busybox', join(root, 'bin', applet));
  }
  await copyWithLibraries(files.guestAgent, join(root, 'bin/qemu-ga'), root);
  await makeDataFileSystem(work, root);
  const present = drivers.filter((name) => files.drivers.has(name));
  for (const name of present) await copyDriver(files.drivers.get(name) ?? '', join(root, 'lib/modules'));
  await writeFile(join(root, 'lib/modules/order'), present.map((name) => `${name}\n`).join(''));
  await writeScript(join(root, 'etc/acpi/PWRF/00000080'), powerButton);
  await writeScript(join(root, 'etc/dhcp.sh'), dhcp);
  await writeScript(join(root, 'init'), await readFile(join(import.meta.dirname, 'guest-init.sh'), 'utf8'));
  await runCommand(
    [
      'sh',
      '-c',
      'find . | "$1" cpio -o -H newc | gzip -1 >"$2"',
      'sh',
      files.busybox,
      join(work, 'initrd.gz'),
    ],
    { cwd: root },
  );
}

/** Copies a program, and the libraries it needs to where it looks for them. This system has them: QEMU needs them too. */
async function copyWithLibraries(program: string, copy: string, root: string): Promise<void> {
  await copyFile(program, copy);
  await chmod(copy, 0o755);
  const listed = await runCommand(['ldd', program]);
  for (const [, path = ''] of listed.matchAll(/(?:^|=>)\s*(\/\S+) \(/gm)) {
    await mkdir(join(root, dirname(path)), { recursive: true });
    await copyFile(path, join(root, path));
  }
}

async function makeDataFileSystem(work: string, root: string): Promise<void> {
  const image = join(work, 'data.img');
  const { sizeMiB, options } = dataFileSystem;
  await runCommand(['mke2fs', ...options, image, `${sizeMiB}M`]);
  await runCommand(['sh', '-c', 'gzip -9 <"$1" >"$2"', 'sh', image, join(root, 'lib/data.img.gz')]);
}

/** Copies a driver into a folder, as the kernel's plain file. */
async function copyDriver(path: string, folder: string): Promise<void> {
  const copy = join(folder, basename(path));
  await copyFile(path, copy);
  if (copy.endsWith('.xz')) await runCommand(['xz', '--decompress', copy]);
  if (copy.endsWith('.zst')) await runCommand(['zstd', '--quiet', '--decompress', '--rm', copy]);
}

async function writeScript(path: string, content: string): Promise<void> {
  await writeFile(path, content);
  await chmod(path, 0o755);
}

/** A CD image that a BIOS also boots as a disk. */
async function makeImage(work: string, files: PackageFiles): Promise<void> {
  const disc = join(work, 'disc');
  const loader = join(disc, 'isolinux');
  await mkdir(loader, { recursive: true });
  await copyFile(join(files.isolinux, 'isolinux.bin'), join(loader, 'isolinux.bin'));
  await copyFile(join(files.biosModules, 'ldlinux.c32'), join(loader, 'ldlinux.c32'));
  await copyFile(files.kernel, join(disc, 'vmlinuz'));
  await copyFile(join(work, 'initrd.gz'), join(disc, 'initrd.gz'));
  await writeFile(join(loader, 'isolinux.cfg'), bootMenu);
  await runCommand([
    ...['xorriso', '-as', 'mkisofs', '-quiet', '-V', 'GUEST', '-o', join(work, 'boot.img')],
    ...['-isohybrid-mbr', join(files.isolinux, 'isohdpfx.bin')],
    ...['-b', 'isolinux/isolinux.bin', '-c', 'isolinux/boot.cat', '-no-emul-boot', '-boot-load-size', '4'],
    ...['-boot-info-table', disc],
  ]);
}
