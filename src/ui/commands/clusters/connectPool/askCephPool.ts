import * as vscode from 'vscode';
import { t } from '../../../../base/l10n.ts';
import type { CephPool } from '../../../../ceph/cephPools.ts';
import { CephPoolProblem } from '../../../../operations/cephPools/cephPoolProblem.ts';
import type { PoolOrder } from '../../../../operations/cephPools/newCephPool.ts';
import { proposedGroups, roomFor } from '../../../../operations/cephPools/placementGroups.ts';
import { refusePoolName } from '../../../../operations/cephPools/poolNames.ts';
import { roomInWords } from '../../../../operations/cephPools/roomInWords.ts';
import type { Choice } from '../../../prompts/askPick.ts';
import type { Ask } from '../../../prompts/wizard.ts';
import { askGroups } from '../../cephPools/askGroups.ts';
import type { ConnectSite } from './connectSite.ts';

/** One that is there, or one to be made. */
export interface ChosenCephPool {
  readonly name: string;
  readonly order: PoolOrder | undefined;
}

/** The empty text is no name of a pool. */
const aNewOne = '';

export async function askCephPool(ask: Ask, site: ConnectSite): Promise<ChosenCephPool> {
  const chosen = await ask.pick({
    placeholder: t('Which Ceph pool is to hold the disks?'),
    choices: async () => {
      const [pools, over] = await Promise.all([site.pools(), site.over()]);
      return [
        ...pools.filter(holdsImages).map((pool) =>
          poolChoice(
            pool,
            over.filter((one) => one.pool.cephPool === pool.name).map(({ session }) => session.name),
          ),
        ),
        {
          label: t('New Ceph pool…'),
          detail: t('Made by the plan, with a number of placement groups that fits the cluster.'),
          icon: new vscode.ThemeIcon('add'),
          value: aNewOne,
        },
      ];
    },
  });
  if (chosen !== aNewOne) return { name: chosen, order: undefined };
  const order = await askNewPool(ask, site);
  return { name: order.name, order };
}

/** What is of another application, or cannot hold the headers of images, is not offered. */
function holdsImages({ applications, type }: CephPool): boolean {
  return type === 'replicated' && (applications.length === 0 || applications.includes('rbd'));
}

function poolChoice({ name, applications }: CephPool, hosts: readonly string[]): Choice<string> {
  const use = applications.includes('rbd') ? '' : t('not prepared for RBD yet: the plan does it');
  return {
    label: name,
    description: hosts.length > 0 ? t('connected to {0}', hosts.join(', ')) : use,
    value: name,
  };
}

/** With the copies and the rule that the cluster takes by itself; New Ceph Pool… asks for all of it. */
async function askNewPool(ask: Ask, site: ConnectSite): Promise<PoolOrder> {
  const { pools, rules, ...facts } = await site.facts();
  const taken = new Set(pools.map(({ name }) => name));
  const name = await ask.text({
    prompt: t('The name of the Ceph pool, as disks and storage pools will name it.'),
    placeholder: 'vms',
    refusal: (given) => refusePoolName(given, taken),
  });
  const { defaultSize: size, maxPgsPerPool: ofOnePool, defaultAutoscale } = facts.settings;
  const rule = rules.find(({ type }) => type === 'replicated');
  const room = roomFor({ pools, rules, ...facts }, rule);
  const proposed = proposedGroups(room, size, ofOnePool);
  if (!rule || proposed < 1)
    throw new CephPoolProblem(
      'too-many-groups',
      t('There is no room for another pool of this kind. {0}', roomInWords(room, size)),
    );
  const isAdjusted = defaultAutoscale === 'on';
  const groups = isAdjusted
    ? Math.min(firstGroups, proposed)
    : Number(await askGroups(ask, { room, size, ofOnePool }));
  return {
    name,
    data: { type: 'replicated', size, crushRule: rule.name },
    placementGroups: groups,
    autoscale: defaultAutoscale,
    isBulk: false,
  };
}

/** What a pool begins with that the autoscaler is to care for (`osd_pool_default_pg_num`). */
const firstGroups = 32;
