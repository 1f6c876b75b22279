import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import { imageNameOfFile } from '../../../operations/images/imageNames.ts';
import { ImageProblem } from '../../../operations/images/imageProblem.ts';
import { importImage } from '../../../operations/images/importImage.ts';
import { imageName } from '../../../operations/snapshots/rbdDisks.ts';
import { isPlain } from '../../../operations/volumes/transfer/imageFormat.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { askLocalImage, type LocalImage } from '../volumes/localFiles.ts';
import { askImageName, ImagePlaces, placeName } from './askImage.ts';
import { mayHoldImages, placeOf } from './create.ts';
import { workOnImages } from './imageWork.ts';

/** A raw image or an ISO of this machine becomes an RBD image. */
export const uploadImageCommand = objectCommand({
  id: 'libvirt.image.upload',
  on: { kinds: ['cephPool', 'cephNamespace'], traits: ['connected'] },
  run: async (node, services) => {
    const place = placeOf(node);
    if (!(await mayHoldImages(node, place))) return;
    const file = await askLocalImage(t('Upload into {0} of {1}', placeName(place), node.cluster.name));
    if (!file) return;
    refuseFile(file);
    const places = new ImagePlaces(node.cluster);
    const image = await wizard(t('Upload as New RBD Image'), (ask) =>
      askImageName(ask, places, place, {
        proposed: imageNameOfFile(file.name),
        remark: t('{0}: {1}, {2}.', file.name, file.format, formatBytes(file.size)),
      }),
    );
    if (!image) return;
    const work = {
      title: t('Uploading {0} to {1}', file.name, imageName(image)),
      ending: t('Removing the unfinished image {0}', imageName(image)),
      place,
    };
    await workOnImages(node, services, work, (client, signal, report) =>
      importImage(client, image, file, { signal, report }),
    );
    void vscode.window.showInformationMessage(
      t('Uploaded {0} ({1}) to {2}.', file.name, formatBytes(file.size), imageName(image)),
    );
  },
});

function refuseFile({ name, size, format }: LocalImage): void {
  if (size === 0) throw new ImageProblem('not-possible', t('{0} is empty.', name));
  if (isPlain(format)) return;
  throw new ImageProblem(
    'not-possible',
    t(
      '{0} is {1}: byte by byte in an RBD image, a guest would see the file, not the disk in it.',
      name,
      format,
    ),
    {
      advice: t('Copy it to a host, and use “Import RBD Image from a File on a Host…”: that converts it.'),
    },
  );
}
