import { tryCommand, type CommandResult } from './commands.ts';

/** What a machine of the lab is made of, each tried in throw-away namespaces. */
const probes: readonly { readonly command: string; readonly without: string }[] = [
  { command: 'true', without: 'new mount, UTS, PID and network namespaces' },
  {
    command:
      'mount -t tmpfs probe /mnt && cd /mnt && mkdir a b c && mount -t overlay -o lowerdir=/,upperdir=a,workdir=b overlay c',
    without: 'an overlay file system with its changes in memory',
  },
  {
    command: 'mount -t proc proc /proc && mount -t sysfs sysfs /sys',
    without: 'a /proc and /sys of its own',
  },
  // The program `ip` may be among the packages that are still to be installed.
  { command: '! command -v ip || ip link add name probe type bridge', without: 'network bridges' },
  {
    command: '! command -v ip || ip link add name probe type veth peer name other',
    without: 'pairs of virtual network cards',
  },
];

/** Why no lab can run on this system, in a sentence for people; undefined when one can. */
export async function labObstacle(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'The lab needs Linux on x86-64.';
  if (process.getuid?.() !== 0) return 'The lab needs to be run as root.';
  const missing: string[] = [];
  for (const { command, without } of probes) {
    const { exitCode, stderr } = await tryInNamespaces(command);
    if (exitCode === 0) continue;
    missing.push(`${without} (${stderr.trim().split('\n').at(-1) ?? ''})`);
    // Without namespaces nothing else can be tried.
    if (command === 'true') break;
  }
  if (missing.length === 0) return undefined;
  return `The lab cannot run here: this system does not allow ${missing.join('; ')}.`;
}

export async function requireLabSupport(): Promise<void> {
  const obstacle = await labObstacle();
  if (obstacle !== undefined) throw new Error(obstacle);
}

async function tryInNamespaces(script: string): Promise<CommandResult> {
  const flags = ['--mount', '--uts', '--pid', '--net', '--fork', '--kill-child=KILL'];
  return tryCommand(['unshare', ...flags, 'sh', '-c', script]);
}
