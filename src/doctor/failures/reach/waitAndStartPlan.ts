import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledError } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { PoolRef } from '../../../libvirt/protocol/refs.ts';
import type { Plan, PlanStep, StepOptions } from '../../../operations/plan/plan.ts';
import type { PlanHost } from '../../../operations/plan/planHost.ts';
import { checkPoolStep, startPoolStep } from '../../../operations/pools/startPoolStep.ts';
import { loginCommand } from './checkLoginStep.ts';
import { probeLogin, type LoginState } from './loginState.ts';
import { problemOf } from './loginWords.ts';
import type { RbdLogin } from './rbdLogins.ts';

/** How long is waited between two questions, and at most altogether. */
const retryMs = 3000;
const longestMs = 30 * 60_000;

/** Waits until Ceph answers again, then starts the storage pools that are not active. */
export function waitAndStartPlan(
  host: PlanHost,
  login: RbdLogin,
  secretUuid: string | undefined,
  pools: readonly PoolRef[],
): Plan {
  return {
    title: t('Start the storage pools of {0} when Ceph answers', host.name),
    remarks: [
      t('Nothing is asked of libvirt until Ceph answers, so that nobody has to wait.'),
      t('It waits for half an hour at most, and can be cancelled.'),
    ],
    steps: [
      waitStep(host, login, secretUuid),
      ...pools.map((pool) => startPoolStep(host, pool)),
      ...pools.map((pool) => checkPoolStep(host, pool)),
    ],
  };
}

function waitStep(host: PlanHost, login: RbdLogin, secretUuid: string | undefined): PlanStep {
  const { argv } = loginCommand(host, login, secretUuid);
  return {
    title: t('Wait until Ceph answers'),
    host: host.shell,
    commands: [{ argv: ['sh', '-c', 'until "$@" >/dev/null; do sleep 3; done', 'sh', ...argv] }],
    run: async (options) => {
      const giveUpAt = Date.now() + longestMs;
      for (;;) {
        const state = await probeLogin(host, login, { signal: options.signal });
        if (!isSilent(state)) {
          const problem = problemOf(state, login.name, host.name);
          if (problem && state.kind !== 'not-tried') throw problem;
          return;
        }
        if (Date.now() > giveUpAt) throw problemOf(state, login.name, host.name) ?? new CancelledError();
        options.report({ message: t('Ceph does not answer yet') });
        await pause(options);
      }
    },
  };
}

async function pause({ signal }: StepOptions): Promise<void> {
  try {
    await sleep(retryMs, undefined, { signal });
  } catch {
    throw new CancelledError();
  }
}

function isSilent({ kind }: LoginState): boolean {
  return kind === 'silent' || kind === 'stalled';
}
