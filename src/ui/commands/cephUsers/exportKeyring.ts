import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import {
  exportKeyring,
  keyringPath,
  lookAtKeyring,
  type KeyringPlace,
} from '../../../operations/cephUsers/exportKeyring.ts';
import { hostFile } from '../../../operations/hostFiles/rootFile.ts';
import { withProgress } from '../../progress.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { withUserKey } from './userKey.ts';

/** Writes a keyring on a host, which only root reads. */
export const exportKeyringCommand = objectCommand({
  id: 'libvirt.cephUser.exportKeyring',
  on: { kinds: ['cephUser'], traits: ['connected'] },
  run: async (row, services) => {
    const { cluster, name: entity } = row;
    const hosts = services.registry.sessions.filter(({ connected }) => connected);
    const answers = await wizard(t('Export the Keyring of {0}', entity), async (ask) => ({
      session: await ask.pick<HostSession>({
        placeholder: t('To which host?'),
        choices: hosts.map((session) => ({ label: session.name, value: session })),
      }),
      path: await ask.text({
        prompt: t('Where? Ceph looks here by itself. Only root may read the file.'),
        value: keyringPath(cluster.name, entity),
        refusal: (path) =>
          /^\/.*[^/]$/.test(path.trim()) ? undefined : t('Give the whole path of a file, from / on.'),
      }),
    }));
    if (!answers) return;
    const { session } = answers;
    const path = answers.path.trim();
    await withUserKey(row, entity, services, async (key) => {
      const title = t('Writing the keyring of {0} on {1}', entity, session.name);
      const { file, place } = await withProgress({ title }, async (signal) => {
        const file = await hostFile(session.require(), path, { signal });
        return { file, place: await lookAtKeyring(file, entity, key, { signal }) };
      });
      if (place.kind === 'same' && place.isPrivate) {
        void vscode.window.showInformationMessage(t('{0} on {1} has this key already.', path, session.name));
        return;
      }
      if (place.kind === 'taken' && !(await mayReplace(path, session, place))) return;
      await withProgress({ title }, (signal) => exportKeyring(file, entity, key, { signal }));
      void vscode.window.showInformationMessage(
        t('The keyring of {0} is on {1}: {2}. Only its owner may read it.', entity, session.name, path),
      );
      await (await services.clusters.load()).look(session);
    });
  },
});

function mayReplace(
  path: string,
  session: HostSession,
  { entities }: Extract<KeyringPlace, { kind: 'taken' }>,
): Promise<boolean> {
  return confirm(
    t('Replace {0} on {1}?', path, session.name),
    entities.length === 0
      ? t('There is something else of that name, or it cannot be read. It is lost.')
      : t('It has other keys, which are lost: {0}', entities.join(', ')),
    t('Replace'),
  );
}
