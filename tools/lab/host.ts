import { join } from 'node:path';
import type { Command, CommandOptions, CommandResult } from './commands.ts';
import { startDelayProxy, type DelayedPort } from './delayProxy.ts';
import { removeRbdBackend } from './hostSetup.ts';
import type { Machine } from './machine.ts';
import { signalSessions, startSshd, stopSshd } from './sshd.ts';
import { setCable } from './storageNetwork.ts';
import type { Xml } from './xml.ts';

export interface HostOptions {
  /** Its host name and its entry in the ssh configuration, such as `kvm1`. */
  readonly name: string;
  /** On 127.0.0.1. Default: the lab's next port. */
  readonly sshPort?: number | undefined;
  /** Whether libvirt's RBD storage backend is installed. Default true; without it `pool` is `absent`. */
  readonly rbdBackend?: boolean | undefined;
  /** The pool `rbd-pool` on Ceph's pool `libvirt-pool`. Default `active`, and autostarted. */
  readonly pool?: 'active' | 'inactive' | 'absent' | undefined;
  /** The secret of `client.libvirt` that the pool and the domains use. Default `stored`. */
  readonly secret?: 'stored' | 'without value' | 'absent' | undefined;
  /** Whether /etc/ceph holds the keyring of client.admin, so that root may run `ceph` and `rbd`. Default true. */
  readonly cephAdmin?: boolean | undefined;
  /**
   * Domains `web1` (a real Linux running from RBD), `db1` (its RBD disk lacks <auth>) and `cache1` (local disk),
   * networks `default` (NAT, active) and `storage` (inactive), pool `images` with volumes. One host of a lab only.
   */
  readonly inventory?: boolean | undefined;
  /** Lines of libvirtd.conf in place of the lab's own, such as `{ max_client_requests: 5 }`. */
  readonly libvirtdConf?: Readonly<Record<string, string | number>> | undefined;
  /** Lines of sshd_config in place of the lab's own, such as `{ AllowStreamLocalForwarding: 'no' }`. */
  readonly sshdConfig?: Readonly<Record<string, string>> | undefined;
}

/**
 * Who may log in, all with the lab's key: `root`; `vmadmin`, a member of the group libvirt, who may use libvirtd's
 * socket; `visitor`, who may not.
 */
export type HostUser = 'root' | 'vmadmin' | 'visitor';

/** A KVM host of a lab. */
export class LabHost {
  readonly name: string;
  readonly sshHost = '127.0.0.1';
  readonly sshPort: number;
  /** On the storage network, where its sshd has port 22: as Ceph and the other hosts see it. */
  readonly address: string;
  readonly machine: Machine;
  readonly #ceph: Machine;

  constructor(machine: Machine, ceph: Machine, where: { sshPort: number; address: string }) {
    this.name = machine.name;
    this.sshPort = where.sshPort;
    this.address = where.address;
    this.machine = machine;
    this.#ceph = ceph;
  }

  /** libvirtd's socket as a path of this system, for `qemu:///system?socket=`. On the host: /run/libvirt/libvirt-sock. */
  get socketPath(): string {
    return join(this.machine.folder, 'run/libvirt/libvirt-sock');
  }

  /** The host's /var/log, as a folder of this system. */
  get logFolder(): string {
    return join(this.machine.folder, 'log');
  }

  /** Runs a program on the host as root. A non-zero exit code is a result. */
  async exec(command: Command, options: Pick<CommandOptions, 'input'> = {}): Promise<CommandResult> {
    return this.machine.exec(command, options);
  }

  /** Standard output of a program that must succeed. */
  async run(command: Command, options: Pick<CommandOptions, 'input'> = {}): Promise<string> {
    return this.machine.run(command, options);
  }

  /** Standard output of `virsh --quiet` on the host; throws with its standard error when it fails. */
  async virsh(...args: string[]): Promise<string> {
    return this.machine.run(['virsh', '--quiet', ...args]);
  }

  /** Runs many virsh command lines by one process; throws with what any of them said on standard error. */
  async virshBatch(lines: readonly string[]): Promise<string> {
    const { stdout, stderr } = await this.machine.exec(['virsh', '--quiet'], {
      input: `${lines.join('\n')}\n`,
    });
    if (stderr !== '') throw new Error(`virsh on ${this.name}:\n${stderr}`);
    return stdout;
  }

  /** Puts XML into a file of the host, for a virsh command such as `define`, and returns its path. */
  async writeXml(name: string, xml: Xml): Promise<string> {
    const file = `/tmp/${name}.xml`;
    await this.machine.writeFile(file, xml.text);
    return file;
  }

  async restartLibvirtd(): Promise<void> {
    await this.machine.run(['systemctl', 'restart', 'libvirtd']);
    await this.virsh('version');
  }

  async stopLibvirtd(): Promise<void> {
    await this.machine.run(['systemctl', 'stop', 'libvirtd']);
  }

  /** Returns when libvirtd answers. */
  async startLibvirtd(): Promise<void> {
    await this.machine.run(['systemctl', 'start', 'libvirtd']);
    await this.virsh('version');
  }

  /** Removes libvirt's RBD storage backend, as the package; `apt-get install` on the host brings it back. */
  async removeRbdBackend(): Promise<void> {
    await removeRbdBackend(this.machine);
  }

  /** libvirtd keeps its connections and answers nothing (SIGSTOP), until thawed. */
  async freezeLibvirtd(): Promise<void> {
    await this.machine.signal(({ name }) => name === 'libvirtd', 'SIGSTOP');
  }

  async thawLibvirtd(): Promise<void> {
    await this.machine.signal(({ name }) => name === 'libvirtd', 'SIGCONT');
  }

  /** Ends every SSH session at once, as a reboot of the host does. New ones are accepted. */
  async cutSsh(): Promise<void> {
    await signalSessions(this.machine, 'SIGKILL');
  }

  /** Open SSH sessions stay connected and say nothing (SIGSTOP), until thawed. */
  async freezeSsh(): Promise<void> {
    await signalSessions(this.machine, 'SIGSTOP');
  }

  async thawSsh(): Promise<void> {
    await signalSessions(this.machine, 'SIGCONT');
  }

  /** New SSH connections are refused; open sessions live on. */
  async stopSshd(): Promise<void> {
    await stopSshd(this.machine);
  }

  async startSshd(): Promise<void> {
    await startSshd(this.machine, this.address, this.sshPort);
  }

  /** A port of this system that leads to the host's sshd with this many milliseconds added each way. */
  async delay(milliseconds: number): Promise<DelayedPort> {
    return startDelayProxy(this.sshPort, milliseconds);
  }

  /** Takes the host off the storage network: Ceph and the other hosts are out of its reach, SSH still answers. */
  async cutStorageNetwork(): Promise<void> {
    await setCable(this.#ceph, this.name, 'down');
  }

  async restoreStorageNetwork(): Promise<void> {
    await setCable(this.#ceph, this.name, 'up');
  }
}
