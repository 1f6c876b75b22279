import * as vscode from 'vscode';
import { objectCommand } from '../command.ts';

export const openSnapshotXmlCommand = objectCommand({
  id: 'libvirt.snapshot.openXml',
  on: { kinds: ['snapshot'], traits: ['connected'] },
  run: async (node) => {
    await vscode.commands.executeCommand('vscode.open', node.document);
  },
});
