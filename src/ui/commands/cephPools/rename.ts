import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import type { CephUser } from '../../../ceph/cephUsers.ts';
import { renameCephPool } from '../../../ceph/changeCephPool.ts';
import { CephPoolProblem } from '../../../operations/cephPools/cephPoolProblem.ts';
import { refusePoolName } from '../../../operations/cephPools/poolNames.ts';
import type { CephPoolNode } from '../../explorer/clusters/cephPoolNode.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { onCluster } from '../clusters/onCluster.ts';
import { objectCommand } from '../command.ts';
import { changePool, poolAmong, readFacts } from './changePool.ts';
import { namesIn, readPoolUse, runningUsers, useInWords, usersNamed } from './poolUse.ts';

/** Capabilities, storage pools and disks name a pool by its name: all of them stop to work, those of running domains at once. */
export const renameCephPoolCommand = objectCommand({
  id: 'libvirt.cephPool.rename',
  on: { kinds: ['cephPool'], traits: ['connected'] },
  run: async (node, services) => {
    const { name, cluster } = node;
    const facts = await readFacts(node, services);
    poolAmong(facts, node);
    const looking = { title: t('Looking at what is in the Ceph pool {0} and who uses it', name) };
    const use = await onCluster(node, services, looking, (_client, signal) =>
      readPoolUse(node, services, signal),
    );
    const named = await usersByCaps(node);
    const running = runningUsers(use);
    if (running.length > 0)
      throw new CephPoolProblem(
        'in-use',
        t(
          'The Ceph pool {0} of {1} is not renamed: these domains run from it: {2}.',
          name,
          cluster.name,
          usersNamed(running),
        ),
        {
          advice: t(
            'Capabilities go by the name of the pool: their disks would fail at once. Shut them down first.',
          ),
        },
      );
    const taken = new Set(facts.pools.map((pool) => pool.name));
    const newName = await wizard(t('Rename {0}', name), (ask) =>
      ask.text({
        prompt: t('The new name of the Ceph pool.'),
        value: name,
        refusal: (given) => (given === name ? t('That is its name now.') : refusePoolName(given, taken)),
      }),
    );
    if (newName === undefined) return;
    const consequences = sentences(
      useInWords(use),
      use.over.length + use.users.length > 0
        ? t('They go on naming {0}, and do not work until they are changed.', name)
        : undefined,
      named.length > 0
        ? t('The capabilities of these users name it and must be changed too: {0}.', namesIn(named))
        : undefined,
    );
    if (
      consequences !== '' &&
      !(await confirm(
        t('Rename the Ceph pool {0} of {1} to {2}?', name, cluster.name, newName),
        consequences,
        t('Rename Pool'),
      ))
    )
      return;
    const title = t('Renaming the Ceph pool {0} to {1}', name, newName);
    await changePool(node, services, title, (client, signal) =>
      renameCephPool(client, name, newName, { signal }),
    );
  },
});

/** Whose capabilities name the pool; none where they may not be read. */
async function usersByCaps({ cluster, name }: CephPoolNode): Promise<readonly string[]> {
  const users: readonly CephUser[] = await cluster.users.get().catch(() => []);
  const words = [`pool=${name}`, `pool="${name}"`, `pool='${name}'`];
  return users
    .filter(({ caps }) =>
      [...caps.values()].some((caps_) => caps_.split(/[\s,;]+/).some((word) => words.includes(word))),
    )
    .map(({ entity }) => entity);
}
