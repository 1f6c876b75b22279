import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import { sentences } from '../../../base/sentences.ts';
import { getRbdInfo } from '../../../ceph/rbd.ts';
import { exportRbdToFile } from '../../../ceph/rbdTransfer.ts';
import { freeSpaceFor, writeNewFile } from '../../../operations/images/hostFiles.ts';
import { ImageProblem } from '../../../operations/images/imageProblem.ts';
import { proposeHostFile } from '../../../operations/domains/hostFile.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { onCluster } from '../clusters/onCluster.ts';
import { askHostFile } from '../domains/askHostFile.ts';
import { askRoute } from './askRoute.ts';
import { mayReadNow } from './exportSource.ts';
import { fileNameOf, imageOf, labelOf, sourceOf } from './imageSource.ts';
import { workOnImages } from './imageWork.ts';

/** Into a raw, sparse file of a host, by `rbd export`. */
export const exportImageToHostCommand = objectCommand({
  id: 'libvirt.image.exportToHost',
  on: { kinds: ['image', 'imageSnapshot'], traits: ['connected'] },
  run: async (node, services) => {
    const { cluster } = node;
    const name = labelOf(node);
    if (!(await mayReadNow(node, services, t('Export Anyway')))) return;
    const image = sourceOf(node);
    const answer = await wizard(t('Export {0} of {1}', name, cluster.name), async (ask) => {
      const route = await askRoute(ask, cluster);
      const path = await askHostFile(
        ask,
        sentences(
          t('The file on {0}; there must be none of the name.', route.session.name),
          t('It is raw and takes only the space of the data.'),
        ),
        proposeHostFile('/var/tmp', fileNameOf(node), 'img', new Date()),
      );
      return { route, path };
    });
    if (!answer) return;
    const { route, path } = answer;
    const host = route.session.name;
    const work = {
      title: t('Exporting {0} to {1} on {2}', name, path, host),
      ending: t('Removing the unfinished file {0}', path),
      place: undefined,
      route,
    };
    const looking = { title: t('Looking at {0} on {1}', path, host) };
    const [{ size }, free] = await onCluster(node, services, looking, (_client, signal) =>
      Promise.all([
        getRbdInfo(route.client, imageOf(node), { signal }),
        freeSpaceFor(route.client, path, { signal }),
      ]),
    );
    if (free !== undefined && free < size && !(await mayBeTooSmall(path, host, size, free))) return;
    await workOnImages(node, services, work, (client, signal, report) =>
      writeNewFile(client, path, (part) => exportRbdToFile(client, image, part, { signal, report }), {
        signal,
      }),
    );
    void vscode.window.showInformationMessage(
      t('{0} ({1}) is in {2} on {3}.', name, formatBytes(size), path, host),
    );
  },
});

function mayBeTooSmall(path: string, host: string, size: number, free: number): Promise<boolean> {
  if (free === 0)
    throw new ImageProblem('not-possible', t('There is no space left for {0} on {1}.', path, host));
  return confirm(
    t('Write {0} on {1}, where only {2} are free?', path, host, formatBytes(free)),
    t(
      'The image has {0}; how much of that holds data shows on the way. When the space is used up, the unfinished file is removed.',
      formatBytes(size),
    ),
    t('Export Anyway'),
  );
}
