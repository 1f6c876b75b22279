import type { WaitOptions } from '../../../base/waiting.ts';
import type { RbdSnapshotSet } from '../../../operations/snapshots/rbdSnapshotSets.ts';
import type { RbdSnapshotNode } from '../../explorer/objects/rbdSnapshotNode.ts';
import { objectCommand, type Act, type ObjectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';
import { readSet } from './readSet.ts';
import { showAnew } from './snapshotRow.ts';

export interface SetCommand {
  readonly id: string;
  readonly trait: string;
  readonly title: (snapshot: string, domain: string, host: string) => string;
  readonly bulkTitle: (count: number) => string;
  readonly act: (set: RbdSnapshotSet, options: WaitOptions) => Promise<void>;
}

/** A command on RBD snapshots that loses nothing. */
export function setCommand({ id, trait, title, bulkTitle, act }: SetCommand): ObjectCommand {
  return objectCommand({
    id,
    on: { kinds: ['rbdSnapshot'], traits: ['connected', trait] },
    run: async (node, services) => {
      const { domain, host, name } = node;
      try {
        await onObject(
          domain,
          services,
          { title: title(name, domain.name, host.name) },
          async (_host, signal) => {
            const set = await readSet(node);
            if (set) await act(set, { signal });
          },
        );
      } finally {
        showAnew(domain, services);
      }
    },
    bulk: {
      title: bulkTitle,
      prepare: (_nodes, services) =>
        Promise.resolve<Act<RbdSnapshotNode>>(async (node, _host, signal) => {
          try {
            if (node.set) await act(node.set, { signal });
          } finally {
            showAnew(node.domain, services);
          }
        }),
    },
  });
}
