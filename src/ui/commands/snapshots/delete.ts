import * as vscode from 'vscode';
import { CancelledError } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { isExternal } from '../../../libvirt/model/snapshot.ts';
import { isUndeletable, remove, type DeleteScope } from '../../../operations/snapshots/changeSnapshot.ts';
import { libvirtCan } from '../../../operations/snapshots/libvirtAbilities.ts';
import { descendantsOf, type Snapshot } from '../../../operations/snapshots/snapshotTree.ts';
import type { SnapshotNode } from '../../explorer/objects/snapshotNode.ts';
import { showProblem } from '../../problems.ts';
import { confirm, confirmAll, confirmOneOf } from '../../prompts/confirm.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { showAnew } from './snapshotRow.ts';
import { toTheEnd } from './toTheEnd.ts';

export const deleteSnapshotCommand = objectCommand({
  id: 'libvirt.snapshot.delete',
  on: { kinds: ['snapshot'], traits: ['connected'] },
  run: async (node, services) => {
    await node.domain.snapshots.read(true);
    const { snapshot } = node;
    if (!snapshot) return;
    const scope = await askScope(node, snapshot);
    if (!scope) return;
    try {
      await removeSnapshot(node, snapshot, scope, services);
    } catch (error) {
      if (scope === 'metadata' || !isUndeletable(error)) throw error;
      showProblem(error, services.log, {
        title: t('Forget It Only…'),
        run: async () => forget(node, snapshot, services),
      });
    }
  },
  bulk: {
    title: (count) => t('Deleting {0} snapshots', count),
    prepare: async (nodes, services) => {
      const agreed = await confirmAll(
        nodes,
        t('Delete {0} snapshots?', nodes.length),
        t('Their states are lost. The domains stay as they are now.'),
        t('Delete Snapshots'),
      );
      if (!agreed) return undefined;
      return async (node, { connection }, signal) => {
        if (!node.snapshot) return;
        try {
          const end = await remove(connection, node.snapshot, 'one', { signal });
          if (end === 'cancelled') throw new CancelledError();
        } finally {
          showAnew(node.domain, services);
        }
      };
    },
  },
});

async function askScope(
  { name, domain, host }: SnapshotNode,
  snapshot: Snapshot,
): Promise<DeleteScope | undefined> {
  const below = descendantsOf(snapshot);
  const version = host.facts?.libvirtVersion;
  const isTooOld = isExternal(snapshot) && libvirtCan('deleteExternal', version) === false;
  const [one, all, metadata] = [t('Delete'), t('Delete With {0} Below', below.length), t('Forget It Only')];
  const answer = await confirmOneOf(
    t('Delete the snapshot {0} of {1} on {2}?', name, domain.name, host.name),
    [
      t('What the snapshot holds is lost; the domain stays as it is now.'),
      ...(below.length > 0
        ? [t('These build upon it and stay, unless you delete them too: {0}.', namesIn(below))]
        : []),
      ...(isTooOld
        ? [
            t(
              'libvirt {0} cannot merge the files of an external snapshot: it can only forget it.',
              version ?? '',
            ),
          ]
        : []),
      t('“Forget It Only” leaves all files as they are.'),
    ].join('\n\n'),
    isTooOld ? [metadata] : [one, ...(below.length > 0 ? [all] : []), metadata],
  );
  if (answer === one) return 'one';
  if (answer === all) return 'withChildren';
  return answer === metadata ? 'metadata' : undefined;
}

const listed = 8;

function namesIn(snapshots: readonly Snapshot[]): string {
  const names = snapshots.slice(0, listed).map(({ name }) => name);
  const more = snapshots.length - names.length;
  return [...names, ...(more > 0 ? [t('and {0} more', more)] : [])].join(', ');
}

async function removeSnapshot(
  node: SnapshotNode,
  snapshot: Snapshot,
  scope: DeleteScope,
  services: CommandServices,
): Promise<void> {
  const { domain, host, name } = node;
  const titles = {
    doing: t('Deleting the snapshot {0} of {1} on {2}', name, domain.name, host.name),
    ending: t('Ending the deletion of {0}', name),
  };
  try {
    const end = await toTheEnd(domain, services, titles, ({ connection }, signal, report) =>
      remove(connection, snapshot, scope, { signal, report }),
    );
    if (end === 'cancelled')
      void vscode.window.showInformationMessage(t('The snapshot {0} was not deleted: cancelled.', name));
  } finally {
    showAnew(domain, services);
  }
}

/** Where libvirt cannot delete it: its files stay, its entry goes. */
async function forget(node: SnapshotNode, snapshot: Snapshot, services: CommandServices): Promise<void> {
  const files = [snapshot.memoryFile, ...snapshot.disks.map(({ file }) => file)].filter(
    (file) => file !== undefined,
  );
  const agreed = await confirm(
    t('Forget the snapshot {0} of {1} on {2}?', node.name, node.domain.name, node.host.name),
    [
      t('libvirt no longer lists it, and nothing can be reverted to it. No file is touched.'),
      ...(files.length > 0 ? [t('Its files stay, and the domain may need them: {0}', files.join(', '))] : []),
    ].join('\n\n'),
    t('Forget It'),
  );
  if (!agreed) return;
  try {
    await removeSnapshot(node, snapshot, 'metadata', services);
  } catch (error) {
    showProblem(error, services.log);
  }
}
