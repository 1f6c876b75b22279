import * as vscode from 'vscode';
import { CancelledError } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { ReportProgress } from '../../../base/progress.ts';
import { sentences } from '../../../base/sentences.ts';
import { formatBytes } from '../../../base/sizes.ts';
import { getDiskSizes } from '../../../libvirt/domainDevices.ts';
import { endJob } from '../../../operations/blockJobs/followBlockJob.ts';
import { copyDisk, switchToCopy } from '../../../operations/blockJobs/copyDisk.ts';
import { attachableVolume, type AttachableSource } from '../../../operations/devices/diskStorage.ts';
import { createNewVolume, deleteLeftOver } from '../../../operations/volumes/newVolume.ts';
import type { DiskNode } from '../../explorer/objects/devices/diskNode.ts';
import { describeSource } from '../../explorer/objects/devices/diskWords.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { volumeHostOf } from '../volumes/volumeWork.ts';
import { askBandwidth } from './askBandwidth.ts';
import { StorageQuestions, type ChosenStorage } from './askStorage.ts';
import { storageWords } from './attachDrive.ts';
import { onDevices, type DeviceSite } from './deviceWork.ts';
import { endCopy } from './endCopy.ts';
import { chooseInDialog } from '../../prompts/chooseInDialog.ts';

/** What becomes of the disk once both hold the same. */
type Then = 'switch' | 'ask';

interface CopyOrder {
  readonly storage: ChosenStorage;
  readonly bandwidth: number;
  readonly then: Then;
}

export const copyDiskCommand = objectCommand({
  id: 'libvirt.disk.copy',
  on: { kinds: ['disk'], traits: ['active', 'fixed'] },
  run: async (node, services) => {
    const { name, domain, host } = node;
    const capacity = await capacityOf(node, services);
    const order = await askCopy(node, services, capacity);
    if (!order || !(await agreeToOverwrite(node, order.storage))) return;
    const progress = {
      title: t('Copying {0} of {1} on {2}', name, domain.name, host.name),
    };
    const destination = await onDevices(domain, services, progress, (site, signal, report) =>
      copyTo(site, node, services, order, signal, report),
    );
    if (order.then === 'ask') await endCopy(node, services, destination);
    else await switchOver(node, services, destination);
  },
});

function capacityOf(node: DiskNode, services: CommandServices): Promise<number> {
  const title = t('Reading the size of {0} of {1} on {2}', node.name, node.domain.name, node.host.name);
  return onDevices(node.domain, services, { title }, async ({ connection, domain }, signal) => {
    const { capacity } = await getDiskSizes(connection, domain, node.disk.target, { signal });
    return capacity;
  });
}

function askCopy(
  { name, domain, host }: DiskNode,
  services: CommandServices,
  capacity: number,
): Promise<CopyOrder | undefined> {
  const questions = new StorageQuestions(host, services);
  return wizard(t('Copy {0} of {1} on {2}', name, domain.name, host.name), async (ask) => {
    const where = await ask.pick<'new' | 'volume' | 'path'>({
      placeholder: t('Where to? It has {0}.', formatBytes(capacity)),
      choices: [
        { label: t('A new volume'), description: t('made for it'), value: 'new' },
        { label: t('A volume'), description: t('what is in it is overwritten'), value: 'volume' },
        { label: t('A path on the host'), description: t('QEMU makes the file'), value: 'path' },
      ],
    });
    const storage =
      where === 'new' ? await questions.volumeOfSize(ask, capacity) : await questions[where](ask);
    const then = await ask.pick<Then>({
      placeholder: t('And when both hold the same?'),
      choices: [
        { label: t('Go on with the copy'), description: t('the disk has moved then'), value: 'switch' },
        { label: t('Ask me'), description: t('both are written until then'), value: 'ask' },
      ],
    });
    return { storage, then, bandwidth: await askBandwidth(ask) };
  });
}

async function agreeToOverwrite({ host }: DiskNode, storage: ChosenStorage): Promise<boolean> {
  if (storage.kind !== 'volume') return true;
  const overwrite = t('Overwrite');
  const answer = await chooseInDialog(
    t('Overwrite {0} on {1}?', storageWords(storage), host.name),
    t('All that is in it is lost. It must be at least as large as the disk.'),
    [overwrite],
  );
  return answer === overwrite;
}

/** Makes the volume, copies into it, and takes it away again where that fails or is cancelled. */
async function copyTo(
  site: DeviceSite,
  node: DiskNode,
  services: CommandServices,
  { storage, bandwidth }: CopyOrder,
  signal: AbortSignal,
  report: ReportProgress,
): Promise<AttachableSource> {
  const { target } = node.disk;
  const copy = (destination: AttachableSource, exists: boolean): Promise<void> =>
    copyDisk(site, { target, destination, exists, bandwidth, signal, report });
  if (storage.kind === 'path') {
    await copy(storage.source, storage.source.kind === 'block');
    return storage.source;
  }
  const { connection } = site;
  if (storage.kind === 'volume') {
    const { source } = await attachableVolume(connection, storage.pool.ref, storage.volume, { signal });
    await copy(source, true);
    return source;
  }
  const machine = volumeHostOf(node.host, services);
  const volume = await createNewVolume(machine, storage.site.ref, storage.order, { signal });
  try {
    const { source } = await attachableVolume(connection, storage.site.ref, volume, { signal });
    await copy(source, true);
    return source;
  } catch (error) {
    await endJob(site, target);
    await deleteLeftOver(machine, volume).catch((left: unknown) => {
      if (error instanceof CancelledError) throw left;
      services.log.error(String(left));
    });
    throw error;
  }
}

async function switchOver(
  { name, domain, host, disk }: DiskNode,
  services: CommandServices,
  destination: AttachableSource,
): Promise<void> {
  const title = t('Switching {0} of {1} on {2} to the copy', name, domain.name, host.name);
  await onDevices(domain, services, { title }, (site) => switchToCopy(site, disk.target, destination));
  void vscode.window.showInformationMessage(
    sentences(
      t('{0} of {1} on {2} is on the copy now.', name, domain.name, host.name),
      disk.source && t('The old image is still there: {0}.', describeSource(disk.source)),
    ),
  );
}
