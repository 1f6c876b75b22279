import { Problem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { clonesOf, removeSet } from '../../../operations/snapshots/changeRbdSnapshots.ts';
import { imageName } from '../../../operations/snapshots/rbdDisks.ts';
import { protectionOf, type RbdSnapshotSet } from '../../../operations/snapshots/rbdSnapshotSets.ts';
import type { RbdSnapshotNode } from '../../explorer/objects/rbdSnapshotNode.ts';
import { confirm, confirmAll } from '../../prompts/confirm.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';
import { readSet } from './readSet.ts';
import { showAnew } from './snapshotRow.ts';

/** It has clones, which would lose what they are made of. */
class ClonedSnapshotError extends Problem {
  readonly code = 'has-clones';
}

export const deleteRbdSnapshotCommand = objectCommand({
  id: 'libvirt.rbdSnapshot.delete',
  on: { kinds: ['rbdSnapshot'], traits: ['connected'] },
  run: async (node, services) => {
    const { domain, host, name } = node;
    const looking = { title: t('Looking for clones of {0}', name) };
    const set = await onObject(domain, services, looking, async (_host, signal) => {
      const read = await readSet(node);
      if (read) await refuseCloned(read, signal);
      return read;
    });
    if (!set) return;
    const agreed = await confirm(
      t('Delete the RBD snapshot {0} of {1} on {2}?', name, domain.name, host.name),
      lossOf(set),
      t('Delete'),
    );
    if (!agreed) return;
    const title = t('Deleting the RBD snapshot {0} of {1} on {2}', name, domain.name, host.name);
    try {
      await onObject(domain, services, { title }, (_host, signal) =>
        removeSet(set, { unprotect: true, signal }),
      );
    } finally {
      showAnew(domain, services);
    }
  },
  bulk: {
    title: (count) => t('Deleting {0} RBD snapshots', count),
    prepare: async (nodes, services) => {
      const agreed = await confirmAll(
        nodes,
        t('Delete {0} RBD snapshots?', nodes.length),
        t(
          'What the disks held then is lost; they stay as they are now. Protected ones are unprotected first.',
        ),
        t('Delete Snapshots'),
      );
      if (!agreed) return undefined;
      return async (node: RbdSnapshotNode, _host, signal) => {
        const { set } = node;
        if (!set) return;
        try {
          await refuseCloned(set, signal);
          await removeSet(set, { unprotect: true, signal });
        } finally {
          showAnew(node.domain, services);
        }
      };
    },
  },
});

function lossOf(set: RbdSnapshotSet): string {
  const targets = set.members.map(({ disk }) => disk.target).join(', ');
  return [
    t('What {0} held then is lost; the disks stay as they are now.', targets),
    ...(protectionOf(set) === 'none' ? [] : [t('It is protected, and unprotected first.')]),
  ].join('\n\n');
}

async function refuseCloned(set: RbdSnapshotSet, signal: AbortSignal): Promise<void> {
  const clones = await clonesOf(set, { signal });
  if (clones.length === 0) return;
  const list = clones.map(({ target, clone }) => t('{0} ({1})', imageName(clone), target)).join(', ');
  throw new ClonedSnapshotError(t('{0} cannot be deleted: images are clones of it: {1}.', set.name, list), {
    advice: t('Flatten or delete these images first.'),
  });
}
