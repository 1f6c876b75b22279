import type { HostOptions, LabHost } from './host.ts';
import type { CephOptions, LabCeph } from './ceph.ts';

export interface LabOptions {
  /** Where everything of the lab is kept: absent, empty, or what an earlier lab left. Default: a new temporary folder. */
  readonly folder?: string | undefined;
  /** `process` (default): the lab ends when this process does, however it ends. `detached`: it stays until `stop()` or `down`. */
  readonly lifetime?: 'process' | 'detached' | undefined;
  /** The SSH port of the first host on 127.0.0.1, the next ports for the next hosts. Default: free ports. */
  readonly sshPort?: number | undefined;
  readonly ceph?: CephOptions | undefined;
  /** Default: one host `kvm1` with an inventory. */
  readonly hosts?: readonly HostOptions[] | undefined;
  /** Told what is being done, a line a step. */
  readonly log?: ((line: string) => void) | undefined;
}

/** A running lab: a Ceph cluster and KVM hosts on it, in namespaces of their own. Only the SSH ports are seen from outside. */
export interface Lab {
  readonly folder: string;
  /** For `ssh -F`: a `Host` entry for each host, with its port, user, key and known_hosts file. */
  readonly sshConfigPath: string;
  /** The private key that every user of every host accepts. */
  readonly identityPath: string;
  readonly knownHostsPath: string;
  readonly ceph: LabCeph;
  readonly hosts: ReadonlyMap<string, LabHost>;
  /** Throws when there is no such host. */
  host(name: string): LabHost;
  addHost(options: HostOptions): Promise<LabHost>;
  removeHost(name: string): Promise<void>;
  /** Ends every process of the lab and removes its folder. */
  stop(): Promise<void>;
}

export function startLab(_options: LabOptions = {}): Promise<Lab> {
  return Promise.reject(new Error('The lab is being built.'));
}
