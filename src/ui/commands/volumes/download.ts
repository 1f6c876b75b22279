import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import { isRbdVolume } from '../../../libvirt/volumes.ts';
import { downloadFile } from '../../../operations/volumes/transfer/downloadFile.ts';
import { confirm } from '../../prompts/confirm.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';
import { askTarget } from './localFiles.ts';
import { checkVolume, openBy } from './volumeCheck.ts';
import { onVolumes } from './volumeWork.ts';

export const downloadVolumeCommand = objectCommand({
  id: 'libvirt.volume.download',
  on: { kinds: ['volume'], traits: ['connected'] },
  run: async (node, services) => {
    const { name, host, ref } = node;
    const check = await onObject(
      node,
      services,
      { title: t('Looking at what uses {0} on {1}', name, host.name) },
      (_host, signal) => checkVolume(host, ref, services, signal),
    );
    const running = openBy(check);
    const agreed =
      running === undefined ||
      (await confirm(
        t('Download {0} while it is in use by {1}?', name, running),
        t(
          'It changes while it is read: the file will be like a disk after a power failure, or worse. Shut the domain down first, or take a snapshot.',
        ),
        t('Download Anyway'),
      ));
    if (!agreed) return;
    const suggested = isRbdVolume(ref) ? `${name}.img` : name;
    const path = await askTarget(t('Download {0} from {1}', name, host.name), suggested);
    if (path === undefined) return;
    const progress = { title: t('Downloading {0} from {1}', name, host.name) };
    const size = await onVolumes(node, undefined, services, progress, (machine, signal, report) =>
      downloadFile(machine, ref, path, { signal, report }),
    );
    const show = t('Show in Folder');
    const choice = await vscode.window.showInformationMessage(
      t('Downloaded {0} ({1}) to {2}.', name, formatBytes(size), path),
      show,
    );
    if (choice === show) await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(path));
  },
});
