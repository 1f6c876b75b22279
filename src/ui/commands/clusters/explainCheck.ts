import * as vscode from 'vscode';
import { checkDocumentation } from '../../explorer/clusters/healthWords.ts';
import { objectCommand } from '../command.ts';

/** Opens what Ceph's documentation says of a health check. */
export const explainCheckCommand = objectCommand({
  id: 'libvirt.cluster.explainCheck',
  on: { kinds: ['healthCheck'], traits: [] },
  run: async ({ name }) => {
    await vscode.env.openExternal(vscode.Uri.parse(checkDocumentation(name)));
  },
});
