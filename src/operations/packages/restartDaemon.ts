import { Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { quoteArgv } from '../../transport/quote.ts';
import type { Command } from '../../transport/transport.ts';
import type { PlanHost } from '../plan/planHost.ts';
import type { PlanStep, StepOptions } from '../plan/plan.ts';
import { typedAsRoot, rootCommand, type PackageFacts } from './hostPackages.ts';
import { notRoot, PackageProblem } from './packageProblem.ts';

export interface DaemonRestart {
  /** What it is for: "Restart libvirtd, so that it loads ...". */
  readonly title: string;
  readonly facts: PackageFacts;
  /** Connects to libvirt again after its restart. */
  readonly connectAgain: (options: WaitOptions) => Promise<void>;
  /** Whether the restart is not needed. */
  readonly isDone: (options: StepOptions) => Promise<boolean>;
}

const restartMs = 120_000;

/** Restarts the daemon of libvirt's storage drivers. Running domains go on. */
export function restartDaemonStep(
  host: PlanHost,
  { title, facts: { storageDaemon, rights }, connectAgain, isDone }: DaemonRestart,
): PlanStep {
  const argv = ['systemctl', 'restart', storageDaemon] as const;
  const typed = typedAsRoot(rights, argv);
  return {
    title,
    host: host.shell,
    commands: [{ argv: typed }],
    isDone,
    run: async (options) => {
      if (rights === 'none') throw notRoot(host, typed);
      const failure = await restart(host, rootCommand(rights, argv));
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
