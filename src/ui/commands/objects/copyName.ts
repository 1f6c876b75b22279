import * as vscode from 'vscode';
import { objectCommand } from '../command.ts';

export const copyNameCommand = objectCommand({
  id: 'libvirt.copyName',
  on: { kinds: ['host', 'domain', 'pool', 'volume', 'network', 'secret'], traits: [] },
  run: async (node) => {
    await vscode.env.clipboard.writeText(node.name);
  },
});
