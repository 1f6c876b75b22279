import { t } from '../../../../base/l10n.ts';
import type { WaitOptions } from '../../../../base/waiting.ts';
import type { Plan } from '../../../../operations/plan/plan.ts';
import { autostartPoolStep } from '../../../../operations/pools/autostartPoolStep.ts';
import { checkPoolStep, startPoolStep } from '../../../../operations/pools/startPoolStep.ts';
import type { ExaminedPool, Patient } from '../../../patient.ts';
import { checkLoginSteps } from '../checkLogins.ts';

/** Starts pools, when Ceph lets them in: libvirt would wait for half a minute for each, and answer nobody about pools. */
export async function startPoolsPlan(
  patient: Patient,
  pools: readonly ExaminedPool[],
  options: WaitOptions,
): Promise<Plan> {
  const { planHost, name } = patient;
  const refs = pools.map(({ entry }) => entry.ref);
  return {
    title:
      refs.length === 1
        ? t('Start the storage pool {0} on {1}', refs[0]?.name ?? '', name)
        : t('Start {0} storage pools on {1}', refs.length, name),
    remarks: [],
    steps: [
      ...(await checkLoginSteps(patient, pools, options)),
      ...refs.map((ref) => startPoolStep(planHost, ref)),
      ...pools
        .filter(({ entry }) => !entry.autostart && entry.persistent)
        .map(({ entry }) => autostartPoolStep(planHost, entry.ref)),
      ...refs.map((ref) => checkPoolStep(planHost, ref)),
    ],
  };
}
