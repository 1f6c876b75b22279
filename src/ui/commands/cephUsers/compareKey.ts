import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { objectCommand } from '../command.ts';
import { give } from './giveKey.ts';
import { keyOnHostInWords, lacksKey, readKeyOnHosts, type KeyOnHost } from './keyOnHosts.ts';
import { withUserKey } from './userKey.ts';

interface HostItem extends vscode.QuickPickItem {
  readonly host: KeyOnHost;
}

/** Says for each connected host whether its secrets for the user hold its key; keys are shown nowhere. */
export const compareCephKeyCommand = objectCommand({
  id: 'libvirt.cephUser.compareKey',
  on: { kinds: ['cephUser'], traits: ['connected'] },
  run: async (row, services) => {
    await withUserKey(row, row.name, services, async (key) => {
      const all = await readKeyOnHosts(row, row.name, key, services);
      const items = all.map((host): HostItem => ({
        label: `$(${iconOf(host)}) ${host.session.name}`,
        description: keyOnHostInWords(host),
        host,
      }));
      const chosen = await vscode.window.showQuickPick(items, {
        title: t('Secrets of Hosts beside the Key of {0}', row.name),
        placeHolder: t('Choose a host to store the key there'),
        matchOnDescription: true,
      });
      if (chosen && lacksKey(chosen.host))
        await give(row.name, key, { all, chosen: [chosen.host] }, services);
    });
  },
});

function iconOf(host: KeyOnHost): string {
  if (host.failure !== undefined) return 'question';
  if (host.secrets.length === 0) return 'circle-slash';
  return lacksKey(host) ? 'warning' : 'check';
}
