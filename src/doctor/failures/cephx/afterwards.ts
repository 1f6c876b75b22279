import type { PlanStep } from '../../../operations/plan/plan.ts';
import { checkPoolStep, startPoolStep } from '../../../operations/pools/startPoolStep.ts';
import type { Complaint } from '../../complaint.ts';
import type { Patient } from '../../patient.ts';
import { checkLoginStep } from '../reach/checkLoginStep.ts';
import type { LoginGroup, RbdLogin } from '../reach/rbdLogins.ts';

/**
 * The last steps of each cure: the login is tried, and the pools start that could not: those that start with the host, and
 * the one that somebody complains about.
 */
export function afterwards(
  { planHost }: Patient,
  group: Pick<LoginGroup, 'logins'>,
  login: RbdLogin,
  secretUuid: string | undefined,
  complaint: Complaint | undefined,
): readonly PlanStep[] {
  const pools = group.logins.flatMap(({ owner, isActive, about }) => {
    if (owner.kind !== 'pool' || isActive) return [];
    const isMeant = complaint?.about?.kind === 'pool' && complaint.about.name === about.name;
    return isMeant || owner.pool.entry.autostart ? owner.pool.entry.ref : [];
  });
  return [
    checkLoginStep(planHost, login, secretUuid),
    ...pools.map((pool) => startPoolStep(planHost, pool)),
    ...pools.map((pool) => checkPoolStep(planHost, pool)),
  ];
}
