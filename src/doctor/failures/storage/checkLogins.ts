import type { WaitOptions } from '../../../base/waiting.ts';
import type { PlanStep } from '../../../operations/plan/plan.ts';
import type { ExaminedPool, Patient } from '../../patient.ts';
import { checkLoginStep } from '../reach/checkLoginStep.ts';
import { secretOfLogin } from '../reach/loginState.ts';
import { rbdLoginsOf, type RbdLogin } from '../reach/rbdLogins.ts';

/** Steps that reject before anything is done when Ceph does not let pools in: libvirt would wait for half a minute. */
export async function checkLoginSteps(
  patient: Patient,
  pools: readonly ExaminedPool[],
  options: WaitOptions,
): Promise<readonly PlanStep[]> {
  const logins = await loginsOfPools(patient, pools);
  return Promise.all(
    logins.map(async (login) => {
      const secret = await secretOfLogin({ ...patient.host, name: patient.name }, login, options);
      return checkLoginStep(patient.planHost, login, secret?.uuid);
    }),
  );
}

/** The logins of those of the pools that are on Ceph. */
export async function loginsOfPools(
  patient: Patient,
  pools: readonly ExaminedPool[],
): Promise<readonly RbdLogin[]> {
  if (!pools.some(({ model }) => model.type === 'rbd')) return [];
  const uuids = new Set(pools.map(({ entry }) => entry.ref.uuid));
  const logins = await rbdLoginsOf(patient);
  return logins.filter(({ about }) => about.kind === 'pool' && uuids.has(about.uuid));
}
