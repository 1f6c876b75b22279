import { t } from '../../../../base/l10n.ts';
import { rbdPlaceOfPool } from '../../../../operations/volumes/cephClientOf.ts';
import type { Complaint } from '../../../complaint.ts';
import type { Failure } from '../../../failure.ts';
import type { Finding, Remedy } from '../../../finding.ts';
import type { ExaminedPool, Patient } from '../../../patient.ts';
import { poolSubject } from '../poolSubject.ts';
import { typesWithoutBackend } from '../storageDaemon.ts';
import { removeRemainsPlan, trashRemainsPlan } from './headerGonePlans.ts';
import { findForeignParent, letReadParentPlan, type ForeignParent } from './letReadParentPlan.ts';
import { page } from './page.ts';
import { setAsidePlan } from './setAsidePlan.ts';
import { unreadableImagesOf, type UnreadableImage } from './unreadableImages.ts';

const id = 'unreadable-image';

/** An image that cannot be opened, for which libvirt stops the whole pool. */
export const unreadableImageFailure: Failure = {
  id,
  page,
  symptoms: [
    {
      example: "failed to open the RBD image 'web1': No such file or directory",
      pattern: /failed to open the RBD image '([^\n]+)': /,
    },
    {
      example: 'rbd: error opening image web1: (5) Input/output error',
      pattern: /rbd: error opening (?:image )?([^\n]+): \((?!110\))\d+\) /,
    },
    {
      example: 'rbd: listing images failed: (5) Input/output error',
      pattern: /rbd: listing images failed: \((?:2|5|22)\) /,
    },
  ],
  examineHost: async (patient, complaint) => {
    const lacking = await typesWithoutBackend(patient);
    const pools = (await patient.pools()).filter(({ entry, model }) => {
      const isAsked = complaint?.about?.kind !== 'pool' || complaint.about.uuid === entry.ref.uuid;
      return model.type === 'rbd' && !lacking.has('rbd') && isAsked;
    });
    const findings: Finding[] = [];
    for (const pool of pools) {
      const images = await unreadableImagesOf(patient, pool);
      if (images.length > 0) findings.push(await findingOf(patient, pool, images, complaint));
    }
    return findings;
  },
};

async function findingOf(
  patient: Patient,
  pool: ExaminedPool,
  images: readonly UnreadableImage[],
  complaint: Complaint | undefined,
): Promise<Finding> {
  const { entry } = pool;
  const of = (kind: UnreadableImage['kind']): readonly string[] =>
    images.flatMap((image) => (image.kind === kind ? [image.name] : []));
  const [damaged, forbidden, headless] = [of('damaged'), of('forbidden'), of('header-gone')];
  const place = rbdPlaceOfPool(pool.model);
  const [firstForbidden] = forbidden;
  const foreign =
    firstForbidden === undefined
      ? undefined
      : await findForeignParent(patient, { ...place, image: firstForbidden });
  const isHarmful = damaged.length + forbidden.length > 0;
  const names = images.map(({ name }) => name).join(', ');
  return {
    failure: id,
    severity: isHarmful && !entry.active ? 'error' : 'warning',
    about: poolSubject(patient, entry),
    title: t(
      'Images of the storage pool {0} on {1} cannot be opened: {2}',
      entry.ref.name,
      patient.name,
      names,
    ),
    explanation: [
      ...(isHarmful
        ? [
            entry.active
              ? t(
                  'The pool is active now. The next time it is started or refreshed, libvirt stops it because of them.',
                )
              : t(
                  'The pool is inactive because of them: libvirt opens every image when it starts a pool, and gives up at the first that fails.',
                ),
          ]
        : []),
      ...(damaged.length > 0
        ? [
            t(
              'What describes these images is damaged, or was written by a newer Ceph: {0}. rbd can neither remove them nor move them to the trash.',
              damaged.join(', '),
            ),
          ]
        : []),
      ...(forbidden.length > 0 ? [whyForbidden(pool, forbidden, foreign)] : []),
      ...(headless.length > 0
        ? [
            t(
              'These have no header any more: {0}. libvirt leaves them out, so that only Ceph lists them.',
              headless.join(', '),
            ),
          ]
        : []),
    ],
    evidence: [
      ...images.map(({ said }) => said),
      entry.active ? t('{0} is active', entry.ref.name) : t('{0} is inactive', entry.ref.name),
      ...(complaint ? [complaint.match[0]] : []),
    ],
    remedies: [
      ...(foreign ? [letReadRemedy(patient, pool, foreign)] : []),
      ...(damaged.length > 0 ? [setAsideRemedy(patient, pool, damaged)] : []),
      ...headless.flatMap((name) => remainsRemedies(patient, pool, name)),
    ],
  };
}

function whyForbidden(
  { model }: ExaminedPool,
  names: readonly string[],
  foreign: ForeignParent | undefined,
): string {
  const user = model.auth?.username ?? 'admin';
  return foreign
    ? t(
        'client.{0} may not read what these images are clones of, in the Ceph pool {1}: {2}.',
        user,
        foreign.parent.pool,
        names.join(', '),
      )
    : t(
        'The capabilities of client.{0} do not reach what these images need, most often a parent in another pool: {1}.',
        user,
        names.join(', '),
      );
}

function letReadRemedy(patient: Patient, pool: ExaminedPool, foreign: ForeignParent): Remedy {
  return {
    kind: 'plan',
    title: t('Let the user read the parents in {0}, and start the pool', foreign.parent.pool),
    plan: (options) => letReadParentPlan(patient, pool, foreign, options),
  };
}

function setAsideRemedy(patient: Patient, pool: ExaminedPool, images: readonly string[]): Remedy {
  return {
    kind: 'plan',
    title: t('Set aside the images that cannot be opened, and start the pool'),
    plan: (options) => setAsidePlan(patient, pool, images, options),
  };
}

function remainsRemedies(patient: Patient, pool: ExaminedPool, name: string): readonly Remedy[] {
  return [
    {
      kind: 'plan',
      title: t('Move what is left of {0} to the trash', name),
      plan: (options) => trashRemainsPlan(patient, pool, name, options),
    },
    {
      kind: 'plan',
      title: t('Remove what is left of {0}', name),
      plan: (options) => removeRemainsPlan(patient, pool, name, options),
    },
  ];
}
