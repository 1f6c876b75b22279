import type { WaitOptions } from '../../../base/waiting.ts';
import { connectAgain } from '../../../hosts/livePlanHost.ts';
import { restartDaemonStep, type DaemonRestart } from '../../../operations/packages/restartDaemon.ts';
import type { PlanStep } from '../../../operations/plan/plan.ts';
import { startPoolStep } from '../../../operations/pools/startPoolStep.ts';
import type { Patient } from '../../patient.ts';

/** Of these libvirt does not find out whether they are active still: after a restart of its daemon they are not. */
const notTakenUpAgain: ReadonlySet<string> = new Set(['rbd', 'gluster', 'iscsi-direct']);

export function isTakenUpAgain(type: string): boolean {
  return !notTakenUpAgain.has(type);
}

/** Restarts the storage daemon, and starts the pools that its restart leaves inactive. */
export async function restartSteps(
  patient: Patient,
  restart: Pick<DaemonRestart, 'title' | 'facts' | 'isDone'>,
): Promise<readonly PlanStep[]> {
  const { planHost, session } = patient;
  const lacking = await typesWithoutBackend(patient);
  const left = (await patient.pools()).filter(
    ({ entry, model: { type } }) => entry.active && !isTakenUpAgain(type) && !lacking.has(type),
  );
  return [
    restartDaemonStep(planHost, {
      ...restart,
      connectAgain: (wait: WaitOptions) => connectAgain(session, wait),
    }),
    ...left.map(({ entry }) => ({ ...startPoolStep(planHost, entry.ref), undo: undefined })),
  ];
}

/** Types of pools that libvirt says it has no backend for. One older than 5.2 does not say. */
export async function typesWithoutBackend(patient: Patient): Promise<ReadonlySet<string>> {
  const types = await patient.poolTypes();
  return new Set(types.filter(({ supported }) => supported === false).map(({ type }) => type));
}
