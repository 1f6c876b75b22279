import type { RbdPlace } from '../../../ceph/rbd.ts';
import { objectCommand } from '../command.ts';

/** Ceph does not tell when others make images: reads again what is in a pool, or in a namespace. */
export const refreshImagesCommand = objectCommand({
  id: 'libvirt.cephPool.refreshImages',
  on: { kinds: ['cephPool', 'cephNamespace'], traits: ['connected'] },
  run: async (node) => {
    const { cluster } = node;
    const place: RbdPlace = node.kind === 'cephPool' ? { pool: node.name, namespace: undefined } : node.place;
    cluster.imagesChanged(place);
    await cluster.images(place).get();
  },
});
