import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import { sentences } from '../../../base/sentences.ts';
import { refuseVolumeName } from '../../../operations/volumes/poolOffer.ts';
import { isCompressed, isPlain } from '../../../operations/volumes/transfer/imageFormat.ts';
import { uploadAsNew } from '../../../operations/volumes/transfer/uploadAsNew.ts';
import { VolumeProblem } from '../../../operations/volumes/volumeProblem.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';
import { askLocalImage, type LocalImage } from './localFiles.ts';
import { readSite, type VolumeSite } from './volumeSite.ts';
import { onVolumes } from './volumeWork.ts';

/** An ISO or a disk image of this machine becomes a volume. */
export const uploadNewVolumeCommand = objectCommand({
  id: 'libvirt.volume.uploadNew',
  on: { kinds: ['pool'], traits: ['active'] },
  run: async (node, services) => {
    const { entry, name: poolName, host } = node;
    if (!entry) return;
    const site = await onObject(
      node,
      services,
      { title: t('Reading the pool {0} on {1}', poolName, host.name) },
      (_host, signal) => readSite(host, entry.ref, signal),
    );
    const file = await askLocalImage(t('Upload into {0} on {1}', poolName, host.name));
    if (!file) return;
    refuseFile(file, site);
    const name = await wizard(t('Upload as New Volume'), (ask) =>
      ask.text({
        prompt: sentences(
          t('The name in the pool {0} on {1}.', poolName, host.name),
          t('{0}: {1}, {2}.', file.name, file.format, formatBytes(file.size)),
          isCompressed(file.format)
            ? t('It is packed: a guest can use it only after it has been unpacked.')
            : undefined,
        ),
        value: file.name,
        refusal: (given) => refuseVolumeName(given, site.model.type, site.taken),
      }),
    );
    if (name === undefined) return;
    const progress = { title: t('Uploading {0} to {1} on {2}', name, poolName, host.name) };
    await onVolumes(node, node, services, progress, (machine, signal, report) =>
      uploadAsNew(machine, entry.ref, { name, path: file.path, size: file.size }, { signal, report }),
    );
    void vscode.window.showInformationMessage(
      t('Uploaded {0} ({1}) to {2} on {3}.', name, formatBytes(file.size), poolName, host.name),
    );
  },
});

function refuseFile(file: LocalImage, { offer, model }: VolumeSite): void {
  if (file.size === 0) throw new VolumeProblem('not-possible', t('{0} is empty.', file.name));
  if (offer.formats.length === 0 && !isPlain(file.format)) {
    throw new VolumeProblem(
      'not-possible',
      t('{0} is a {1} file; the pool {2} holds raw images only.', file.name, file.format, model.name),
      {
        advice: isCompressed(file.format)
          ? t('Unpack it first.')
          : t('Make it raw first: “qemu-img convert -O raw {0} new.img”.', file.name),
      },
    );
  }
  const available = model.available ?? Infinity;
  if (model.type !== 'rbd' && !offer.thin && file.size > available) {
    throw new VolumeProblem(
      'not-possible',
      t(
        '{0} has {1}; the pool {2} has only {3} free.',
        file.name,
        formatBytes(file.size),
        model.name,
        formatBytes(available),
      ),
    );
  }
}
