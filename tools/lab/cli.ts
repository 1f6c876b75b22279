/** The lab from the command line: see `usage`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { faults } from './faults.ts';
import { defaultLabFolder } from './files.ts';
import { Lab, startLab, stopLab } from './lab.ts';

const usage = `npx tsx tools/lab/cli.ts [--folder FOLDER] COMMAND ...

  up [--port N] [--osds N]     a Ceph cluster and the host kvm1, SSH on 127.0.0.1:N; stays until "down"
  down                         ends all of it
  status                       what runs and how to reach it
  host NAME [--no-rbd]         one more host; without libvirt's RBD backend
  host-down NAME               ends a host
  exec NAME PROGRAM ...        runs a program on a host, or on ceph1
  delay HOST MILLISECONDS      a slow port to the host's sshd, until Ctrl+C
  fault NAME TARGET            one of:
${Object.entries(faults)
  .map(([name, { does, to }]) => `    ${`${name} ${to}`.padEnd(25)}${does}`)
  .join('\n')}
`;

const say = (line: string): void => {
  console.log(line);
};

/** What comes after the name of a command. */
interface Arguments {
  readonly words: readonly string[];
  readonly folder: string;
  readonly port: number | undefined;
  readonly osds: number | undefined;
  readonly withRbd: boolean;
}

const commands: Readonly<Record<string, (args: Arguments) => Promise<void>>> = {
  async up({ folder, port, osds }) {
    const running = await Lab.open(folder);
    if (running) {
      say('The lab is up already.');
      await status(running);
      return;
    }
    await status(await startLab({ folder, lifetime: 'detached', sshPort: port, ceph: { osds }, log: say }));
  },
  async down({ folder }) {
    say((await stopLab(folder)) ? 'The lab is down.' : `There is no lab in ${folder}.`);
  },
  async status({ folder }) {
    await status(await openLab(folder));
  },
  async host({ folder, words: [name = ''], withRbd }) {
    const { sshPort } = await (await openLab(folder)).addHost({ name, rbdBackend: withRbd });
    say(`${name} is up: SSH on 127.0.0.1:${sshPort}.`);
  },
  async 'host-down'({ folder, words: [name = ''] }) {
    await (await openLab(folder)).removeHost(name);
  },
  async exec({ folder, words: [name = '', ...command] }) {
    const lab = await openLab(folder);
    const { machine } = name === lab.ceph.machine.name ? lab.ceph : lab.host(name);
    const [program = '', ...args] = machine.commandInside(command);
    const child = spawn(program, args, { env: machine.environment, stdio: 'inherit' });
    const [exitCode] = (await once(child, 'exit')) as [number | null];
    process.exitCode = exitCode ?? 1;
  },
  async delay({ folder, words: [name = '', milliseconds = ''] }) {
    if (!/^\d+$/.test(milliseconds)) throw new Error(usage);
    const { port } = await (await openLab(folder)).host(name).delay(Number(milliseconds));
    say(`SSH to ${name} on 127.0.0.1:${port} takes ${milliseconds} ms more each way, until Ctrl+C.`);
  },
  async fault({ folder, words: [name = '', target = ''] }) {
    const fault = faults[name];
    if (!fault) throw new Error(usage);
    await fault.run(await openLab(folder), target);
  },
};

async function openLab(folder: string): Promise<Lab> {
  const lab = await Lab.open(folder);
  if (!lab) throw new Error(`No lab is running in ${folder}. Start one with "up".`);
  return lab;
}

async function status(lab: Lab): Promise<void> {
  const { status: health } = (await lab.ceph.ceph('health')) as { status: string };
  say(`Ceph: ${health}, monitor ${lab.ceph.monitor.host}:${lab.ceph.monitor.port}, pool ${lab.ceph.pool}`);
  for (const { name, sshPort } of lab.hosts.values()) {
    say(`${name}: ssh -F ${lab.ssh.configPath} ${name} (127.0.0.1:${sshPort})`);
  }
}

/** Options may stand anywhere, but those after the words of `exec` belong to its program. */
function parse(argv: readonly string[]): { readonly command: string; readonly args: Arguments } {
  const exec = argv.indexOf('exec');
  const own = exec < 0 ? argv : argv.slice(0, exec + 1);
  const { values, positionals } = parseArgs({
    args: [...own],
    allowPositionals: true,
    options: {
      folder: { type: 'string', default: defaultLabFolder },
      port: { type: 'string' },
      osds: { type: 'string' },
      'no-rbd': { type: 'boolean', default: false },
    },
  });
  const [command = '', ...words] = positionals;
  return {
    command,
    args: {
      words: exec < 0 ? words : argv.slice(exec + 1),
      folder: values.folder,
      port: numberOf(values.port),
      osds: numberOf(values.osds),
      withRbd: !values['no-rbd'],
    },
  };
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new Error(`'${text}' is not a number.`);
  return Number(text);
}

try {
  const { command, args } = parse(process.argv.slice(2));
  const run = commands[command];
  if (!run) throw new Error(usage);
  await run(args);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
