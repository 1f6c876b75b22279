import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { documentUri } from '../../documents/documentUri.ts';
import { onCluster } from '../clusters/onCluster.ts';
import { objectCommand } from '../command.ts';
import { readPoolUse } from './poolUse.ts';

/** Lists the storage pools of libvirt over a pool of Ceph, on all connected hosts; choosing one opens its XML. */
export const showStoragePoolsCommand = objectCommand({
  id: 'libvirt.cephPool.showStoragePools',
  on: { kinds: ['cephPool'], traits: ['connected'] },
  run: async (node, services) => {
    const { name } = node;
    const title = t('Looking for storage pools over {0}', name);
    const { over } = await onCluster(node, services, { title }, (_client, signal) =>
      readPoolUse(node, services, signal),
    );
    if (over.length === 0) {
      void vscode.window.showInformationMessage(
        t('No connected host has a storage pool over the Ceph pool {0}.', name),
      );
      return;
    }
    const chosen = await vscode.window.showQuickPick(
      over.map(({ pool, session, entry }) => ({
        label: `$(database) ${pool.name}`,
        description: t('on {0}', session.name),
        detail: [
          entry.active ? t('active') : t('inactive'),
          ...(pool.cephPool === name ? [] : [pool.cephPool]),
          pool.auth ? t('logs in as client.{0}', pool.auth.username) : t('logs in without cephx'),
        ].join(' · '),
        document: documentUri({ host: session.name, folder: 'pools', name: pool.name }),
      })),
      { title: t('Storage Pools over {0}', name), placeHolder: t('Choose one to open its XML') },
    );
    if (chosen) await vscode.commands.executeCommand('vscode.open', chosen.document);
  },
});
