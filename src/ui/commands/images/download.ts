import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import { downloadRbdImage } from '../../../operations/volumes/transfer/downloadFile.ts';
import { objectCommand } from '../command.ts';
import { askTarget } from '../volumes/localFiles.ts';
import { mayReadNow } from './exportSource.ts';
import { fileNameOf, labelOf, sourceOf } from './imageSource.ts';
import { workOnImages } from './imageWork.ts';

/** Into a file of this machine. */
export const downloadImageCommand = objectCommand({
  id: 'libvirt.image.download',
  on: { kinds: ['image', 'imageSnapshot'], traits: ['connected'] },
  run: async (node, services) => {
    const { cluster } = node;
    const name = labelOf(node);
    if (!(await mayReadNow(node, services, t('Download Anyway')))) return;
    const image = sourceOf(node);
    const path = await askTarget(t('Download {0} from {1}', name, cluster.name), `${fileNameOf(node)}.img`);
    if (path === undefined) return;
    const work = {
      title: t('Downloading {0} from {1}', name, cluster.name),
      ending: t('Removing the unfinished file {0}', path),
      place: undefined,
    };
    const size = await workOnImages(node, services, work, (client, signal, report) =>
      downloadRbdImage({ client, image }, path, { signal, report }),
    );
    const show = t('Show in Folder');
    const choice = await vscode.window.showInformationMessage(
      t('Downloaded {0} ({1}) to {2}.', name, formatBytes(size), path),
      show,
    );
    if (choice === show) await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(path));
  },
});
