import { CodedProblem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { getDomainState, lookupDomain, startDomain } from '../../libvirt/domains.ts';
import type { DomainRef } from '../../libvirt/protocol/refs.ts';
import { DomainState } from '../../libvirt/protocol/domainStates.ts';
import { shutDownStep } from '../images/removeImage/domainSteps.ts';
import type { Plan, PlanStep, StepOptions } from '../plan/plan.ts';
import { virshCommand, type PlanHost } from '../plan/planHost.ts';

class StartProblem extends CodedProblem<'not-running'> {}

/**
 * Shuts domains down and starts them again, one after the other: by another QEMU, with all that their definitions have.
 * @param check what is looked at when all of them run
 */
export function startAgainPlan(
  host: PlanHost,
  domains: readonly DomainRef[],
  check: Pick<PlanStep, 'title' | 'commands'> & { run(options: StepOptions): Promise<void> },
): Plan {
  const names = domains.map(({ name }) => name).join(', ');
  return {
    title: t('Shut down {0} on {1} and start again', names, host.name),
    remarks: [t('A reboot from within the guest is not enough: QEMU goes on then.')],
    loses: t('What runs in {0} on {1} is ended and begins anew.', names, host.name),
    steps: [
      ...domains.flatMap((domain) => [
        // What was begun is brought to its end by the next step: there is nothing to take back.
        shutDownStep({
          host,
          domain,
          target: '',
          role: 'disk',
          isRunning: true,
          isDefined: true,
          isPersistent: false,
        }),
        startStep(host, domain),
      ]),
      { ...check, host: host.shell },
    ],
  };
}

function startStep(host: PlanHost, domain: DomainRef): PlanStep {
  return {
    title: t('Start {0} on {1}', domain.name, host.name),
    host: host.shell,
    commands: [virshCommand(host, ['start', '--domain', domain.name])],
    run: async ({ signal }) => {
      const { connection } = host;
      const ref = await lookupDomain(connection, domain.uuid, { signal });
      await startDomain(connection, ref, 0, { signal });
      const { state } = await getDomainState(connection, ref, { signal });
      if (state !== DomainState.running)
        throw new StartProblem('not-running', t('{0} on {1} does not run.', domain.name, host.name));
    },
  };
}
