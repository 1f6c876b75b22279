import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { HostOptions } from './host.ts';
import type { Machine } from './machine.ts';
import { packageFile } from './packages.ts';
import type { SshAccess } from './sshAccess.ts';

const rbdBackendPackage = 'libvirt-daemon-driver-storage-rbd';

const libvirtdConf = {
  unix_sock_group: 'libvirt',
  unix_sock_ro_perms: '0777',
  unix_sock_rw_perms: '0770',
  auth_unix_ro: 'none',
  auth_unix_rw: 'none',
  log_outputs: '3:file:/var/log/libvirt/libvirtd.log',
  max_clients: 200,
  max_client_requests: 20,
};

/** No cgroups, no security module, no log daemon. QEMU does not run as root, so that Ceph's admin key is not its. */
const qemuConf = `user = "libvirt-qemu"
group = "kvm"
security_driver = "none"
namespaces = []
cgroup_controllers = []
stdio_handler = "file"
vnc_listen = "127.0.0.1"
`;

const sshdConfig = {
  HostKey: '/etc/ssh/ssh_host_ed25519_key',
  PidFile: 'none',
  UsePAM: 'no',
  PermitRootLogin: 'prohibit-password',
  PasswordAuthentication: 'no',
  KbdInteractiveAuthentication: 'no',
  AllowTcpForwarding: 'yes',
  AllowStreamLocalForwarding: 'yes',
  UseDNS: 'no',
  PrintMotd: 'no',
  Subsystem: 'sftp internal-sftp',
};

/** Configures what runs on a host, before any of it is started. */
export async function setUpHost(machine: Machine, options: HostOptions, ssh: SshAccess): Promise<void> {
  await machine.writeFile(
    '/etc/libvirt/libvirtd.conf',
    assignments({ ...libvirtdConf, host_uuid: randomUUID(), ...options.libvirtdConf }),
  );
  await machine.writeFile('/etc/libvirt/qemu.conf', qemuConf);
  // What packages and the boot of a system would have made.
  await machine.run([
    'mkdir',
    '-p',
    '/var/lib/libvirt/images',
    '/var/log/libvirt/qemu',
    '/run/lock',
    '/run/sshd',
  ]);
  await machine.run(['touch', '/var/log/lastlog', '/var/log/wtmp', '/var/log/btmp']);
  await machine.writeFile(
    '/usr/bin/systemctl',
    await readFile(join(import.meta.dirname, 'systemctl.sh'), 'utf8'),
    0o755,
  );
  await setUpSsh(machine, options, ssh);
  if (options.rbdBackend === false) await removeRbdBackend(machine);
}

async function setUpSsh(machine: Machine, options: HostOptions, ssh: SshAccess): Promise<void> {
  const lines = Object.entries({ ...sshdConfig, ...options.sshdConfig }).map((pair) => `${pair.join(' ')}\n`);
  await machine.writeFile('/etc/ssh/sshd_config', lines.join(''));
  await machine.run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', '/etc/ssh/ssh_host_ed25519_key']);
  await machine.run(['usermod', '--password', '*', 'root']);
  const addUser = ['useradd', '--create-home', '--shell', '/bin/bash', '--password', '*'];
  await machine.run([...addUser, '--groups', 'libvirt', 'vmadmin']);
  await machine.run([...addUser, 'visitor']);
  for (const home of ['/root', '/home/vmadmin', '/home/visitor']) {
    await machine.writeFile(`${home}/.ssh/authorized_keys`, await ssh.publicKey());
  }
  // Migration goes from host to host.
  await machine.writeFile('/root/.ssh/id_ed25519', await ssh.privateKey(), 0o600);
}

/** Removes the package, and puts its file where `apt-get install` looks first: the host has no way to a mirror. */
export async function removeRbdBackend(machine: Machine): Promise<void> {
  const file = await packageFile(rbdBackendPackage);
  await machine.run(['dpkg', '--remove', rbdBackendPackage]);
  await machine.writeFile(`/var/cache/apt/archives/${basename(file)}`, await readFile(file));
}

/** Lines of libvirt's configuration files. */
function assignments(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key} = ${typeof value === 'number' ? value : `"${value}"`}\n`)
    .join('');
}
