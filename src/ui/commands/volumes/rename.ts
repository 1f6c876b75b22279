import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { VolumeUser } from '../../../hosts/knowledge/volumeUsers.ts';
import { listVolumes } from '../../../libvirt/volumes.ts';
import { lookupPoolByName } from '../../../libvirt/storagePools.ts';
import { refuseVolumeName } from '../../../operations/volumes/poolOffer.ts';
import { renameVolume } from '../../../operations/volumes/renameVolume.ts';
import { documentUri } from '../../documents/documentUri.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';
import { checkVolume, listOf } from './volumeCheck.ts';
import { onVolumes } from './volumeWork.ts';

/** Of RBD images, by rbd: libvirt renames no volumes. */
export const renameVolumeCommand = objectCommand({
  id: 'libvirt.volume.rename',
  on: { kinds: ['volume'], traits: ['connected', 'rbd'] },
  run: async (node, services) => {
    const { name, host, ref } = node;
    const { check, taken } = await onObject(
      node,
      services,
      { title: t('Looking at what uses {0} on {1}', name, host.name) },
      async ({ connection }, signal) => {
        const pool = await lookupPoolByName(connection, ref.pool, { signal });
        const volumes = await listVolumes(connection, pool, { signal });
        return {
          check: await checkVolume(host, ref, services, signal),
          taken: new Set(volumes.map((volume) => volume.name)),
        };
      },
    );
    const newName = await wizard(t('Rename {0}', name), (ask) =>
      ask.text({
        prompt: t('The new name of the image.'),
        value: name,
        refusal: (given) =>
          given === name ? t('That is its name now.') : refuseVolumeName(given, 'rbd', taken),
      }),
    );
    if (newName === undefined) return;
    const users = check.users ?? [];
    if (users.length > 0 && !(await confirmUsers(name, newName, users))) return;
    const progress = { title: t('Renaming {0} on {1} to {2}', name, host.name, newName) };
    await onVolumes(node, node.parent, services, progress, (machine, signal) =>
      renameVolume(machine, ref, newName, { signal }),
    );
    if (users.length > 0) offerDefinitions(name, newName, users);
  },
});

function namesOf(users: readonly VolumeUser[]): string {
  return listOf(users.map(({ domain, host }) => t('{0} on {1}', domain.name, host.name)));
}

function confirmUsers(name: string, newName: string, users: readonly VolumeUser[]): Promise<boolean> {
  return confirm(
    t('Rename {0} to {1} although domains name it?', name, newName),
    t(
      'These name it: {0}. Those that run go on; none of them starts again before its definition has the new name.',
      namesOf(users),
    ),
    t('Rename Image'),
  );
}

function offerDefinitions(name: string, newName: string, users: readonly VolumeUser[]): void {
  const open = t('Open Their XML');
  void vscode.window
    .showWarningMessage(
      t('{0} is {1} now. Write the new name into the definitions of: {2}.', name, newName, namesOf(users)),
      open,
    )
    .then(async (choice) => {
      if (choice !== open) return;
      for (const { domain, host } of users) {
        const uri = documentUri({ host: host.name, folder: 'domains', name: domain.name });
        await vscode.window.showTextDocument(uri, { preview: false });
      }
    });
}
