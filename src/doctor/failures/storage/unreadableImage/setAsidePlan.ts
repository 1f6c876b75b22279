import { t } from '../../../../base/l10n.ts';
import type { WaitOptions } from '../../../../base/waiting.ts';
import type { CephClient } from '../../../../ceph/cephAccess.ts';
import { listRbdImages, placeArguments, type RbdImage } from '../../../../ceph/rbd.ts';
import { cephArgv } from '../../../../operations/plan/cephShell.ts';
import type { Plan, PlanStep } from '../../../../operations/plan/plan.ts';
import type { PlanHost } from '../../../../operations/plan/planHost.ts';
import { checkPoolStep, startPoolStep } from '../../../../operations/pools/startPoolStep.ts';
import { rbdPlaceOfPool } from '../../../../operations/volumes/cephClientOf.ts';
import type { ExaminedPool, Patient } from '../../../patient.ts';
import {
  directoryObject,
  putEntry,
  readDirectoryEntries,
  removeEntry,
  type DirectoryEntries,
} from './imageDirectory.ts';
import { checkOpenStep, keyringRemark } from './sharedSteps.ts';
import { poolClient } from './unreadableImages.ts';

/**
 * Takes images that cannot be opened out of the list of their pool, and starts the pool. rbd can neither remove them nor
 * move them to the trash; no data is touched, and the way back is open.
 */
export async function setAsidePlan(
  patient: Patient,
  pool: ExaminedPool,
  images: readonly string[],
  options: WaitOptions,
): Promise<Plan> {
  const { planHost } = patient;
  const { ref } = pool.entry;
  const client = await poolClient(patient, pool, options);
  const place = rbdPlaceOfPool(pool.model);
  const steps = await Promise.all(
    images.map(async (name) => {
      const image = { ...place, image: name };
      return setAsideStep(planHost, client, image, await readDirectoryEntries(client, image, options));
    }),
  );
  return {
    title: t(
      'Set aside {0}, and start the storage pool {1} on {2}',
      images.join(', '),
      ref.name,
      patient.name,
    ),
    remarks: [
      t(
        'Ceph no longer lists these images, so that libvirt does not try to open them. Their data stays where it is.',
      ),
      t('Note what undoing does, if somebody is to repair them later: it enters them in the list again.'),
      ...keyringRemark(client, planHost),
    ],
    steps: [
      ...steps,
      checkOpenStep(planHost, client, place),
      startPoolStep(planHost, ref),
      checkPoolStep(planHost, ref),
    ],
  };
}

function setAsideStep(
  host: PlanHost,
  client: CephClient,
  image: RbdImage,
  { keys }: DirectoryEntries,
): PlanStep {
  const rados = (...args: readonly string[]): readonly string[] =>
    cephArgv(client.access, 'rados', [...placeArguments(image), ...args]);
  return {
    title: t('Take {0} out of the list of images of the Ceph pool {1}', image.image, image.pool),
    host: host.shell,
    commands: keys.map(({ key }) => ({ argv: rados('rmomapkey', directoryObject, key) })),
    isDone: async ({ signal }) => !(await listRbdImages(client, image, { signal })).includes(image.image),
    run: async ({ signal }) => {
      for (const { key } of keys) await removeEntry(client, image, key, { signal });
    },
    undo: {
      title: t('Enter {0} in the list of images of the Ceph pool {1} again', image.image, image.pool),
      commands: keys.map(({ key, value }) => ({
        argv: ['sh', '-c', 'printf "$0" | "$@"', octal(value), ...rados('setomapval', directoryObject, key)],
      })),
      run: async (options) => {
        for (const entry of [...keys].reverse()) await putEntry(client, image, entry, options);
      },
    },
  };
}

/** For printf: every byte as `\ooo`. */
function octal(bytes: Buffer): string {
  return [...bytes].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
