import { Problem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { WaitOptions } from '../../../base/waiting.ts';
import { destroyDomain, getDomainState } from '../../../libvirt/domains.ts';
import { isLibvirtError } from '../../../libvirt/errors.ts';
import { DomainState, PausedReason } from '../../../libvirt/protocol/domainStates.ts';
import { ErrorCode } from '../../../libvirt/protocol/errorCodes.ts';
import type { DomainRef } from '../../../libvirt/protocol/refs.ts';
import type { Plan } from '../../../operations/plan/plan.ts';
import { virshCommand, type PlanHost } from '../../../operations/plan/planHost.ts';

/** The domain is not, or not any more, what the plan was made for. */
class StartProblem extends Problem {
  readonly code = 'not-starting';
}

/** Gives up a start that hangs: the domain is off afterwards. */
export function forceOffPlan(host: PlanHost, domain: DomainRef): Plan {
  const stateOf = (options: WaitOptions): Promise<State> => readState(host, domain, options);
  return {
    title: t('Give up the start of {0}', domain.name),
    remarks: [t('The domain can be started again when its storage answers.')],
    loses: t(
      'The start of {0} on {1} is given up. Its guest was not running yet, so no data is lost.',
      domain.name,
      host.name,
    ),
    steps: [
      {
        title: t('Force off {0}', domain.name),
        host: host.shell,
        commands: [virshCommand(host, ['destroy', '--domain', domain.name])],
        isDone: async (options) => (await stateOf(options)) === 'off',
        run: async (options) => {
          if ((await stateOf(options)) === 'running')
            throw new StartProblem(t('{0} on {1} runs now: it is left alone.', domain.name, host.name));
          await destroyDomain(host.connection, domain, 0, options);
        },
      },
      {
        title: t('Check that {0} is off', domain.name),
        host: host.shell,
        commands: [virshCommand(host, ['domstate', '--reason', domain.name])],
        run: async (options) => {
          if ((await stateOf(options)) !== 'off')
            throw new StartProblem(t('{0} on {1} is not off.', domain.name, host.name));
        },
      },
    ],
  };
}

type State = 'starting' | 'running' | 'off';

async function readState({ connection }: PlanHost, domain: DomainRef, options: WaitOptions): Promise<State> {
  try {
    const { state, reason } = await getDomainState(connection, domain, options);
    if (state === DomainState.shutoff || state === DomainState.crashed) return 'off';
    return state === DomainState.paused && reason === PausedReason.startingUp ? 'starting' : 'running';
  } catch (error) {
    // A transient domain is gone when it is off.
    if (isLibvirtError(error, ErrorCode.noDomain)) return 'off';
    throw error;
  }
}
