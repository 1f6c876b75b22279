import * as vscode from 'vscode';
import { objectCommand } from '../command.ts';

export const copyUuidCommand = objectCommand({
  id: 'libvirt.copyUuid',
  on: { kinds: ['domain', 'pool', 'network', 'secret'], traits: [] },
  run: async (node) => {
    await vscode.env.clipboard.writeText(node.uuid);
  },
});
