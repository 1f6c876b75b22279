import { CodedProblem } from '../../../../base/errors.ts';
import { t } from '../../../../base/l10n.ts';
import type { WaitOptions } from '../../../../base/waiting.ts';
import type { Plan, PlanStep } from '../../../../operations/plan/plan.ts';
import type { PlanHost } from '../../../../operations/plan/planHost.ts';
import { quoteArgv } from '../../../../transport/quote.ts';
import { readDaemons, type DaemonOnHost } from './daemons.ts';

/** systemd did not do what it was asked. */
export class DaemonProblem extends CodedProblem<'systemctl' | 'silent'> {}

const commandMs = 60_000;

/** Lets systemd listen for a daemon, now and after each boot. */
export function startDaemonPlan(host: PlanHost, daemon: DaemonOnHost): Plan {
  const unit = `${daemon.name}.socket`;
  const masked = [
    ...(daemon.enabled === 'masked' ? [unit] : []),
    ...(daemon.service === 'masked' ? [`${daemon.name}.service`] : []),
  ];
  return {
    title: t('Let {0} listen on {1}', daemon.name, host.name),
    remarks: [t('Domains that run are not touched.')],
    steps: [
      ...(masked.length > 0
        ? [step(host, t('Unmask {0}', masked.join(', ')), ['unmask', ...masked], ['mask', ...masked])]
        : []),
      step(host, t('Enable and start {0}', unit), ['enable', '--now', unit], ['disable', '--now', unit]),
      {
        title: t('Check that {0} is listened for', daemon.name),
        host: host.shell,
        commands: [{ argv: ['systemctl', 'is-active', unit] }],
        run: async ({ signal }) => {
          const daemons = await readDaemons(host.transport, { signal, timeoutMs: commandMs });
          if (daemons.some(({ name, hasSocket }) => name === daemon.name && hasSocket)) return;
          throw new DaemonProblem('silent', t('Nobody listens for {0} on {1}.', daemon.name, host.name), {
            advice: t('Look into its log on the host: {0}', `journalctl -u ${daemon.name}`),
          });
        },
      },
    ],
  };
}

function step(host: PlanHost, title: string, words: readonly string[], back: readonly string[]): PlanStep {
  return {
    title,
    host: host.shell,
    commands: [{ argv: ['sudo', 'systemctl', ...words] }],
    run: ({ signal }) => systemctl(host, words, { signal }),
    undo: {
      title: `systemctl ${back.join(' ')}`,
      commands: [{ argv: ['sudo', 'systemctl', ...back] }],
      run: (wait) => systemctl(host, back, wait),
    },
  };
}

const asRoot = 'if [ "$(id -u)" = 0 ]; then exec systemctl "$@"; else exec sudo -n systemctl "$@"; fi';

async function systemctl(host: PlanHost, words: readonly string[], wait: WaitOptions): Promise<void> {
  const command = ['sh', '-c', asRoot, 'sh', ...words] as const;
  const { exitCode, stderr } = await host.transport.exec(command, { timeoutMs: commandMs, ...wait });
  if (exitCode === 0) return;
  throw new DaemonProblem('systemctl', t('systemctl on {0}: {1}', host.name, stderr.trim()), {
    raw: stderr,
    advice: t('Run it as root on the host: {0}', quoteArgv(['systemctl', ...words])),
  });
}
