import * as vscode from 'vscode';
import { objectCommand } from '../command.ts';

export const openXmlCommand = objectCommand({
  id: 'libvirt.openXml',
  on: { kinds: ['domain', 'pool', 'volume', 'network', 'secret'], traits: ['connected'] },
  run: async (node) => {
    await vscode.commands.executeCommand('vscode.open', node.document);
  },
});
