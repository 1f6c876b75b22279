import { join } from 'node:path';
import { runCommand, tryCommand, type Command } from '../lab/commands.ts';
import { now } from './clock.ts';
import type { Reach, Scene } from './scene.ts';
import type { Sample } from './results.ts';

/** What the tree shows of a host, asked for by one virsh. */
const allLists = "virsh 'list --all; pool-list --all; net-list --all; secret-list'";

/** The programs an administrator has today: OpenSSH's client and virsh, over the same line. */
export class Peers {
  readonly #scene: Scene;
  readonly #reach: Reach;

  constructor(scene: Scene, reach: Reach) {
    this.#scene = scene;
    this.#reach = reach;
  }

  /** `ssh host virsh list --all` */
  async list(): Promise<Sample> {
    return this.#time(this.#ssh('virsh list --all'));
  }

  /** All that the tree shows, in one `ssh host virsh`. */
  async allLists(): Promise<Sample> {
    return this.#time(this.#ssh(allLists));
  }

  /** `virsh -c qemu+ssh://host/system list --all` */
  async remoteList(): Promise<Sample> {
    const uri = `qemu+ssh://${this.#reach.name}/system?command=${this.#scene.sshProgram}`;
    return this.#time(['virsh', '-c', uri, 'list', '--all']);
  }

  /** Lets the commands over `kept` go over one SSH connection that stays open, until `stopKeeping()`. */
  async keepConnection(): Promise<void> {
    await runCommand([
      ...this.#kept(),
      '-o',
      'ControlMaster=auto',
      '-o',
      'ControlPersist=yes',
      ...this.#run('true'),
    ]);
  }

  /** As `list()`, over the connection that is kept. */
  async keptList(): Promise<Sample> {
    return this.#time([...this.#kept(), ...this.#run('virsh list --all')]);
  }

  async stopKeeping(): Promise<void> {
    await runCommand([...this.#kept(), '-O', 'exit', this.#reach.name]);
  }

  /** `ssh host virsh pool-list --all`, or undefined when it does not answer within that time. */
  async poolList(limitSeconds: number): Promise<Sample | undefined> {
    const command = ['timeout', String(limitSeconds), ...this.#ssh('virsh pool-list --all')];
    const startedAt = now();
    const { exitCode } = await tryCommand(command);
    return exitCode === 0 ? { seconds: (now() - startedAt) / 1000 } : undefined;
  }

  /** `ssh host rbd ls POOL`, or with `-l`. */
  async images(pool: string, ...options: readonly string[]): Promise<Sample> {
    return this.#time(this.#ssh(['rbd', 'ls', ...options, pool].join(' ')));
  }

  #ssh(commandLine: string): Command {
    return ['ssh', '-F', this.#scene.sshConfig, ...this.#run(commandLine)];
  }

  #run(commandLine: string): Command {
    return [this.#reach.name, commandLine];
  }

  #kept(): Command {
    const path = join(this.#scene.folder, `kept-${this.#reach.name}`);
    return ['ssh', '-F', this.#scene.sshConfig, '-o', `ControlPath=${path}`];
  }

  async #time(command: Command): Promise<Sample> {
    const { line } = this.#reach;
    line.clear();
    const startedAt = now();
    const output = await runCommand(command);
    const seconds = (now() - startedAt) / 1000;
    if (!output.includes('load-0001'))
      throw new Error(`${command.join(' ')} did not list what there is:\n${output}`);
    return { seconds, ...line.traffic() };
  }
}
