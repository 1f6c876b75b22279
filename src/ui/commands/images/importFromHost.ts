import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import { sentences } from '../../../base/sentences.ts';
import type { RbdImage } from '../../../ceph/rbd.ts';
import type { ClusterRoute } from '../../../hosts/clusters/clusterRoute.ts';
import { readHostImage, type HostImageFile } from '../../../operations/images/hostFiles.ts';
import { imageNameOfFile } from '../../../operations/images/imageNames.ts';
import { importHostFile } from '../../../operations/images/importHostFile.ts';
import { imageName } from '../../../operations/snapshots/rbdDisks.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { askHostFile } from '../domains/askHostFile.ts';
import { onCluster } from '../clusters/onCluster.ts';
import { askImageName, ImagePlaces, placeName } from './askImage.ts';
import { askRoute } from './askRoute.ts';
import { mayHoldImages, placeOf } from './create.ts';
import { workOnImages } from './imageWork.ts';

interface Answer {
  readonly route: ClusterRoute;
  readonly file: HostImageFile;
  readonly image: RbdImage;
}

/** A raw image, or one of any format that qemu-img of the host reads. */
export const importImageFromHostCommand = objectCommand({
  id: 'libvirt.image.importFromHost',
  on: { kinds: ['cephPool', 'cephNamespace'], traits: ['connected'] },
  run: async (node, services) => {
    const place = placeOf(node);
    if (!(await mayHoldImages(node, place))) return;
    const places = new ImagePlaces(node.cluster);
    const files = new Map<string, Promise<HostImageFile>>();
    const read = (route: ClusterRoute, path: string): Promise<HostImageFile> => {
      const key = `${route.session.name} ${path}`;
      const title = t('Looking at {0} on {1}', path, route.session.name);
      const reading =
        files.get(key) ??
        onCluster(node, services, { title }, (_client, signal) =>
          readHostImage(route.client, path, { signal }),
        );
      files.set(key, reading);
      return reading;
    };
    const title = t('Import an RBD Image into {0}', placeName(place));
    const answer = await wizard<Answer>(title, async (ask) => {
      const route = await askRoute(ask, node.cluster);
      const host = route.session.name;
      const path = await askHostFile(
        ask,
        t('The disk image on {0}: raw, qcow2, vmdk or another that qemu-img reads.', host),
        '/var/lib/libvirt/images/',
      );
      const file = await read(route, path);
      const image = await askImageName(ask, places, place, {
        proposed: imageNameOfFile(path),
        remark: sentences(
          t('{0} on {1} is {2}, {3}.', path, host, file.format, formatBytes(file.size)),
          file.backing === undefined ? undefined : t('What it shares with {0} comes along.', file.backing),
        ),
      });
      return { route, file, image };
    });
    if (!answer) return;
    const { route, file, image } = answer;
    const work = {
      title: t('Importing {0} into {1}', file.path, imageName(image)),
      ending: t('Removing the unfinished image {0}', imageName(image)),
      place,
      route,
    };
    await workOnImages(node, services, work, (client, signal, report) =>
      importHostFile(client, image, file, { signal, report }),
    );
    void vscode.window.showInformationMessage(
      t('The RBD image {0} ({1}) is in {2}.', image.image, formatBytes(file.size), placeName(place)),
    );
  },
});
