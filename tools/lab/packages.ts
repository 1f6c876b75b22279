import { mkdir, mkdtemp, readdir, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureAptPackages, missingPackages } from '../apt.ts';
import { runCommand } from './commands.ts';
import { cacheFolder, exists } from './files.ts';

/** Names that Debian 12 and 13 and Ubuntu 22.04 and 24.04 share. */
const packages = [
  ...['ceph-mon', 'ceph-mgr', 'ceph-mgr-modules-core', 'ceph-osd', 'ceph-common'],
  ...[
    'libvirt-daemon-system',
    'libvirt-clients',
    'libvirt-daemon-driver-qemu',
    'libvirt-daemon-driver-storage-rbd',
  ],
  ...['qemu-system-x86', 'qemu-utils', 'qemu-block-extra'],
  ...['openssh-server', 'openssh-client', 'netcat-openbsd', 'socat'],
  ...['iproute2', 'iptables', 'dnsmasq-base', 'xorriso', 'xz-utils', 'zstd'],
];

const startPolicy = '/usr/sbin/policy-rc.d';

/** Installs what the lab needs and is missing. Nothing that comes with a package is started. */
export async function ensureLabPackages(log: (line: string) => void): Promise<void> {
  if ((await missingPackages(packages)).length === 0) return;
  const ownPolicy = !(await exists(startPolicy));
  if (ownPolicy) await writeFile(startPolicy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await ensureAptPackages(packages, log);
  } finally {
    if (ownPolicy) await unlink(startPolicy);
  }
}

/** The file of an installed package, as the mirror has it: fetched once, kept in the cache folder. */
export async function packageFile(name: string): Promise<string> {
  const version = await runCommand(['dpkg-query', '--show', '--showformat=${Version}', name]);
  const folder = join(cacheFolder, `${name}-${version}`);
  if (!(await exists(folder))) {
    await mkdir(cacheFolder, { recursive: true });
    const work = await mkdtemp(join(cacheFolder, `${name}-`));
    try {
      await runCommand(['apt-get', '--quiet', 'download', `${name}=${version}`], { cwd: work });
      await rename(work, folder);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
  const [file] = await readdir(folder);
  if (file === undefined) throw new Error(`${folder} is empty.`);
  return join(folder, file);
}
