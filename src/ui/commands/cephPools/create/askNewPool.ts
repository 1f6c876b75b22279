import { t } from '../../../../base/l10n.ts';
import type { ErasureProfile } from '../../../../ceph/erasureProfiles.ts';
import type { PoolOrder } from '../../../../operations/cephPools/newCephPool.ts';
import { mostGroups, proposedGroups, roomFor } from '../../../../operations/cephPools/placementGroups.ts';
import { CephPoolProblem } from '../../../../operations/cephPools/cephPoolProblem.ts';
import { refusePoolName } from '../../../../operations/cephPools/poolNames.ts';
import type { PoolFacts } from '../../../../operations/cephPools/readPoolsAndOsds.ts';
import { countInWords, roomInWords } from '../../../../operations/cephPools/roomInWords.ts';
import type { Choice } from '../../../prompts/askPick.ts';
import type { Ask } from '../../../prompts/wizard.ts';
import { askGroups } from '../askGroups.ts';
import { askRedundancy, ruleOfProfile, type Redundancy } from './askRedundancy.ts';

/** What a pool begins with that the autoscaler is to care for (`osd_pool_default_pg_num`). */
const firstGroups = 32;

export interface NewPoolAnswers {
  readonly order: PoolOrder;
  /** Shown as a script first. */
  readonly isShown: boolean;
}

export async function askNewPool(
  ask: Ask,
  facts: PoolFacts,
  profiles: readonly ErasureProfile[],
): Promise<NewPoolAnswers> {
  const taken = new Set(facts.pools.map(({ name }) => name));
  const name = await ask.text({
    prompt: t('The name of the Ceph pool, as disks and storage pools will name it.'),
    placeholder: 'vms',
    refusal: (given) => refusePoolName(given, taken),
  });
  const redundancy = await askRedundancy(ask, facts, profiles);
  const groups = await askHowManyGroups(ask, facts, redundancy);
  const order = { name, data: dataOf(redundancy, profiles), ...groups };
  const isShown = await ask.pick({
    placeholder: t('Create the Ceph pool {0} with {1} placement groups?', name, order.placementGroups),
    choices: [
      { label: t('Create It'), detail: summaryOf(order, redundancy), value: false },
      {
        label: t('Show the Commands First'),
        detail: t('As a shell script, to read, copy and run.'),
        value: true,
      },
    ],
  });
  return { order, isShown };
}

function sizeOf(redundancy: Redundancy): number {
  if (redundancy.type === 'replicated') return redundancy.size;
  const { data, coding } = redundancy.profile.chunks;
  return data + coding;
}

async function askHowManyGroups(
  ask: Ask,
  facts: PoolFacts,
  redundancy: Redundancy,
): Promise<Pick<PoolOrder, 'placementGroups' | 'autoscale' | 'isBulk'>> {
  const { maxPgsPerPool: ofOnePool, defaultAutoscale } = facts.settings;
  const rule = redundancy.type === 'replicated' ? redundancy.rule : ruleOfProfile(redundancy.profile);
  const room = roomFor(facts, rule);
  const size = sizeOf(redundancy);
  const most = mostGroups(room, size, ofOnePool);
  if (most < 1)
    throw new CephPoolProblem(
      'too-many-groups',
      t('There is no room for another pool of this kind. {0}', roomInWords(room, size)),
      {
        advice: t(
          'Give another pool fewer placement groups, delete one, add OSDs, or raise mon_max_pg_per_osd.',
        ),
      },
    );
  const first = Math.min(firstGroups, proposedGroups(room, size, ofOnePool));
  const large = proposedGroups(room, size, ofOnePool);
  const others: readonly Choice<string>[] = [
    {
      label: t('Ceph adjusts them'),
      description: countInWords(room, first, size),
      detail: t('The autoscaler adds placement groups as data comes. The usual choice.'),
      value: 'on',
    },
    {
      label: t('Ceph adjusts them, and most of the data will be here'),
      description: countInWords(room, large, size),
      detail: t('The autoscaler begins with many, so that they need not be split later.'),
      value: 'bulk',
    },
  ];
  const chosen = await askGroups(ask, {
    room,
    size,
    ofOnePool,
    others,
    othersFirst: defaultAutoscale === 'on',
  });
  if (chosen === 'on') return { placementGroups: first, autoscale: 'on', isBulk: false };
  if (chosen === 'bulk') return { placementGroups: large, autoscale: 'on', isBulk: true };
  // What a person has chosen is not changed behind their back.
  return {
    placementGroups: Number(chosen),
    autoscale: defaultAutoscale === 'off' ? 'off' : 'warn',
    isBulk: false,
  };
}

function dataOf(redundancy: Redundancy, profiles: readonly ErasureProfile[]): PoolOrder['data'] {
  if (redundancy.type === 'replicated')
    return { type: 'replicated', size: redundancy.size, crushRule: redundancy.rule.name };
  const { profile } = redundancy;
  const isThere = profiles.some(({ name }) => name === profile.name);
  return { type: 'erasure', profile: isThere ? profile.name : profile };
}

function summaryOf({ placementGroups, autoscale }: PoolOrder, redundancy: Redundancy): string {
  const kind =
    redundancy.type === 'replicated'
      ? t('{0} copies by the rule {1}', redundancy.size, redundancy.rule.name)
      : t(
          'erasure code {0}+{1}, for the data of images',
          redundancy.profile.chunks.data,
          redundancy.profile.chunks.coding,
        );
  return [kind, t('{0} PGs', placementGroups), t('autoscaling {0}', autoscale), t('ready for RBD')].join(
    ' · ',
  );
}
