import * as vscode from 'vscode';
import { Problem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { readSecretUsers, type SecretUsers } from '../../../hosts/knowledge/secretUsers.ts';
import { documentUri } from '../../documents/documentUri.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';

class UsesUnknownProblem extends Problem {
  readonly code = 'uses-unknown';
}

interface UserItem extends vscode.QuickPickItem {
  readonly document: vscode.Uri;
}

/** Lists the domains and pools that use a secret; choosing one opens its XML. */
export const showSecretUsesCommand = objectCommand({
  id: 'libvirt.secret.showUses',
  on: { kinds: ['secret'], traits: ['connected'] },
  run: async (node, services) => {
    const { name, host, uuid } = node;
    const users = await onObject(
      node,
      services,
      { title: t('Looking what uses {0} on {1}', name, host.name) },
      ({ knowledge }, signal) => readSecretUsers(knowledge, uuid, { signal, timeoutMs: 30_000 }),
    );
    if (!users) {
      throw new UsesUnknownProblem(t('What uses {0} on {1} cannot be found out now.', name, host.name), {
        advice: t(
          'Some definitions could not be read. Look whether libvirt or storage hangs, then try again.',
        ),
      });
    }
    const items = itemsOf(users, host.name);
    if (items.length === 0) {
      void vscode.window.showInformationMessage(t('Nothing on {0} uses the secret {1}.', host.name, name));
      return;
    }
    const chosen = await vscode.window.showQuickPick(items, {
      title: t('What uses {0} on {1}', name, host.name),
      placeHolder: t('Choose one to open its XML'),
      matchOnDescription: true,
    });
    if (chosen) await vscode.commands.executeCommand('vscode.open', chosen.document);
  },
});

function itemsOf({ domains, pools }: SecretUsers, host: string): readonly UserItem[] {
  return [
    ...pools.map((name) => ({
      label: `$(database) ${name}`,
      description: t('storage pool, logs in with it'),
      document: documentUri({ host, folder: 'pools', name }),
    })),
    ...domains.map(({ name, isActive, throughPool }) => ({
      label: `$(vm) ${name}`,
      description: [
        isActive ? t('running') : t('not running'),
        ...(throughPool === undefined ? [] : [t('through the pool {0}', throughPool)]),
      ].join(' · '),
      document: documentUri({ host, folder: 'domains', name }),
    })),
  ];
}
