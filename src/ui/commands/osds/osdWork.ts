import { t } from '../../../base/l10n.ts';
import type { CephClient } from '../../../ceph/cephAccess.ts';
import type { OsdIds } from '../../../ceph/osdChanges.ts';
import type { OsdNode } from '../../explorer/clusters/osdNode.ts';
import { objectCommand, type CommandServices, type ObjectCommand } from '../command.ts';
import { changeCluster } from '../clusters/onCluster.ts';
import { byCluster, namesInCluster } from './osdQuestions.ts';

interface OsdWork {
  readonly id: string;
  readonly traits: readonly string[];
  /** What is being done: `Marking osd.1 out`. */
  readonly title: (names: string, cluster: string) => string;
  /** Asks for all of one cluster at once. */
  readonly confirm: (nodes: readonly OsdNode[], services: CommandServices) => Promise<boolean>;
  readonly act: (
    client: CephClient,
    osds: OsdIds,
    options: { readonly signal: AbortSignal },
  ) => Promise<void>;
}

/** A command that Ceph takes for several OSDs at once. */
export function osdCommand({ id, traits, title, confirm, act }: OsdWork): ObjectCommand {
  const doAll = async (nodes: readonly OsdNode[], services: CommandServices): Promise<void> => {
    const [first] = nodes;
    if (!first) return;
    const progress = { title: title(namesInCluster(nodes), first.cluster.name) };
    const changed = ['osds', 'status', 'health', 'osdUsage'] as const;
    await changeCluster(first, services, progress, changed, (client, signal) =>
      act(
        client,
        nodes.map(({ osdId }) => osdId),
        { signal },
      ),
    );
  };
  return objectCommand({
    id,
    on: { kinds: ['osd'], traits: ['connected', ...traits] },
    run: async (node, services) => {
      if (await confirm([node], services)) await doAll([node], services);
    },
    bulk: {
      title: (count) => t('Changing {0} OSDs', count),
      prepare: async (nodes, services) => {
        const groups = [...byCluster(nodes).values()];
        for (const group of groups) if (!(await confirm(group, services))) return undefined;
        const done = new Map<OsdNode, Promise<void>>();
        for (const group of groups) {
          const work = doAll(group, services);
          for (const node of group) done.set(node, work);
        }
        return (node) => done.get(node) ?? Promise.resolve();
      },
    },
  });
}
