import { spawn } from 'node:child_process';
import { lstat, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { outputOf, tryCommand, type Command, type CommandOptions, type CommandResult } from './commands.ts';
import { exists } from './files.ts';
import { killProcess, listProcesses, processesBeside, readProcess, signalProcess } from './processes.ts';
import type { RunningProcess } from './processes.ts';

const script = join(import.meta.dirname, 'machine.sh');

/** What programs on a machine see, whoever started the lab. */
const environment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  LANG: 'C.UTF-8',
};

export interface MachineOptions {
  readonly name: string;
  /** Holds /run and /var/log of the machine as `run` and `log`. */
  readonly folder: string;
  /** A machine whose end ends this one, and whose network it may be joined to. */
  readonly inside?: Machine | undefined;
  /** Whether the machine ends when this process does, however it ends. */
  readonly endsWithThisProcess?: boolean | undefined;
}

/** A host name, a file system, processes and a network of their own, on this system's kernel and over its files. */
export class Machine {
  readonly name: string;
  readonly folder: string;
  /** The first process, with which all others end. */
  readonly init: RunningProcess;
  readonly environment = environment;

  private constructor(name: string, folder: string, init: RunningProcess) {
    this.name = name;
    this.folder = folder;
    this.init = init;
  }

  static async start({ name, folder, inside, endsWithThisProcess }: MachineOptions): Promise<Machine> {
    for (const part of ['root', 'run', 'log']) await mkdir(join(folder, part), { recursive: true });
    const unshare: Command = [
      'unshare',
      ...['--mount', '--uts', '--pid', '--net', '--fork', '--kill-child=KILL'],
      ...['/bin/bash', script, folder, name],
    ];
    await launch(
      inside
        ? ['nsenter', `--target=${inside.init.pid}`, '--pid', '--net', '--', 'setsid', '--fork', ...unshare]
        : ['setpriv', '--pdeathsig', endsWithThisProcess ? 'KILL' : 'clear', ...unshare],
      join(folder, 'machine.log'),
    );
    const machine = await Machine.find(name, folder);
    if (!machine) throw new Error(`The machine ${name} ended as soon as it had started.`);
    return machine;
  }

  /** The machine that was started with this folder, if it runs. */
  static async find(name: string, folder: string): Promise<Machine | undefined> {
    const init = (await startersOf(folder)).find(
      ({ pidInside, args }) => pidInside === 1 && args[1] === script,
    );
    return init && new Machine(name, folder, init);
  }

  /** A file of the machine, as a path of this system. */
  path(pathInside: string): string {
    return `/proc/${this.init.pid}/root${pathInside}`;
  }

  async readFile(pathInside: string): Promise<string> {
    return readFile(this.path(pathInside), 'utf8');
  }

  /** Writes a file, and the folders it is in, anew: never through a link, which could lead out of the machine. */
  async writeFile(pathInside: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
    const folders = dirname(pathInside).split('/').slice(1);
    for (const depth of folders.keys()) {
      const folder = this.path(`/${folders.slice(0, depth + 1).join('/')}`);
      if (!(await exists(folder))) await mkdir(folder);
      if ((await lstat(folder)).isSymbolicLink()) throw new Error(`${folder} is a link.`);
    }
    await rm(this.path(pathInside), { force: true });
    await writeFile(this.path(pathInside), content, { mode, flag: 'wx' });
  }

  /** Runs a program as root to its end. */
  async exec(command: Command, options: Pick<CommandOptions, 'input'> = {}): Promise<CommandResult> {
    return tryCommand(this.commandInside(command), { ...options, env: environment });
  }

  /** Standard output of a program that must succeed. */
  async run(command: Command, options: Pick<CommandOptions, 'input'> = {}): Promise<string> {
    return outputOf(command, await this.exec(command, options));
  }

  /** Starts a program that stays. On the `outer` network, it has the machine's files but this system's ports. */
  async startDaemon(
    command: Command,
    logFile: string,
    { network = 'own' }: { readonly network?: 'own' | 'outer' } = {},
  ): Promise<void> {
    const namespaces = ['--mount', '--uts', '--pid', ...(network === 'own' ? ['--net'] : [])];
    const [program = '', ...args] = this.commandInside(['setsid', '--fork', ...command], namespaces);
    const log = await open(logFile, 'a');
    try {
      const child = spawn(program, args, { env: environment, stdio: ['ignore', log.fd, log.fd] });
      await new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('exit', resolve);
      });
    } finally {
      await log.close();
    }
  }

  async isRunning(): Promise<boolean> {
    return (await readProcess(this.init.pid))?.startTime === this.init.startTime;
  }

  /** The processes of the machine, without those of machines inside it. */
  async processes(): Promise<RunningProcess[]> {
    return processesBeside(this.init.pid);
  }

  async signal(matches: (one: RunningProcess) => boolean, signal: NodeJS.Signals): Promise<number> {
    const found = (await this.processes()).filter(matches);
    for (const { pid } of found) signalProcess(pid, signal);
    return found.length;
  }

  /** Ends every process of the machine. */
  async kill(): Promise<void> {
    await killProcess(this.init);
    while ((await startersOf(this.folder)).length > 0) await delay(5);
  }

  /** The same command, to be run from outside and to take effect inside. */
  commandInside(command: Command, namespaces = ['--mount', '--uts', '--pid', '--net']): Command {
    return ['nsenter', `--target=${this.init.pid}`, ...namespaces, '--', ...command];
  }
}

/** The processes that run the script of the machine in this folder: its first one, and those that led to that. */
async function startersOf(folder: string): Promise<RunningProcess[]> {
  return (await listProcesses()).filter(({ args }) => args[args.indexOf(script) + 1] === folder);
}

/** Starts the script of a machine and waits until it says that it is ready. */
async function launch([program = '', ...args]: Command, logFile: string): Promise<void> {
  const log = await open(logFile, 'a');
  try {
    const child = spawn(program, args, {
      env: environment,
      cwd: '/',
      detached: true,
      stdio: ['ignore', log.fd, log.fd, 'pipe'],
    });
    const words = child.stdio[3] as Readable;
    // Its first words are also its last; the descriptor itself stays open in the parent of the namespaces.
    const said = await new Promise<string>((resolve, reject) => {
      child.once('error', reject);
      words.once('data', (chunk: Buffer) => {
        resolve(chunk.toString().trim());
      });
      words.once('end', () => {
        resolve('');
      });
    });
    words.destroy();
    child.unref();
    if (said !== 'ready') {
      throw new Error(`A machine of the lab could not be started:\n${await readFile(logFile, 'utf8')}`);
    }
  } finally {
    await log.close();
  }
}
