import { CancelledError, CodedProblem, Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { quoteArgv } from '../../transport/quote.ts';
import type { Command, ExecResult } from '../../transport/transport.ts';
import type { PlanHost } from '../plan/planHost.ts';
import type { PlanStep } from '../plan/plan.ts';
import { offeredTypes } from '../pools/offeredTypes.ts';
import { asRoot, type ClusterGift } from './clusterGift.ts';
import { installCommand, isStorageDriver, readPackageFacts, removeCommand } from './hostPackages.ts';

/** Why a host does not get the packages, or the daemon its new driver. */
export class PackageProblem extends CodedProblem<
  'not-root' | 'not-installed' | 'not-removed' | 'not-restarted'
> {}

/** A mirror may be slow. The program is not ended half-way: that would leave packages unpacked and not set up. */
const installMs = 30 * 60_000;
const restartMs = 120_000;

type Packages = NonNullable<ClusterGift['packages']>;

/** Installs what is missing of Ceph's programs, libvirt's storage driver and QEMU's block driver. */
export function packagesStep({ host }: ClusterGift, { wanted, facts }: Packages): PlanStep {
  const { manager, names } = wanted;
  const missing = names.filter((name) => !facts.installed.has(name));
  const shown = missing.length > 0 ? missing : names;
  const typed = asRoot(facts.rights !== 'root', installCommand(manager, shown));
  let installed: readonly string[] = [];
  const lacking = async (options: WaitOptions): Promise<readonly string[]> => {
    const now = await readPackageFacts(host.transport, names, options);
    return names.filter((name) => !now.installed.has(name));
  };
  return {
    title: t('Install {0}', shown.join(', ')),
    host: host.shell,
    commands: [{ argv: typed }],
    isDone: async (options) => (await lacking(options)).length === 0,
    run: async (options) => {
      const before = await lacking(options);
      if (facts.rights === 'none') throw notRoot(host, typed);
      options.report({ message: before.join(', ') });
      const result = await runAsRoot(host, facts, installCommand(manager, before), manager);
      const left = await lacking({});
      installed = before.filter((name) => !left.includes(name));
      if (left.length > 0) throw notInstalled(host, manager, left, result, typed);
      if (options.signal.aborted) {
        await remove(host, facts, manager, installed);
        throw new CancelledError();
      }
    },
    undo: {
      title: t('Remove {0} from {1}', shown.join(', '), host.name),
      commands: [{ argv: asRoot(facts.rights !== 'root', removeCommand(manager, shown)) }],
      run: () => remove(host, facts, manager, installed),
    },
  };
}

async function remove(
  host: PlanHost,
  facts: Packages['facts'],
  manager: Packages['wanted']['manager'],
  names: readonly string[],
): Promise<void> {
  if (names.length === 0) return;
  const { exitCode, stderr } = await runAsRoot(host, facts, removeCommand(manager, names), manager);
  if (exitCode === 0) return;
  throw new PackageProblem(
    'not-removed',
    t('{0} could not remove {1} from {2}.', manager, names.join(', '), host.name),
    { raw: stderr },
  );
}

/** apt asks nothing, and its lists are read again when they are older than the packages. */
async function runAsRoot(
  { transport }: PlanHost,
  { rights }: Packages['facts'],
  argv: readonly string[],
  manager: Packages['wanted']['manager'],
): Promise<ExecResult> {
  const command = (words: readonly string[]): Command => [
    ...(rights === 'sudo' ? (['sudo', '-n', 'env'] as const) : (['env'] as const)),
    'DEBIAN_FRONTEND=noninteractive',
    ...words,
  ];
  const first = await transport.exec(command(argv), { timeoutMs: installMs });
  if (first.exitCode === 0 || manager !== 'apt-get') return first;
  const update = await transport.exec(command(['apt-get', 'update']), { timeoutMs: installMs });
  return update.exitCode === 0 ? transport.exec(command(argv), { timeoutMs: installMs }) : first;
}

function notRoot({ name }: PlanHost, typed: readonly string[]): PackageProblem {
  return new PackageProblem('not-root', t('Only root may install packages on {0}.', name), {
    advice: t('Run this there, then run the plan again: {0}', quoteArgv(typed)),
  });
}

function notInstalled(
  { name }: PlanHost,
  manager: string,
  missing: readonly string[],
  { stdout, stderr }: ExecResult,
  typed: readonly string[],
): PackageProblem {
  return new PackageProblem(
    'not-installed',
    t('{0} did not install {1} on {2}.', manager, missing.join(', '), name),
    {
      raw: `${stdout.toString().slice(-4000)}\n${stderr.slice(-4000)}`,
      advice: t(
        'Perhaps the host has no repository that has them. Run this there, then run the plan again: {0}',
        quoteArgv(typed),
      ),
    },
  );
}

/** Restarts the daemon of libvirt's storage drivers, if it has not loaded the one for RBD. */
export function restartStep(
  { host, connectAgain }: ClusterGift,
  { facts: { storageDaemon, rights }, wanted }: Packages,
): PlanStep {
  const argv = ['systemctl', 'restart', storageDaemon] as const;
  const driver = wanted.names.find(isStorageDriver) ?? '';
  return {
    title: t('Restart {0}, so that it loads {1}', storageDaemon, driver),
    host: host.shell,
    commands: [{ argv: asRoot(rights !== 'root', argv) }],
    isDone: async (options) => {
      const types = await offeredTypes(host.connection, options);
      return types.find(({ type }) => type === 'rbd')?.supported === true;
    },
    run: async (options) => {
      const typed = asRoot(rights !== 'root', argv);
      if (rights === 'none') throw notRoot(host, typed);
      const failure = await restart(host, rights === 'sudo' ? ['sudo', '-n', ...argv] : argv);
      if (failure !== undefined)
        throw new PackageProblem(
          'not-restarted',
          t('{0} could not be restarted on {1}.', storageDaemon, host.name),
          { raw: failure, advice: t('Run this there, then run the plan again: {0}', quoteArgv(typed)) },
        );
      options.note(t('running domains went on'));
      await connectAgain(options);
    },
  };
}

/**
 * In a session of its own: what ends with the daemon is also the connection by which this was started. @returns what was
 * said when it failed
 */
async function restart({ transport }: PlanHost, argv: readonly string[]): Promise<string | undefined> {
  const command: Command = ['setsid', '--fork', '--wait', ...argv];
  try {
    const { exitCode, stderr } = await transport.exec(command, { timeoutMs: restartMs });
    return exitCode === 0 ? undefined : stderr;
  } catch (error) {
    if (error instanceof Problem && (error.code === 'closed' || error.code === 'connection-lost'))
      return undefined;
    throw error;
  }
}
