import { t } from '../../../../base/l10n.ts';
import type { WaitOptions } from '../../../../base/waiting.ts';
import { rbdCaps } from '../../../../ceph/cephCaps.ts';
import { getCephUser, setCephCaps, type CephUser } from '../../../../ceph/cephUsers.ts';
import { getRbdInfo, type RbdImage, type RbdSnapshotName } from '../../../../ceph/rbd.ts';
import type { CephCluster } from '../../../../hosts/clusters/cephCluster.ts';
import { shellHostOf } from '../../../../hosts/shellHost.ts';
import { monitorsArgv } from '../../../../operations/plan/cephShell.ts';
import type { Plan, PlanStep } from '../../../../operations/plan/plan.ts';
import { checkPoolStep, startPoolStep } from '../../../../operations/pools/startPoolStep.ts';
import { rbdPlaceOfPool } from '../../../../operations/volumes/cephClientOf.ts';
import type { ExaminedPool, Patient } from '../../../patient.ts';
import { checkOpenStep } from './sharedSteps.ts';
import { poolClient } from './unreadableImages.ts';

/** What an image that the pool's user cannot open is a clone of, as a client with more rights sees it. */
export interface ForeignParent {
  readonly cluster: CephCluster;
  readonly parent: RbdSnapshotName;
}

/** undefined: nobody here may read it either, or it has no parent in another pool. */
export async function findForeignParent(
  { ward, session, wait }: Patient,
  image: RbdImage,
): Promise<ForeignParent | undefined> {
  for (const cluster of ward.clusters?.of(session) ?? []) {
    try {
      const { parent } = await cluster.ask((client) => getRbdInfo(client, image, wait));
      if (parent && parent.pool !== image.pool) return { cluster, parent };
    } catch {
      // Another cluster, or a client that may not read it either.
    }
  }
  return undefined;
}

/** Lets the pool's user read the pools that the parents of its images are in, and starts the pool. */
export async function letReadParentPlan(
  patient: Patient,
  pool: ExaminedPool,
  { cluster, parent }: ForeignParent,
  options: WaitOptions,
): Promise<Plan> {
  const { planHost } = patient;
  const { ref } = pool.entry;
  const user = pool.model.auth?.username ?? 'admin';
  const client = await poolClient(patient, pool, options);
  return {
    title: t(
      'Let client.{0} read the Ceph pool {1}, and start the storage pool {2}',
      user,
      parent.pool,
      ref.name,
    ),
    remarks: [
      t('Whoever has the key of client.{0} can then read all images of {1}.', user, parent.pool),
      t('Its other capabilities stay as they are.'),
    ],
    steps: [
      await capsStep(cluster, `client.${user}`, parent.pool, options),
      checkOpenStep(planHost, client, rbdPlaceOfPool(pool.model)),
      startPoolStep(planHost, ref),
      checkPoolStep(planHost, ref),
    ],
  };
}

async function capsStep(
  cluster: CephCluster,
  entity: string,
  parentPool: string,
  options: WaitOptions,
): Promise<PlanStep> {
  const known = await cluster.ask((client) => getCephUser(client, entity, options));
  const { client, session } = cluster.require();
  const words = (caps: CephUser['caps']): readonly string[] => ['auth', 'caps', entity, ...[...caps].flat()];
  let before = known?.caps ?? new Map<string, string>();
  return {
    title: t('Let {0} read the images of the Ceph pool {1}', entity, parentPool),
    host: shellHostOf(session),
    commands: [{ argv: monitorsArgv(client.access, words(withReading(before, parentPool))) }],
    isDone: async ({ signal }) => {
      before = (await getCephUser(client, entity, { signal }))?.caps ?? before;
      return withReading(before, parentPool) === before;
    },
    run: ({ signal }) => setCephCaps(client, entity, withReading(before, parentPool), { signal }),
    undo: {
      title: t('Give {0} the capabilities that it had', entity),
      commands: [{ argv: monitorsArgv(client.access, words(before)) }],
      run: (wait) => setCephCaps(client, entity, before, wait),
    },
  };
}

/** The same capabilities when they have it already. */
export function withReading(caps: CephUser['caps'], pool: string): CephUser['caps'] {
  const wanted = rbdCaps([{ pool, namespace: undefined, readOnly: true }]).get('osd') ?? '';
  const own = caps.get('osd') ?? '';
  if (own.split(/,\s*/).includes(wanted)) return caps;
  return new Map([...caps, ['osd', [own, wanted].filter((part) => part !== '').join(', ')]]);
}
