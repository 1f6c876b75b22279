import { t } from '../../../base/l10n.ts';
import { volumeOf } from '../../../operations/devices/resizeDisk.ts';
import type { DiskNode } from '../../explorer/objects/devices/diskNode.ts';
import { describeSource } from '../../explorer/objects/devices/diskWords.ts';
import { PoolNode } from '../../explorer/objects/poolNode.ts';
import { VolumeNode } from '../../explorer/objects/volumeNode.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { objectsOn } from '../pickObject.ts';
import { deleteVolumeCommand } from '../volumes/delete.ts';
import { detachDeviceRow } from './detachDevice.ts';
import { onDevices } from './deviceWork.ts';

export const detachDiskCommand = objectCommand({
  id: 'libvirt.disk.detach',
  on: { kinds: ['disk'], traits: ['connected'] },
  run: async (node, services) => {
    const { source, target } = node.disk;
    const isDeletable = source !== undefined && node.traits.includes('fixed');
    await detachDeviceRow(node, services, {
      what: source ? t('the disk {0} ({1})', target, describeSource(source)) : t('the drive {0}', target),
      consequence: source ? t('Its data stays where it is.') : '',
      more: isDeletable
        ? { action: t('Detach and Delete Volume…'), run: () => deleteVolumeOf(node, services) }
        : undefined,
    });
  },
});

/** Asks once more, with the name of the volume and what else uses it. */
async function deleteVolumeOf(node: DiskNode, services: CommandServices): Promise<void> {
  const { domain, host } = node;
  const title = t('Looking for the volume of {0} on {1}', node.name, host.name);
  const ref = await onDevices(domain, services, { title }, (site, signal) =>
    volumeOf(site, node.disk, { signal }),
  );
  const row = services.explorer.hosts.find((one) => one.host === host);
  const rows = row ? await objectsOn(row) : [];
  const pool = rows.find((one) => one instanceof PoolNode && one.name === ref.pool);
  if (pool) await deleteVolumeCommand.run(new VolumeNode(pool, ref), services);
}
