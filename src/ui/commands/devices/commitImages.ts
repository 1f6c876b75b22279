import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import type { BackingImage, DomainDisk } from '../../../libvirt/model/disk.ts';
import { readRunningDisk } from '../../../operations/blockJobs/blockJobState.ts';
import { commitImages } from '../../../operations/blockJobs/mergeImages.ts';
import type { DiskNode } from '../../explorer/objects/devices/diskNode.ts';
import { describeSource } from '../../explorer/objects/devices/diskWords.ts';
import type { Choice } from '../../prompts/askPick.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard, type Ask } from '../../prompts/wizard.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { askBandwidth } from './askBandwidth.ts';
import { onDevices } from './deviceWork.ts';

export const commitImagesCommand = objectCommand({
  id: 'libvirt.disk.commit',
  on: { kinds: ['disk'], traits: ['active', 'overlay'] },
  run: async (node, services) => {
    const { name, domain, host } = node;
    const disk = await readChain(node, services);
    const title = t('Merge images of {0} of {1} on {2}', name, domain.name, host.name);
    const order = await wizard(title, async (ask) => {
      const top = await askTop(ask, disk);
      const base = await askBase(ask, disk.backing.slice(top ? disk.backing.indexOf(top) + 1 : 0));
      return { top, base, bandwidth: await askBandwidth(ask) };
    });
    if (!order || !(await agree(node, order.base))) return;
    const progress = { title: t('Merging images of {0} of {1} on {2}', name, domain.name, host.name) };
    await onDevices(domain, services, progress, (site, signal, report) =>
      commitImages(site, disk, { ...order, signal, report }),
    );
    void vscode.window.showInformationMessage(
      sentences(
        t('The images of {0} of {1} on {2} are merged.', name, domain.name, host.name),
        t('The files of those that are no longer in the chain stay: nothing of this domain uses them.'),
      ),
    );
  },
});

/** @returns undefined for the disk’s own image */
async function askTop(ask: Ask, { source, backing }: DomainDisk): Promise<BackingImage | undefined> {
  if (backing.length === 1) return undefined;
  const top = await ask.pick<BackingImage | 'own'>({
    placeholder: t('From which image down? The images are listed from the top.'),
    choices: [
      ...(source
        ? [{ label: describeSource(source), description: t('the disk’s own'), value: 'own' as const }]
        : []),
      ...backing.slice(0, -1).map(imageChoice),
    ],
  });
  return top === 'own' ? undefined : top;
}

async function askBase(ask: Ask, below: readonly BackingImage[]): Promise<BackingImage> {
  const [first, ...others] = below;
  if (first && others.length === 0) return first;
  return ask.pick({ placeholder: t('Into which image below it?'), choices: below.map(imageChoice) });
}

/** The chain as QEMU has it now. */
export function readChain(node: DiskNode, services: CommandServices): Promise<DomainDisk> {
  const title = t('Reading the images of {0} of {1} on {2}', node.name, node.domain.name, node.host.name);
  return onDevices(node.domain, services, { title }, (site, signal) =>
    readRunningDisk(site, node.disk.target, { signal }),
  );
}

export function imageChoice(image: BackingImage): Choice<BackingImage> {
  return { label: describeSource(image.source), description: image.format, value: image };
}

function agree({ name, domain, host }: DiskNode, base: BackingImage): Promise<boolean> {
  return confirm(
    t('Merge images of {0} of {1} on {2}?', name, domain.name, host.name),
    t(
      '{0} is written into. Snapshots and other overlays that are based on it, or on what is merged, are no longer usable.',
      describeSource(base.source),
    ),
    t('Merge'),
  );
}
