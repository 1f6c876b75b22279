import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { objectCommand } from '../command.ts';
import { withUserKey } from './userKey.ts';

/** The key to the clipboard, for a program that has no better way: it is shown nowhere. */
export const copyCephKeyCommand = objectCommand({
  id: 'libvirt.cephUser.copyKey',
  on: { kinds: ['cephUser'], traits: ['connected'] },
  run: async (row, services) => {
    await withUserKey(row, row.name, services, async (key) => {
      await vscode.env.clipboard.writeText(key.toString('base64'));
    });
    const clear = t('Clear the Clipboard');
    const chosen = await vscode.window.showWarningMessage(
      t(
        'The key of {0} is in the clipboard: whoever has it can log in. Clear it when it is pasted.',
        row.name,
      ),
      clear,
    );
    if (chosen === clear) await vscode.env.clipboard.writeText('');
  },
});
