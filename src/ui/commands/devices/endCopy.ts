import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { pivotBlockJob } from '../../../libvirt/blockJobs.ts';
import { endJob } from '../../../operations/blockJobs/followBlockJob.ts';
import { switchToCopy } from '../../../operations/blockJobs/copyDisk.ts';
import type { AttachableSource } from '../../../operations/devices/diskStorage.ts';
import type { DiskNode } from '../../explorer/objects/devices/diskNode.ts';
import { describeSource } from '../../explorer/objects/devices/diskWords.ts';
import { chooseInDialog } from '../../prompts/chooseInDialog.ts';
import type { CommandServices } from '../command.ts';
import { onDevices } from './deviceWork.ts';

/**
 * Asks what becomes of a disk whose copy holds the same, and does it.
 * @param destination where the copy is; undefined: as libvirt says, and then what it says is believed
 */
export async function endCopy(
  { name, domain, host, disk }: DiskNode,
  services: CommandServices,
  destination?: AttachableSource,
): Promise<void> {
  const [go, stay] = [t('Go On with the Copy'), t('Stay on the Old Image')];
  const answer = await chooseInDialog(
    t('{0} of {1} on {2} and its copy hold the same. Which one goes on?', name, domain.name, host.name),
    t('Until this is decided the guest writes to both. The other image stays as it is then.'),
    [go, stay],
  );
  if (answer === undefined) return;
  const title =
    answer === go
      ? t('Switching {0} of {1} on {2} to the copy', name, domain.name, host.name)
      : t('Ending the copy of {0} of {1} on {2}', name, domain.name, host.name);
  await onDevices(domain, services, { title }, async (site) => {
    if (answer === stay) await endJob(site, disk.target);
    else if (destination) await switchToCopy(site, disk.target, destination);
    else await pivotBlockJob(site.connection, site.domain, disk.target);
  });
  void vscode.window.showInformationMessage(
    answer === go
      ? sentences(
          t('{0} of {1} on {2} is on the copy now.', name, domain.name, host.name),
          disk.source && t('The old image is still there: {0}.', describeSource(disk.source)),
        )
      : t('{0} of {1} on {2} stays on the old image. The copy is complete.', name, domain.name, host.name),
  );
}
