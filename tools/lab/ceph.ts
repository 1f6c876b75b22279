import type { CommandResult } from './host.ts';

export interface CephOptions {
  /** Default 1. */
  readonly osds?: number | undefined;
  /** Default memstore, which is up in a second; bluestore takes eight. */
  readonly objectStore?: 'memstore' | 'bluestore' | undefined;
}

export type CephDaemon = 'mon' | 'mgr' | `osd.${number}`;

export interface LabCeph {
  /** As clients are to write it into XML: `<host name= port=>`. */
  readonly monitor: { readonly host: string; readonly port: number };
  /** `libvirt-pool`, the Ceph pool that client.libvirt may use. */
  readonly pool: string;
  /** The cephx key of client.libvirt, base64. */
  readonly libvirtKey: string;
  /** Runs a program where the cluster's own /etc/ceph is. A non-zero exit code is a result. */
  exec(command: readonly [string, ...string[]], options?: { input?: string }): Promise<CommandResult>;
  /** The JSON that `ceph ... --format json` prints; throws with its standard error when it fails. */
  ceph(...args: string[]): Promise<unknown>;
  /** The JSON that `rbd ... --format json` prints, undefined when it prints nothing. */
  rbd(...args: string[]): Promise<unknown>;
  /** The daemon keeps its connections and answers nothing (SIGSTOP), until thawed. Default mon. */
  freeze(daemon?: CephDaemon): Promise<void>;
  thaw(daemon?: CephDaemon): Promise<void>;
  /** SIGKILL. */
  kill(daemon?: CephDaemon): Promise<void>;
  start(daemon?: CephDaemon): Promise<void>;
}
