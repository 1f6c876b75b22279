import * as vscode from 'vscode';
import { t } from '../../../../base/l10n.ts';
import { sentences } from '../../../../base/sentences.ts';
import type { VolumeRef } from '../../../../libvirt/protocol/refs.ts';
import type { MoveOrder } from '../../../../operations/moveDisk/moveOrder.ts';
import { nameOfTarget } from '../../../../operations/moveDisk/moveTarget.ts';
import { nameOfSource } from '../../../../operations/moveDisk/moveWords.ts';
import {
  deleteOldFile,
  deleteOldImage,
  findOldSource,
  type OldSource,
} from '../../../../operations/moveDisk/oldSource.ts';
import type { MovableDisk } from '../../../../operations/moveDisk/readMovableDisk.ts';
import type { DomainNode } from '../../../explorer/objects/domainNode.ts';
import { showProblem } from '../../../problems.ts';
import { confirm } from '../../../prompts/confirm.ts';
import type { CommandServices } from '../../command.ts';
import { redrawPools } from '../../domains/redrawPools.ts';
import { onObject } from '../../onObject.ts';
import { deleteChecked, refuseDeletion } from '../../volumes/delete.ts';
import { checkVolume, remarks, type VolumeCheck } from '../../volumes/volumeCheck.ts';

/** Says that the disks have moved, and offers to delete what they were before, each after a question of its own. */
export async function offerOldSources(
  node: DomainNode,
  { domain, host, moves }: MoveOrder,
  services: CommandServices,
): Promise<void> {
  const remove = t('Delete Old Source…');
  const answer = await vscode.window.showInformationMessage(
    sentences(
      ...moves.map(({ disk, to }) =>
        t('{0} of {1} on {2} uses {3} now.', disk.disk.target, domain.name, host.name, nameOfTarget(to)),
      ),
      t(
        'The old source is kept until you delete it: {0}.',
        moves.map(({ disk }) => nameOfSource(disk)).join(', '),
      ),
    ),
    remove,
  );
  if (answer !== remove) return;
  for (const { disk } of moves) {
    try {
      await deleteOldSource(node, disk, services);
    } catch (error) {
      showProblem(error, services.log);
    }
  }
}

async function deleteOldSource(
  node: DomainNode,
  disk: MovableDisk,
  services: CommandServices,
): Promise<void> {
  const { host, entry } = node;
  const name = nameOfSource(disk);
  if (!entry) return;
  const { old, check } = await onObject(
    node,
    services,
    { title: t('Looking at what uses {0} on {1}', name, host.name) },
    async (machine, signal) => {
      const found = await findOldSource(machine, entry.ref, disk.disk, { signal });
      const looked =
        found.kind === 'volume' ? await checkVolume(host, found.volume, services, signal) : undefined;
      if (looked) refuseDeletion(looked);
      return { old: found, check: looked };
    },
  );
  if (old.kind === 'device' || old.kind === 'unknown') {
    void vscode.window.showInformationMessage(
      t(
        '{0} on {1} is nothing that is deleted from here: free it where it was made, for instance with lvremove.',
        name,
        host.name,
      ),
    );
    return;
  }
  if (!(await agree(node, disk, old, check))) return;
  const title = t('Deleting {0} on {1}', name, host.name);
  await onObject(node, services, { title }, async (machine, signal) => {
    if (old.kind === 'volume' && check) await deleteChecked(machine.connection, check, services, signal);
    else if (old.kind === 'file') await deleteOldFile(machine, old, { signal });
    else if (old.kind === 'image') await deleteOldImage(old, { signal });
  });
  if (old.kind === 'volume') redrawPools(services, host, [old.volume.pool]);
}

function agree(
  { name, host }: DomainNode,
  disk: MovableDisk,
  old: OldSource,
  check: VolumeCheck | undefined,
): Promise<boolean> {
  const below = disk.chain.slice(1).flatMap((image) => (image.name === '' ? [] : image.name));
  return confirm(
    t(
      'Delete {0} on {1}, which {2} of {3} used before?',
      nameOfSource(disk),
      host.name,
      disk.disk.target,
      name,
    ),
    sentences(
      old.kind === 'volume' ? volumeWords(old.volume) : undefined,
      t('All that is in it is lost, and the move cannot be undone any more.'),
      t('Start the domain from its new image first, and see that it works.'),
      below.length === 0 ? undefined : t('What it was based on stays: {0}.', below.join(', ')),
      check && remarks(check),
    ),
    t('Delete'),
  );
}

function volumeWords({ name, pool }: VolumeRef): string {
  return t('It is the volume {0} of the pool {1}.', name, pool);
}
