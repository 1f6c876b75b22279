export interface HostOptions {
  /** Its host name and its entry in the ssh configuration, such as `kvm1`. */
  readonly name: string;
  readonly sshPort?: number | undefined;
  /** Whether libvirt's RBD storage backend is installed. Default true. Without it the pool and the secret stay undefined. */
  readonly rbdBackend?: boolean | undefined;
  /** The pool `rbd-pool` on Ceph's pool `libvirt-pool`. Default `active`, and autostarted. */
  readonly pool?: 'active' | 'inactive' | 'absent' | undefined;
  /** The secret of `client.libvirt` that the pool and the domains use. Default `stored`. */
  readonly secret?: 'stored' | 'without value' | 'absent' | undefined;
  /** Whether /etc/ceph holds the keyring of client.admin, so that root may run `ceph` and `rbd`. Default true. */
  readonly cephAdmin?: boolean | undefined;
  /**
   * Domains `web1` (running a real Linux from RBD), `db1` (its RBD disk lacks <auth>) and `cache1` (local disk),
   * networks `default` (NAT, active) and `storage` (inactive), pool `images` with volumes. Default false.
   */
  readonly inventory?: boolean | undefined;
  /** Lines of libvirtd.conf in place of the lab's own, such as `{ max_client_requests: 5 }`. */
  readonly libvirtdConf?: Readonly<Record<string, string | number>> | undefined;
  /** Lines of sshd_config in place of the lab's own, such as `{ AllowStreamLocalForwarding: 'no' }`. */
  readonly sshdConfig?: Readonly<Record<string, string>> | undefined;
}

/**
 * `root`; `operator`, a member of the group libvirt, who may use libvirtd's socket; `visitor`, who may not.
 * All accept the lab's key.
 */
export type HostUser = 'root' | 'operator' | 'visitor';

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A way to the host's sshd that is slow. */
export interface DelayedPort {
  /** On 127.0.0.1. */
  readonly port: number;
  close(): Promise<void>;
}

export interface LabHost {
  readonly name: string;
  /** Always 127.0.0.1. */
  readonly sshHost: string;
  readonly sshPort: number;
  /** libvirtd's socket as a path of this machine: for `qemu:///system?socket=`. On the host it is /run/libvirt/libvirt-sock. */
  readonly socketPath: string;
  /** The host's /var/log, as a folder of this machine. */
  readonly logFolder: string;

  /** Runs a program on the host as root. A non-zero exit code is a result. */
  exec(command: readonly [string, ...string[]], options?: { input?: string }): Promise<CommandResult>;
  /** Standard output of `virsh` on the host; throws with its standard error when it fails. */
  virsh(...args: string[]): Promise<string>;
  /** Many virsh command lines by one process; throws when one fails. */
  virshBatch(lines: readonly string[]): Promise<string>;

  restartLibvirtd(): Promise<void>;
  stopLibvirtd(): Promise<void>;
  startLibvirtd(): Promise<void>;
  /** libvirtd keeps its connections and answers nothing (SIGSTOP), until thawed. */
  freezeLibvirtd(): Promise<void>;
  thawLibvirtd(): Promise<void>;

  /** Ends every SSH session at once, as a broken network or a reboot does. New ones are accepted. */
  cutSsh(): Promise<void>;
  /** Open SSH sessions stay connected and say nothing, until thawed. */
  freezeSsh(): Promise<void>;
  thawSsh(): Promise<void>;
  /** New SSH connections are refused; open sessions live on. */
  stopSshd(): Promise<void>;
  startSshd(): Promise<void>;
  /** A port of this machine that leads to the host's sshd with this many milliseconds added each way. */
  delay(milliseconds: number): Promise<DelayedPort>;

  /** Takes the host off the storage network: Ceph no longer answers it, SSH does. */
  cutStorageNetwork(): Promise<void>;
  restoreStorageNetwork(): Promise<void>;

  /** Defines this many domains `load-0001` ... with an RBD disk each (the images are not made). */
  defineDomains(count: number): Promise<void>;
  /** Defines this many active dir pools `load-01` ... with one volume each. */
  definePools(count: number): Promise<void>;
}
