import { CodedProblem } from '../../../../base/errors.ts';
import { t } from '../../../../base/l10n.ts';
import type { WaitOptions } from '../../../../base/waiting.ts';
import { refreshPool, startPool } from '../../../../libvirt/storagePools.ts';
import type { Plan, PlanStep } from '../../../../operations/plan/plan.ts';
import { virshCommand } from '../../../../operations/plan/planHost.ts';
import { explained } from '../../../../operations/pools/poolFailures.ts';
import { rbdPlaceOfPool } from '../../../../operations/volumes/cephClientOf.ts';
import type { ExaminedPool, Patient } from '../../../patient.ts';
import { checkLoginSteps } from '../checkLogins.ts';
import { checkOpenStep } from '../unreadableImage/sharedSteps.ts';
import { poolClient } from '../unreadableImage/unreadableImages.ts';
import { compareVolumes } from './compareVolumes.ts';

/** libvirt's list is still another. */
export class OutOfStepProblem extends CodedProblem<'still-different'> {}

/** Has libvirt list the volumes again; not before it is sure that this does not stop the pool. */
export async function refreshPlan(patient: Patient, pool: ExaminedPool, options: WaitOptions): Promise<Plan> {
  const { planHost, name } = patient;
  const { ref } = pool.entry;
  const isRbd = pool.model.type === 'rbd';
  return {
    title: t('List the volumes of the storage pool {0} on {1} again', ref.name, name),
    remarks: [
      t('A refresh that fails would stop the pool: so it is tried before whether everything can be opened.'),
    ],
    steps: [
      ...(await checkLoginSteps(patient, [pool], options)),
      ...(isRbd
        ? [checkOpenStep(planHost, await poolClient(patient, pool, options), rbdPlaceOfPool(pool.model))]
        : []),
      refreshStep(patient, pool),
      checkStep(patient, pool),
    ],
  };
}

function refreshStep({ planHost, session }: Patient, { entry: { ref } }: ExaminedPool): PlanStep {
  return {
    title: t('Refresh the storage pool {0}', ref.name),
    host: planHost.shell,
    commands: [virshCommand(planHost, ['pool-refresh', ref.name])],
    run: async (options) => {
      try {
        await explained(ref.name, planHost.name, () => refreshPool(planHost.connection, ref, options));
      } catch (error) {
        await startPool(planHost.connection, ref, options).catch(() => undefined);
        throw error;
      } finally {
        session.connected?.knowledge.volumesChanged(ref.uuid);
      }
    },
  };
}

function checkStep(patient: Patient, pool: ExaminedPool): PlanStep {
  const { planHost } = patient;
  const { ref } = pool.entry;
  return {
    title: t('Check that libvirt lists what there is'),
    host: planHost.shell,
    commands: [virshCommand(planHost, ['vol-list', ref.name])],
    run: async ({ signal, note }) => {
      const difference = await compareVolumes(patient, pool, { signal });
      if (!difference) return;
      const { gone, unlisted } = difference;
      if (unlisted.length > 0) note(t('{0} were not taken: libvirt cannot open them', unlisted.join(', ')));
      if (gone.length > 0)
        throw new OutOfStepProblem(
          'still-different',
          t('libvirt on {0} still lists what is not there: {1}.', planHost.name, gone.join(', ')),
        );
    },
  };
}
