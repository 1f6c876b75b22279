import { CancelledError } from '../../../../base/errors.ts';
import { t } from '../../../../base/l10n.ts';
import { mapInTurns } from '../../../../operations/volumes/mapInTurns.ts';
import type { Complaint } from '../../../complaint.ts';
import type { Failure } from '../../../failure.ts';
import type { Finding } from '../../../finding.ts';
import type { ExaminedPool, Patient } from '../../../patient.ts';
import { stateOfLogin } from '../../reach/loginState.ts';
import { loginsOfPools } from '../checkLogins.ts';
import { poolSubject } from '../poolSubject.ts';
import { poolsNow } from '../poolsNow.ts';
import { typesWithoutBackend } from '../storageDaemon.ts';
import { unreadableImagesOf, type UnreadableImage } from '../unreadableImage/unreadableImages.ts';
import { compareVolumes, isComparable, type Difference } from './compareVolumes.ts';
import { page } from './page.ts';
import { refreshPlan } from './refreshPlan.ts';

const id = 'volumes-out-of-step';

/** libvirt lists other volumes than there are. */
export const volumesOutOfStepFailure: Failure = {
  id,
  page,
  symptoms: [
    {
      example: "Storage volume not found: no storage vol with matching path 'cli-made'",
      pattern: /no storage vol with matching (?:path|name|key) '([^\n]+)'/,
    },
    {
      example: "failed to open the RBD image 'cli-made': No such file or directory",
      pattern: /failed to open the RBD image '([^\n]+)': No such file or directory/,
    },
  ],
  examineHost: examine,
};

const atOnce = 3;

async function examine(patient: Patient, complaint?: Complaint): Promise<readonly Finding[]> {
  const [pools, lacking] = await Promise.all([poolsNow(patient), typesWithoutBackend(patient)]);
  const comparable = pools.filter(
    (pool) =>
      isComparable(pool) &&
      !lacking.has(pool.model.type) &&
      (complaint?.about?.kind !== 'pool' || complaint.about.uuid === pool.entry.ref.uuid),
  );
  const findings = await mapInTurns(comparable, atOnce, async (pool) => {
    const found = await differenceOfPool(patient, pool);
    if (!found || (complaint && !isNamedIn(complaint, found))) return undefined;
    return findingOf(patient, pool, found);
  });
  return findings.filter((one) => one !== undefined);
}

/** undefined: there is none, or it cannot be seen. */
async function differenceOfPool(patient: Patient, pool: ExaminedPool): Promise<Difference | undefined> {
  const [login] = await loginsOfPools(patient, [pool]);
  // What is wrong with the login is told by other failures.
  if (login && (await stateOfLogin(patient, login)).kind !== 'fine') return undefined;
  const difference = await compareVolumes(patient, pool, patient.wait);
  if (!difference) return undefined;
  const { gone } = difference;
  const left = await withoutUnreadable(patient, pool, difference.unlisted);
  return left.length + gone.length > 0 ? { unlisted: left, gone } : undefined;
}

/** Those that libvirt leaves out, as they cannot be opened, are not helped by listing again. */
async function withoutUnreadable(
  patient: Patient,
  pool: ExaminedPool,
  unlisted: readonly string[],
): Promise<readonly string[]> {
  if (unlisted.length === 0 || pool.model.type !== 'rbd') return unlisted;
  const unreadable = await unreadableImagesOf(patient, pool).catch(
    (error: unknown): readonly UnreadableImage[] => {
      if (error instanceof CancelledError) throw error;
      return [];
    },
  );
  const names = new Set(unreadable.map(({ name }) => name));
  return unlisted.filter((name) => !names.has(name));
}

/** Whether what somebody complains of, a name or a path, is among them. */
function isNamedIn({ match }: Complaint, { unlisted, gone }: Difference): boolean {
  const named = match[1] ?? '';
  return [...unlisted, ...gone].some((name) => named === name || named.endsWith(`/${name}`));
}

function findingOf(patient: Patient, pool: ExaminedPool, { unlisted, gone }: Difference): Finding {
  const { entry, model } = pool;
  const { name } = entry.ref;
  return {
    failure: id,
    severity: gone.length > 0 ? 'warning' : 'information',
    about: poolSubject(patient, entry),
    title: t(
      'libvirt on {0} lists other volumes of {1} than there are: {2} are missing from the list, {3} are gone',
      patient.name,
      name,
      unlisted.length,
      gone.length,
    ),
    explanation: [
      model.type === 'rbd'
        ? t(
            'Images were made or removed by rbd, by qemu-img or from another host. libvirt on each host notices that only when the pool is refreshed.',
          )
        : t(
            'Files were made or removed in the folder of the pool. libvirt notices that only when the pool is refreshed.',
          ),
    ],
    evidence: [
      ...(unlisted.length > 0 ? [t('there, and not in the list: {0}', shortened(unlisted))] : []),
      ...(gone.length > 0 ? [t('in the list, and not there: {0}', shortened(gone))] : []),
    ],
    remedies: [
      {
        kind: 'plan',
        title: t('List the volumes again'),
        plan: (options) => refreshPlan(patient, pool, options),
      },
    ],
  };
}

const mostNames = 20;

function shortened(names: readonly string[]): string {
  const rest = names.length - mostNames;
  return [...names.slice(0, mostNames), ...(rest > 0 ? [t('{0} more', rest)] : [])].join(', ');
}
