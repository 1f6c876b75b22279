import { t } from '../../../base/l10n.ts';
import type { VolumeRef } from '../../../libvirt/protocol/refs.ts';
import { isRbdVolume, listVolumes } from '../../../libvirt/volumes.ts';
import { createNewVolume } from '../../../operations/volumes/newVolume.ts';
import type { PoolNode } from '../../explorer/objects/poolNode.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';
import { askNewVolume } from './askNewVolume.ts';
import { readSite } from './volumeSite.ts';
import { onVolumes, volumeHostOf } from './volumeWork.ts';

export const createVolumeCommand = objectCommand({
  id: 'libvirt.volume.create',
  on: { kinds: ['pool'], traits: ['active'] },
  run: async (node, services) => {
    const { entry, name, host } = node;
    if (!entry) return;
    const site = await onObject(
      node,
      services,
      { title: t('Reading the pool {0} on {1}', name, host.name) },
      (_host, signal) => readSite(host, entry.ref, signal),
    );
    let files: Promise<readonly VolumeRef[]> | undefined;
    const order = await wizard(t('New Volume in {0} on {1}', name, host.name), (ask) =>
      askNewVolume(ask, volumeHostOf(host, services), site, () => (files ??= filesOn(node))),
    );
    if (!order) return;
    const progress = {
      title: t('Creating the volume {0} on {1}', order.name, host.name),
      patience: {
        afterMs: 5000,
        message: t('The space is being taken. What is cancelled is deleted when libvirt is done with it.'),
      },
    };
    await onVolumes(node, node, services, progress, (machine, signal) =>
      createNewVolume(machine, entry.ref, order, { signal }),
    );
  },
});

/** The volumes of the host that are files, of which a new one can be an overlay; those of the pool first. */
async function filesOn({ host, uuid }: PoolNode): Promise<readonly VolumeRef[]> {
  const { connection, inventory } = host.require();
  const active = [...inventory.pools.entries.values()].filter((pool) => pool.active);
  const sorted = active.sort((a, b) => Number(b.ref.uuid === uuid) - Number(a.ref.uuid === uuid));
  const lists = await Promise.all(
    // A pool that does not answer has nothing to offer.
    sorted.map(({ ref }) => listVolumes(connection, ref).catch(() => [])),
  );
  return lists.flat().filter((volume) => volume.key.startsWith('/') && !isRbdVolume(volume));
}
