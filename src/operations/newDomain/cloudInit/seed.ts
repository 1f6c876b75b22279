import { isoImage } from '../iso9660/isoImage.ts';

/** What a cloud image is told at its first boot. */
export interface CloudInit {
  readonly hostName: string;
  readonly user: string;
  /** Lines as of authorized_keys. */
  readonly publicKeys: readonly string[];
  /** As /etc/shadow keeps it; undefined: no login with a password. */
  readonly passwordHash: string | undefined;
  readonly packages: readonly string[];
}

const agent = 'qemu-guest-agent';

/**
 * The CD that cloud-init's NoCloud source looks for.
 * @param instanceId another one makes cloud-init configure the guest anew
 */
export function seedImage(given: CloudInit, instanceId: string, date: Date): Buffer {
  return isoImage(
    'cidata',
    [
      { name: 'meta-data', content: Buffer.from(metaData(given, instanceId)) },
      { name: 'user-data', content: Buffer.from(userData(given)) },
    ],
    date,
  );
}

/** JSON is YAML as well, and quotes every string. */
function metaData({ hostName }: CloudInit, instanceId: string): string {
  return `${JSON.stringify({ 'instance-id': instanceId, 'local-hostname': hostName }, undefined, 2)}\n`;
}

export function userData({ hostName, user, publicKeys, passwordHash, packages }: CloudInit): string {
  const [name = hostName] = hostName.split('.');
  const config = {
    hostname: name,
    ...(name === hostName ? {} : { fqdn: hostName }),
    users: [
      {
        name: user,
        sudo: 'ALL=(ALL) NOPASSWD:ALL',
        shell: '/bin/bash',
        lock_passwd: passwordHash === undefined,
        ...(passwordHash === undefined ? {} : { passwd: passwordHash }),
        ...(publicKeys.length === 0 ? {} : { ssh_authorized_keys: publicKeys }),
      },
    ],
    ssh_pwauth: passwordHash !== undefined,
    ...(packages.length === 0 ? {} : { package_update: true, packages }),
    ...(packages.includes(agent) ? { runcmd: [['systemctl', 'enable', '--now', agent]] } : {}),
  };
  return `#cloud-config\n${JSON.stringify(config, undefined, 2)}\n`;
}

/** Whether every Linux takes it as the name of a user. */
export function isUserName(name: string): boolean {
  return /^[a-z_][a-z0-9_-]{0,31}$/.test(name);
}

/** Words between spaces or commas; undefined when one cannot be a package. */
export function parsePackages(text: string): readonly string[] | undefined {
  const names = text.split(/[\s,]+/).filter((name) => name !== '');
  return names.every((name) => /^[A-Za-z0-9][A-Za-z0-9+._:-]*$/.test(name)) ? names : undefined;
}
