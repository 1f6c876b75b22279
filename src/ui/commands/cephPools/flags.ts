import { t } from '../../../base/l10n.ts';
import type { CephClient } from '../../../ceph/cephAccess.ts';
import { setPoolVariable, type PoolFlag } from '../../../ceph/changeCephPool.ts';
import type { CephPoolNode } from '../../explorer/clusters/cephPoolNode.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { changedByPools, changePool } from './changePool.ts';

const flags: readonly (readonly [flag: PoolFlag, what: () => string])[] = [
  ['nodelete', () => t('The pool cannot be deleted.')],
  ['nosizechange', () => t('The number of copies cannot be changed.')],
  ['nopgchange', () => t('The number of placement groups cannot be changed.')],
  ['noscrub', () => t('Ceph does not compare the copies. Only for a while: damage stays unseen.')],
  [
    'nodeep-scrub',
    () => t('Ceph does not read the copies to compare them. Only for a while: damage stays unseen.'),
  ],
];

export const changePoolFlagsCommand = objectCommand({
  id: 'libvirt.cephPool.flags',
  on: { kinds: ['cephPool'], traits: ['connected'] },
  run: async (node, services) => {
    const wanted = await askFlags([node]);
    if (!wanted) return;
    await changePool(
      node,
      services,
      t('Changing the flags of the Ceph pool {0}', node.name),
      (client, signal) => apply(client, node, wanted, signal),
    );
  },
  bulk: {
    title: (count) => t('Changing the flags of {0} Ceph pools', count),
    prepare: async (nodes) => {
      const wanted = await askFlags(nodes);
      return (
        wanted &&
        (async (node, _host, signal) => {
          await apply(node.cluster.client, node, wanted, signal);
          node.cluster.refresh(...changedByPools);
        })
      );
    },
  },
});

function askFlags(nodes: readonly CephPoolNode[]): Promise<readonly PoolFlag[] | undefined> {
  const [first] = nodes;
  const title =
    nodes.length === 1 ? t('Flags of {0}', first?.name ?? '') : t('Flags of {0} Ceph Pools', nodes.length);
  return wizard(title, (ask) =>
    ask.pickMany<PoolFlag>({
      placeholder: t('What is ticked is set, what is not is taken away.'),
      choices: flags.map(([flag, what]) => ({ label: flag, detail: what(), value: flag })),
      preselected: (flag) => nodes.every(({ pool }) => pool?.flags.includes(flag) === true),
    }),
  );
}

async function apply(
  client: CephClient,
  { name, pool }: CephPoolNode,
  wanted: readonly PoolFlag[],
  signal: AbortSignal,
): Promise<void> {
  for (const [flag] of flags) {
    const isWanted = wanted.includes(flag);
    if (isWanted !== (pool?.flags.includes(flag) === true))
      await setPoolVariable(client, name, flag, isWanted, { signal });
  }
}
