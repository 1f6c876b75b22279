import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { renameDomainSafely } from '../../../operations/domains/renameDomain.ts';
import { domainNameRefusal } from '../../../operations/newDomain/domainName.ts';
import { documentUri } from '../../documents/documentUri.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';
import { domainNamesOn } from './domainNames.ts';

export const renameDomainCommand = objectCommand({
  id: 'libvirt.domain.rename',
  on: { kinds: ['domain'], traits: ['persistent'] },
  run: async (node, services) => {
    const { entry, name, host } = node;
    if (!entry) return;
    const others = domainNamesOn(host);
    const newName = await wizard(t('Rename {0} on {1}', name, host.name), (ask) =>
      ask.text({
        prompt: t('The new name. Disks and other files keep theirs.'),
        value: name,
        refusal: (text) => (text === name ? undefined : domainNameRefusal(text, others, host.name)),
      }),
    );
    if (newName === undefined || newName === name) return;
    await onObject(
      node,
      services,
      { title: t('Renaming {0} on {1}', name, host.name) },
      ({ connection }, signal) => renameDomainSafely(connection, entry.ref, newName, { signal }),
    );
    await followDocument(host.name, name, newName);
  },
});

/** An editor of the old name, if it holds nothing unsaved, shows the new one. */
async function followDocument(host: string, before: string, after: string): Promise<void> {
  const uri = documentUri({ host, folder: 'domains', name: before });
  const tab = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
  if (!tab || tab.isDirty) return;
  await vscode.window.tabGroups.close(tab);
  await vscode.commands.executeCommand('vscode.open', documentUri({ host, folder: 'domains', name: after }));
}
