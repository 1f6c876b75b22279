import * as vscode from 'vscode';
import { objectCommand } from '../command.ts';
import { withSecrets } from '../../documents/documentUri.ts';

export const openXmlWithSecretsCommand = objectCommand({
  id: 'libvirt.domain.openXmlWithSecrets',
  on: { kinds: ['domain'], traits: ['connected', 'persistent'] },
  run: async (node) => {
    await vscode.commands.executeCommand('vscode.open', withSecrets(node.document));
  },
});
