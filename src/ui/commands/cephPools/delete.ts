import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import { sentences } from '../../../base/sentences.ts';
import type { CephPool } from '../../../ceph/cephPools.ts';
import type { RbdImage } from '../../../ceph/rbd.ts';
import { fullName } from '../../../hosts/clusters/imageUser.ts';
import { CephPoolProblem } from '../../../operations/cephPools/cephPoolProblem.ts';
import { deletePool } from '../../../operations/cephPools/deletePool.ts';
import { readPoolContents, type PoolContents } from '../../../operations/cephPools/poolContents.ts';
import { readPoolsAndOsds } from '../../../operations/cephPools/readPoolsAndOsds.ts';
import type { CephPoolNode } from '../../explorer/clusters/cephPoolNode.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { onCluster } from '../clusters/onCluster.ts';
import { objectCommand } from '../command.ts';
import { changePool, poolAmong } from './changePool.ts';
import { namesIn, readPoolUse, runningUsers, useInWords, usersNamed, type PoolUse } from './poolUse.ts';

/** Looks first at what is in it and who uses it; then the name must be typed. */
export const deleteCephPoolCommand = objectCommand({
  id: 'libvirt.cephPool.delete',
  on: { kinds: ['cephPool'], traits: ['connected'] },
  run: async (node, services) => {
    const { name, cluster } = node;
    const looking = { title: t('Looking at what is in the Ceph pool {0} and who uses it', name) };
    const { facts, pool, contents, use } = await onCluster(
      node,
      services,
      looking,
      async (client, signal) => {
        const now = await readPoolsAndOsds(client, { signal });
        const one = poolAmong(now, node);
        const [inIt, by] = await Promise.all([
          readPoolContents(client, one, now.pools, { signal }),
          readPoolUse(node, services, signal),
        ]);
        return { facts: now, pool: one, contents: inIt, use: by };
      },
    );
    refuseUsed(node, pool, contents, use);
    const { mayDelete, isAssumed } = facts.settings;
    const isForbidden = !mayDelete && !isAssumed;
    const agreed = await confirm(
      t('Delete the Ceph pool {0} of {1} with all its data?', name, cluster.name),
      [
        lossOf(node, pool, contents),
        ...(useInWords(use) === undefined ? [] : [useInWords(use)]),
        ...(isForbidden
          ? [
              t(
                'The monitors do not allow that pools are deleted (mon_allow_pool_delete). They would be told to allow it for this deletion, and to forbid it again.',
              ),
            ]
          : []),
        t('Nothing brings it back. Next, its name must be typed.'),
      ].join('\n\n'),
      isForbidden ? t('Allow and Delete…') : t('Delete Pool…'),
    );
    if (!agreed || !(await askName(name))) return;
    await changePool(node, services, t('Deleting the Ceph pool {0}', name), async (client, signal) => {
      // A domain may have been started while the questions stood there.
      refuseUsed(node, pool, contents, await readPoolUse(node, services, signal));
      await deletePool(client, pool, { isAllowedFirst: isForbidden, signal });
    });
    if (use.over.length > 0) tellOrphans(name, use);
  },
});

/** What must not lose its data: what runs, what is written to, what other images rest on, what belongs to a service. */
function refuseUsed(
  { name, cluster }: CephPoolNode,
  pool: CephPool,
  { open, clones, dataOf }: PoolContents,
  use: PoolUse,
): void {
  const running = runningUsers(use);
  const refuse = (why: string, advice: string): CephPoolProblem =>
    new CephPoolProblem(
      'in-use',
      t('The Ceph pool {0} of {1} is not deleted: {2}', name, cluster.name, why),
      { advice },
    );
  if (running.length > 0)
    throw refuse(
      t('these domains run from it: {0}.', usersNamed(running)),
      t('Shut them down, and see that nothing in the pool is needed any more.'),
    );
  if (open.length > 0)
    throw refuse(
      t('these images are open: {0}.', imagesIn(open)),
      t(
        'Find out who has them open: “rbd status” tells the address. A client that has crashed is forgotten after 30 seconds.',
      ),
    );
  if (clones.length > 0)
    throw refuse(
      t('these images of other pools are clones of images in it: {0}.', imagesIn(clones)),
      t('Flatten them, so that they stand on their own, or delete them first.'),
    );
  if (dataOf.length > 0)
    throw refuse(
      t('it holds the data of these images of other pools: {0}.', imagesIn(dataOf)),
      t('Delete those images, or move them to another data pool with “rbd migration”.'),
    );
  if (pool.applications.includes('cephfs'))
    throw refuse(
      t('a CephFS file system is in it.'),
      t('Remove the file system first: “ceph fs ls”, “ceph fs rm”.'),
    );
  if (pool.flags.includes('nodelete'))
    throw refuse(
      t('it is protected by the flag nodelete.'),
      t('Take the flag away with “Change Pool Flags…”, if it may go.'),
    );
}

function imagesIn(images: readonly RbdImage[]): string {
  return namesIn(images.map(fullName));
}

function lossOf(
  { usage }: CephPoolNode,
  { applications }: CephPool,
  { images, snapshots, trashed, isDataUnsure }: PoolContents,
): string {
  const isUnlisted = images.length === 0 && (usage?.objects ?? 0) > 1;
  return sentences(
    usage && t('It holds {0} in {1} objects.', formatBytes(usage.stored), usage.objects),
    images.length === 0
      ? t('There are no RBD images in it.')
      : t(
          'These {0} RBD images are lost: {1}.',
          images.length,
          namesIn(
            images.map(({ image, namespace }) => (namespace === undefined ? image : `${namespace}/${image}`)),
          ),
        ),
    snapshots === 0 ? undefined : t('So are their {0} snapshots.', snapshots),
    trashed === 0 ? undefined : t('So are {0} images in its trash.', trashed),
    applications.includes('rgw')
      ? t('It belongs to an object gateway, which cannot work without it.')
      : undefined,
    isUnlisted && isDataUnsure
      ? t('It may hold the data of images of other pools: not all of them were asked.')
      : undefined,
  );
}

/** libvirt shows them as they were until somebody refreshes or starts them. */
function tellOrphans(name: string, { over }: PoolUse): void {
  const pools = namesIn(over.map(({ pool, session }) => t('{0} on {1}', pool.name, session.name)));
  void vscode.window.showWarningMessage(
    t(
      'These storage pools have lost the Ceph pool {0}: {1}. Undefine them, or give them another.',
      name,
      pools,
    ),
  );
}

async function askName(name: string): Promise<boolean> {
  const typed = await wizard(t('Delete {0}', name), (ask) =>
    ask.text({
      prompt: t('Type the name of the Ceph pool, {0}, to delete it with all its data.', name),
      placeholder: name,
      refusal: (given) => (given === name ? undefined : t('That is not its name.')),
    }),
  );
  return typed === name;
}
