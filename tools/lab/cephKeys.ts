import { randomBytes } from 'node:crypto';

/** A new cephx key, base64: type 1 (AES), the time it was made, and 16 random bytes. */
export function newCephxKey(): string {
  const secret = randomBytes(16);
  const header = Buffer.alloc(12);
  header.writeUInt16LE(1, 0);
  header.writeUInt32LE(Math.floor(Date.now() / 1000), 2);
  header.writeUInt32LE(0, 6);
  header.writeUInt16LE(secret.length, 10);
  return Buffer.concat([header, secret]).toString('base64');
}

/** Who may do what in the cluster: the entity's name, its key and its capabilities by daemon type. */
export interface Credential {
  readonly entity: string;
  readonly key: string;
  readonly capabilities: Readonly<Record<string, string>>;
}

/** What `ceph auth export` prints of these. */
export function keyring(credentials: readonly Credential[]): string {
  return credentials
    .map(({ entity, key, capabilities }) => {
      const caps = Object.entries(capabilities).map(([type, cap]) => `\tcaps ${type} = "${cap}"\n`);
      return `[${entity}]\n\tkey = ${key}\n${caps.join('')}`;
    })
    .join('');
}

export function clusterCredentials(daemonName: string, osds: number, pool: string): Credential[] {
  const credential = (entity: string, capabilities: Record<string, string>): Credential => ({
    entity,
    key: newCephxKey(),
    capabilities,
  });
  return [
    credential('mon.', { mon: 'allow *' }),
    credential('client.admin', { mon: 'allow *', osd: 'allow *', mgr: 'allow *', mds: 'allow *' }),
    credential('client.libvirt', {
      mon: 'profile rbd',
      osd: `profile rbd pool=${pool}`,
      mgr: `profile rbd pool=${pool}`,
    }),
    credential(`mgr.${daemonName}`, { mon: 'profile mgr', osd: 'allow *', mds: 'allow *' }),
    ...Array.from({ length: osds }, (_, id) =>
      credential(`osd.${id}`, { mon: 'allow profile osd', mgr: 'allow profile osd', osd: 'allow *' }),
    ),
  ];
}
