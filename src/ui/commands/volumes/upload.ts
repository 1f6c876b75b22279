import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import { sentences } from '../../../base/sentences.ts';
import { isRbdVolume } from '../../../libvirt/volumes.ts';
import { parseVolume, type VolumeModel } from '../../../libvirt/model/volume.ts';
import { getVolumeXml } from '../../../libvirt/volumes.ts';
import { resizeVolumeTo } from '../../../operations/volumes/resizeVolumeTo.ts';
import { isPlain } from '../../../operations/volumes/transfer/imageFormat.ts';
import { uploadFile } from '../../../operations/volumes/transfer/uploadFile.ts';
import { confirm } from '../../prompts/confirm.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';
import { askLocalImage, type LocalImage } from './localFiles.ts';
import { checkVolume, refuseOpen, remarks } from './volumeCheck.ts';
import { onVolumes } from './volumeWork.ts';

/** Over what the volume holds. */
export const uploadVolumeCommand = objectCommand({
  id: 'libvirt.volume.upload',
  on: { kinds: ['volume'], traits: ['connected'] },
  run: async (node, services) => {
    const { name, host, ref } = node;
    const { check, model } = await onObject(
      node,
      services,
      { title: t('Looking at what uses {0} on {1}', name, host.name) },
      async ({ connection }, signal) => ({
        check: await checkVolume(host, ref, services, signal),
        model: await parseVolume(await getVolumeXml(connection, ref, { signal })),
      }),
    );
    refuseOpen(check, t('Nothing is written to it.'));
    const file = await askLocalImage(t('Upload over {0} on {1}', name, host.name));
    if (!file) return;
    const grows = isTooSmall(model, file);
    const agreed = await confirm(
      t('Write {0} over the volume {1} of the pool {2} on {3}?', file.name, name, ref.pool, host.name),
      sentences(
        t('What the volume holds is lost.'),
        grows
          ? t(
              'It is enlarged from {0} to {1} for it.',
              formatBytes(model.capacity ?? 0),
              formatBytes(file.size),
            )
          : undefined,
        isRbdVolume(ref) && !isPlain(file.format)
          ? t('The file is {0}, not raw: a guest would see the file, not the disk in it.', file.format)
          : undefined,
        remarks(check),
      ),
      grows ? t('Enlarge and Upload') : t('Upload'),
    );
    if (!agreed) return;
    const progress = { title: t('Uploading {0} to {1} on {2}', file.name, name, host.name) };
    await onVolumes(node, node.parent, services, progress, async (machine, signal, report) => {
      if (grows) await resizeVolumeTo(machine, ref, roundedUp(file.size), { signal });
      await uploadFile(machine, ref, file.path, { size: file.size, signal, report });
    });
    void vscode.window.showInformationMessage(
      t('Uploaded {0} ({1}) to {2} on {3}.', file.name, formatBytes(file.size), name, host.name),
    );
  },
});

/** Of a file with a format of its own, the size says nothing of what fits. */
function isTooSmall({ type, format, capacity }: VolumeModel, file: LocalImage): boolean {
  return (type !== 'file' || format === 'raw') && file.size > (capacity ?? Infinity);
}

/** To the sectors that disks have. */
function roundedUp(size: number): number {
  return Math.ceil(size / 512) * 512;
}
