import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { PoolNode } from '../../explorer/objects/poolNode.ts';
import { objectCommand } from '../command.ts';
import { objectsOn } from '../pickObject.ts';
import { runInBulk } from '../runInBulk.ts';
import { refreshPoolCommand } from './refresh.ts';

export const refreshAllPoolsCommand = objectCommand({
  id: 'libvirt.pool.refreshAll',
  on: { kinds: ['host'], traits: ['connected'], groups: ['pools'] },
  run: async (node, services) => {
    const rows = await objectsOn(node);
    const active = rows.flatMap((row) =>
      row instanceof PoolNode && row.entry?.active === true ? [row] : [],
    );
    if (active.length === 0)
      void vscode.window.showInformationMessage(t('No pool of {0} is active.', node.name));
    else if (refreshPoolCommand.bulk) await runInBulk(refreshPoolCommand.bulk, active, services);
  },
});
