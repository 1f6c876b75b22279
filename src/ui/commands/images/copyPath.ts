import * as vscode from 'vscode';
import { qemuRbdName } from '../../../ceph/qemuRbd.ts';
import type { CephAccess } from '../../../ceph/cephAccess.ts';
import { objectCommand } from '../command.ts';

/** As QEMU's programs take it on the host through which the cluster is seen: `rbd:pool/image`. Never with a key. */
export const copyImagePathCommand = objectCommand({
  id: 'libvirt.image.copyPath',
  on: { kinds: ['image', 'imageSnapshot'], traits: ['connected'] },
  run: async (node) => {
    const { access } = node.cluster.require().client;
    const image = node.kind === 'image' ? node.image : { ...node.image.image, snapshot: node.snapshot.name };
    await vscode.env.clipboard.writeText(qemuRbdName(image, withoutDefaults(access), undefined));
  },
});

/** What librados does by itself need not be said. */
function withoutDefaults({ monitors, clientId, configFile }: CephAccess): CephAccess {
  const isDefault = configFile === '/etc/ceph/ceph.conf' && clientId === 'admin';
  return {
    monitors,
    clientId: isDefault ? undefined : clientId,
    key: undefined,
    configFile: isDefault ? undefined : configFile,
    settings: new Map(),
  };
}
