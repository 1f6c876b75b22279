import * as vscode from 'vscode';
import { rbdName } from '../../explorer/clusters/imageWords.ts';
import { objectCommand } from '../command.ts';

/** As `rbd` takes it: `pool/namespace/image`, with `@snapshot` for one of its snapshots. */
export const copyImageNameCommand = objectCommand({
  id: 'libvirt.image.copyName',
  on: { kinds: ['image', 'imageSnapshot'], traits: [] },
  run: async (node) => {
    const name =
      node.kind === 'image'
        ? rbdName(node.image)
        : rbdName({ ...node.image.image, snapshot: node.snapshot.name });
    await vscode.env.clipboard.writeText(name);
  },
});
