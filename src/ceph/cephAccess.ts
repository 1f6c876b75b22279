import type { Transport } from '../transport/transport.ts';

/** With which identity, and where, a program of Ceph reaches a cluster. */
export interface CephAccess {
  /** As librados' mon_host takes them: `mon1`, `10.0.0.1:6789`, `[fd00::1]:3300`. None: those of the host's ceph.conf. */
  readonly monitors: readonly string[];
  /** `libvirt` of client.libvirt. undefined: whatever the host's ceph.conf says, `admin` by default. */
  readonly clientId: string | undefined;
  /** In base64, as in a keyring. undefined: the host's own keyring of that client. Never an argument, never logged. */
  readonly key: string | undefined;
  /** The file on the host that has the key. undefined: where Ceph looks for it by itself. */
  readonly keyring?: string | undefined;
  /** What the names of the cluster's files in /etc/ceph begin with. undefined: `ceph`. */
  readonly clusterName?: string | undefined;
  /** Only root can read the keyring, and `sudo -n` lets this user be root. */
  readonly viaSudo?: boolean | undefined;
  /** The ceph.conf in place of the host's; `none`: there shall be no other settings than these. */
  readonly configFile: string | undefined;
  /** Settings for librados, over those of ceph.conf. */
  readonly settings: ReadonlyMap<string, string>;
}

/** A machine, and the identity that Ceph's programs on it use. */
export interface CephClient {
  readonly transport: Transport;
  readonly access: CephAccess;
}

/** A `configFile` that says nothing. */
export const noConfigFile = '/dev/null';

/** Whom Ceph's programs take a person on the host for: client.admin of ceph.conf, unless the host says otherwise. */
export const hostsOwnAccess: CephAccess = {
  monitors: [],
  clientId: undefined,
  key: undefined,
  configFile: undefined,
  settings: new Map(),
};

/** A monitor as librados' mon_host takes it. */
export function monitorAddress(name: string, port?: number): string {
  const host = name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
  return port === undefined ? host : `${host}:${port}`;
}

/** What would hand a secret to `ps`, or replace the identity. */
const notSettings = new Set(['key', 'keyfile', 'keyring', 'id', 'name', 'user', 'conf', 'mon_host']);

/** How long librados waits for the monitors, in seconds: libvirt's own limit. */
const mountTimeout = '30';

/** The arguments that every program of Ceph takes; the key is not among them. */
export function accessArguments(access: CephAccess): readonly string[] {
  const { monitors, clientId, configFile, keyring, clusterName, settings } = access;
  const given = [...settings].flatMap(([name, value]) => {
    const option = name.trim().replaceAll(/[ -]/g, '_');
    return /^[a-z0-9_]+$/.test(option) && !notSettings.has(option) ? [[option, value] as const] : [];
  });
  const options = new Map([['client_mount_timeout', mountTimeout], ...given]);
  return [
    ...(configFile === undefined ? [] : [`--conf=${configFile}`]),
    ...(monitors.length === 0 ? [] : [`--mon_host=${monitors.join(',')}`]),
    ...(clusterName === undefined ? [] : [`--cluster=${clusterName}`]),
    ...(clientId === undefined ? [] : [`--id=${clientId}`]),
    ...(keyring === undefined ? [] : [`--keyring=${keyring}`]),
    ...[...options].map(([name, value]) => `--${name}=${value}`),
  ];
}
