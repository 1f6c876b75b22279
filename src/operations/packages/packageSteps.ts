import { CancelledError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { quoteArgv } from '../../transport/quote.ts';
import type { Command, ExecResult } from '../../transport/transport.ts';
import type { PlanHost } from '../plan/planHost.ts';
import type { PlanStep } from '../plan/plan.ts';
import type { PackageManager, WantedPackages } from './distributions.ts';
import {
  typedAsRoot,
  installCommand,
  readPackageFacts,
  removeCommand,
  rootCommand,
  type PackageFacts,
} from './hostPackages.ts';
import { notRoot, PackageProblem } from './packageProblem.ts';

/** A mirror may be slow. The program is not ended half-way: that would leave packages unpacked and not set up. */
const installMs = 30 * 60_000;

/** Packages that a host is to have. */
export interface HostPackages {
  readonly wanted: WantedPackages;
  readonly facts: PackageFacts;
}

/** Installs those that are missing. */
export function packagesStep(host: PlanHost, { wanted, facts }: HostPackages): PlanStep {
  const { manager, names } = wanted;
  const missing = names.filter((name) => !facts.installed.has(name));
  const shown = missing.length > 0 ? missing : names;
  const typed = typedAsRoot(facts.rights, installCommand(manager, shown));
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
      commands: [{ argv: typedAsRoot(facts.rights, removeCommand(manager, shown)) }],
      run: () => remove(host, facts, manager, installed),
    },
  };
}

async function remove(
  host: PlanHost,
  facts: PackageFacts,
  manager: PackageManager,
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
  { rights }: PackageFacts,
  argv: readonly string[],
  manager: PackageManager,
): Promise<ExecResult> {
  const command = (words: readonly string[]): Command =>
    rootCommand(rights, ['env', 'DEBIAN_FRONTEND=noninteractive', ...words]);
  const first = await transport.exec(command(argv), { timeoutMs: installMs });
  if (first.exitCode === 0 || manager !== 'apt-get') return first;
  const update = await transport.exec(command(['apt-get', 'update']), { timeoutMs: installMs });
  return update.exitCode === 0 ? transport.exec(command(argv), { timeoutMs: installMs }) : first;
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
