import * as vscode from 'vscode';
import { getVolumePath } from '../../../libvirt/volumes.ts';
import { objectCommand } from '../command.ts';

/** As disks name it: the path on the host, of an RBD image `cephpool/image`. */
export const copyVolumePathCommand = objectCommand({
  id: 'libvirt.volume.copyPath',
  on: { kinds: ['volume'], traits: ['connected'] },
  run: async (node) => {
    const { connection } = node.host.require();
    await vscode.env.clipboard.writeText(await getVolumePath(connection, node.ref));
  },
});
