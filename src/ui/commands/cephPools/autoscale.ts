import { t } from '../../../base/l10n.ts';
import type { CephClient } from '../../../ceph/cephAccess.ts';
import { isForbidden } from '../../../ceph/cephError.ts';
import { setPoolVariable } from '../../../ceph/changeCephPool.ts';
import type { CephPool } from '../../../ceph/cephPools.ts';
import { listAutoscaling } from '../../../ceph/autoscaling.ts';
import type { CephPoolNode } from '../../explorer/clusters/cephPoolNode.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { onCluster } from '../clusters/onCluster.ts';
import { changedByPools, changePool } from './changePool.ts';

export const changeAutoscalingCommand = objectCommand({
  id: 'libvirt.cephPool.autoscale',
  on: { kinds: ['cephPool'], traits: ['connected'] },
  run: async (node, services) => {
    const title = t('Asking the autoscaler about {0}', node.name);
    const ideal = await onCluster(node, services, { title }, async (client, signal) => {
      try {
        return (await listAutoscaling(client, { signal })).get(node.name);
      } catch (error) {
        if (isForbidden(error)) return undefined;
        throw error;
      }
    });
    const mode = await askMode([node], ideal);
    if (!mode) return;
    await changePool(
      node,
      services,
      t('Changing the autoscaling of the Ceph pool {0}', node.name),
      (client, signal) => apply(client, node, mode, signal),
    );
  },
  bulk: {
    title: (count) => t('Changing the autoscaling of {0} Ceph pools', count),
    prepare: async (nodes) => {
      const mode = await askMode(nodes, undefined);
      return (
        mode &&
        (async (node, _host, signal) => {
          await apply(node.cluster.client, node, mode, signal);
          node.cluster.refresh(...changedByPools);
        })
      );
    },
  },
});

interface Mode {
  readonly autoscale: CephPool['autoscale'];
  readonly isBulk: boolean;
}

async function apply(
  client: CephClient,
  { name, pool }: CephPoolNode,
  { autoscale, isBulk }: Mode,
  signal: AbortSignal,
): Promise<void> {
  // Releases before 16.2.8 know nothing of it.
  if (isBulk !== (pool?.flags.includes('bulk') === true))
    await setPoolVariable(client, name, 'bulk', isBulk, { signal });
  await setPoolVariable(client, name, 'pg_autoscale_mode', autoscale, { signal });
}

/** @param ideal how many groups the autoscaler would give the pool */
function askMode(nodes: readonly CephPoolNode[], ideal: number | undefined): Promise<Mode | undefined> {
  const [node] = nodes;
  const pool = nodes.length === 1 ? node?.pool : undefined;
  const title = pool ? t('Autoscaling of {0}', pool.name) : t('Autoscaling of {0} Ceph Pools', nodes.length);
  const isBulkNow = pool?.flags.includes('bulk') === true;
  const would =
    pool && ideal !== undefined
      ? ideal === pool.placementGroupsTarget
        ? t('It would leave the {0} placement groups as they are.', ideal)
        : t('It would bring it from {0} to {1} placement groups.', pool.placementGroupsTarget, ideal)
      : undefined;
  const modes: readonly {
    readonly label: string;
    readonly detail: string | undefined;
    readonly value: Mode;
  }[] = [
    {
      label: t('On'),
      detail: would ?? t('Ceph changes the number of placement groups as data comes.'),
      value: { autoscale: 'on', isBulk: false },
    },
    {
      label: t('On, and most of the data is here'),
      detail: t('Ceph gives it as many placement groups as there is room for (bulk).'),
      value: { autoscale: 'on', isBulk: true },
    },
    {
      label: t('Only warn'),
      detail: t('A health warning says when it would choose another number.'),
      value: { autoscale: 'warn', isBulk: isBulkNow },
    },
    {
      label: t('Off'),
      detail: t('The number stays as it is.'),
      value: { autoscale: 'off', isBulk: isBulkNow },
    },
  ];
  const isNow = ({ autoscale, isBulk }: Mode): boolean =>
    autoscale === pool?.autoscale && isBulk === isBulkNow;
  return wizard(title, (ask) =>
    ask.pick({
      placeholder: t('Who decides how many placement groups there are?'),
      choices: modes.map((mode) => ({ ...mode, description: isNow(mode.value) ? t('now') : '' })),
      preselected: isNow,
    }),
  );
}
