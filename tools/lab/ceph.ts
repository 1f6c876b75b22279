import { clientConf, daemonCommand, monitor, cephPool, startDaemon } from './cephCluster.ts';
import { outputOf, type Command, type CommandOptions, type CommandResult } from './commands.ts';
import type { Machine } from './machine.ts';

export interface CephOptions {
  /** Default 1. */
  readonly osds?: number | undefined;
  /** Default memstore, which is up in a second; bluestore takes eight. */
  readonly objectStore?: 'memstore' | 'bluestore' | undefined;
}

export type CephDaemon = 'mon' | 'mgr' | `osd.${number}`;

/** The cluster of a lab: its commands, and its daemons to be frozen, killed and started again. */
export class LabCeph {
  /** As clients write it into XML: `<host name= port=>`. */
  readonly monitor = monitor;
  /** The Ceph pool that client.libvirt may use. */
  readonly pool = cephPool;
  /** The machine the daemons run on. */
  readonly machine: Machine;

  constructor(machine: Machine) {
    this.machine = machine;
  }

  /** The cephx key of client.libvirt, base64. */
  async libvirtKey(): Promise<string> {
    const keyring = await this.machine.readFile('/etc/ceph/ceph.client.libvirt.keyring');
    const key = /key = (\S+)/.exec(keyring)?.[1];
    if (key === undefined) throw new Error('The keyring of client.libvirt holds no key.');
    return key;
  }

  /** What /etc/ceph/ceph.conf of a client says. */
  async clientConf(): Promise<string> {
    return clientConf((await this.machine.run(['ceph-conf', '--lookup', 'fsid'])).trim());
  }

  /** Runs a program where the cluster's own /etc/ceph is. A non-zero exit code is a result. */
  async exec(command: Command, options: Pick<CommandOptions, 'input'> = {}): Promise<CommandResult> {
    return this.machine.exec(command, options);
  }

  /** Standard output of a program that must succeed. */
  async run(command: Command, options: Pick<CommandOptions, 'input'> = {}): Promise<string> {
    return this.machine.run(command, options);
  }

  /** The JSON that `ceph ... --format json` prints, undefined when it prints nothing; throws when it fails. */
  async ceph(...args: string[]): Promise<unknown> {
    return this.#json(['ceph', ...args]);
  }

  /** As {@link ceph}, of `rbd`. */
  async rbd(...args: string[]): Promise<unknown> {
    return this.#json(['rbd', ...args]);
  }

  /** The daemon keeps its connections and answers nothing (SIGSTOP), until thawed. */
  async freeze(daemon: CephDaemon = 'mon'): Promise<void> {
    await this.#signal(daemon, 'SIGSTOP');
  }

  async thaw(daemon: CephDaemon = 'mon'): Promise<void> {
    await this.#signal(daemon, 'SIGCONT');
  }

  /** Ends the daemon at once: its connections are refused. The monitor is told of an OSD, as its peers would. */
  async kill(daemon: CephDaemon = 'mon'): Promise<void> {
    await this.#signal(daemon, 'SIGKILL');
    if (daemon.startsWith('osd.')) await this.machine.run(['ceph', 'osd', 'down', daemon]);
  }

  async start(daemon: CephDaemon = 'mon'): Promise<void> {
    await startDaemon(this.machine, daemon);
  }

  async #json(command: Command): Promise<unknown> {
    const full = [...command, '--format', 'json'];
    const output = outputOf(full, await this.machine.exec(full));
    return output.trim() === '' ? undefined : JSON.parse(output);
  }

  async #signal(daemon: CephDaemon, signal: NodeJS.Signals): Promise<void> {
    const command = daemonCommand(this.machine, daemon).join(' ');
    const found = await this.machine.signal(({ args }) => args.join(' ') === command, signal);
    if (found === 0) throw new Error(`There is no ${daemon} running.`);
  }
}
