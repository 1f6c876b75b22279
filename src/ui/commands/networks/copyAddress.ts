import * as vscode from 'vscode';
import { objectCommand } from '../command.ts';

export const copyAddressCommand = objectCommand({
  id: 'libvirt.lease.copyAddress',
  on: { kinds: ['lease'], traits: [] },
  run: async ({ client }) => {
    await vscode.env.clipboard.writeText(client.ip);
  },
});
