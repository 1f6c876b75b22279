import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { setPoolVariable } from '../../../ceph/changeCephPool.ts';
import type { CephPool } from '../../../ceph/cephPools.ts';
import { placementOf } from '../../../operations/cephPools/placement.ts';
import { mostGroups, roomFor } from '../../../operations/cephPools/placementGroups.ts';
import type { PoolFacts } from '../../../operations/cephPools/readPoolsAndOsds.ts';
import { countInWords } from '../../../operations/cephPools/roomInWords.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard, type Ask } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { changePool, poolAmong, readFacts } from './changePool.ts';
import { placesWarning } from './create/askRedundancy.ts';

/** How many copies there are, and how many must be there to be written. Of an erasure-coded pool only the latter can change. */
export const changeReplicasCommand = objectCommand({
  id: 'libvirt.cephPool.replicas',
  on: { kinds: ['cephPool'], traits: ['connected'] },
  run: async (node, services) => {
    const { name } = node;
    const facts = await readFacts(node, services);
    const pool = poolAmong(facts, node);
    const answers = await wizard(t('Replicas of {0}', name), async (ask) => {
      const size = pool.type === 'replicated' ? await askSize(ask, pool, facts) : pool.size;
      return { size, minSize: await askMinSize(ask, pool, size) };
    });
    if (!answers) return;
    const { size, minSize } = answers;
    if (size === pool.size && minSize === pool.minSize) return;
    if (!(await confirmRisk(node.cluster.name, pool, size, minSize))) return;
    const title = t('Changing the replicas of the Ceph pool {0}', name);
    await changePool(node, services, title, async (client, signal) => {
      if (size !== pool.size)
        await setPoolVariable(client, name, 'size', size, { signal, isSure: size === 1 });
      // Ceph chooses one of its own whenever the size changes.
      await setPoolVariable(client, name, 'min_size', minSize, { signal });
    });
  },
});

const sizes = [1, 2, 3, 4, 5];

function askSize(ask: Ask, pool: CephPool, facts: PoolFacts): Promise<number> {
  const rule = facts.rules.find(({ id }) => id === pool.crushRule);
  const room = roomFor(facts, rule, pool);
  const { mayBeSingle, isAssumed, maxPgsPerPool } = facts.settings;
  return ask.pick({
    placeholder: t('How many copies of everything? Now there are {0}.', pool.size),
    choices: [...new Set([...sizes, pool.size])].map((size) => {
      const isForbidden = size === 1 && pool.size !== 1 && !mayBeSingle && !isAssumed;
      const hasRoom = mostGroups(room, size, maxPgsPerPool) >= pool.placementGroupsTarget;
      return {
        label: size === 1 ? t('A single copy') : t('{0} copies', size),
        description: countInWords(room, pool.placementGroupsTarget, size),
        detail: sentences(
          size === 1 ? t('Every disk that fails loses data.') : undefined,
          isForbidden ? t('Not allowed here (mon_allow_pool_size_one).') : undefined,
          hasRoom ? undefined : t('Too many for the OSDs: give the pool fewer placement groups first.'),
          rule && size > pool.size
            ? placesWarning(placementOf(rule, facts.tree), rule.failureDomain, size)
            : undefined,
        ),
        value: size,
        isUnavailable: isForbidden || !hasRoom,
      };
    }),
    preselected: (size) => size === pool.size,
  });
}

function askMinSize(ask: Ask, pool: CephPool, size: number): Promise<number> {
  const least = pool.type === 'erasure' ? (pool.chunks?.data ?? 1) : 1;
  // Ceph's own choice: `get_osd_pool_default_min_size`.
  const usual = pool.type === 'erasure' ? Math.min(size, least + 1) : size - Math.floor(size / 2);
  const possible = Array.from({ length: size - least + 1 }, (_, index) => least + index);
  return ask.pick({
    placeholder:
      pool.type === 'erasure'
        ? t('How many of the {0} chunks must be there, so that guests can write? (min_size)', size)
        : t('How many of the {0} copies must be there, so that guests can write? (min_size)', size),
    choices: possible.map((minSize) => ({
      label: String(minSize),
      description: minSize === usual ? t('the usual choice') : '',
      detail:
        minSize === least && size > least
          ? t('Guests go on with no spare at all: what fails then is lost.')
          : size === minSize && size > 1
            ? t('Guests stop as soon as one is missing.')
            : undefined,
      value: minSize,
    })),
    preselected: (minSize) => minSize === (size === pool.size ? pool.minSize : usual),
  });
}

async function confirmRisk(cluster: string, pool: CephPool, size: number, minSize: number): Promise<boolean> {
  const isSingle = size === 1 && pool.size !== 1;
  const isFewer = size < pool.size;
  const spare = pool.type === 'erasure' ? (pool.chunks?.data ?? 1) : 1;
  const isBare = size > 1 && minSize <= spare && minSize < pool.minSize;
  if (!isSingle && !isFewer && !isBare) return true;
  return confirm(
    isFewer
      ? t('Keep {0} instead of {1} copies in the Ceph pool {2} of {3}?', size, pool.size, pool.name, cluster)
      : t('Let guests write to the Ceph pool {0} of {1} with no spare copy?', pool.name, cluster),
    sentences(
      isFewer ? t('Ceph removes the other copies at once.') : undefined,
      isSingle
        ? t(
            'Then the first disk that fails takes a part of every image with it, and nothing can bring that back.',
          )
        : undefined,
      isBare ? t('What is written while the others are away is lost if the last one fails.') : undefined,
    ),
    isFewer ? t('Remove Copies') : t('Allow It'),
  );
}
