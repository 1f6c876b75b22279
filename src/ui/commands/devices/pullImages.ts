import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { BackingImage } from '../../../libvirt/model/disk.ts';
import { pullImages } from '../../../operations/blockJobs/mergeImages.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { askBandwidth } from './askBandwidth.ts';
import { imageChoice, readChain } from './commitImages.ts';
import { onDevices } from './deviceWork.ts';

export const pullImagesCommand = objectCommand({
  id: 'libvirt.disk.pull',
  on: { kinds: ['disk'], traits: ['active', 'overlay'] },
  run: async (node, services) => {
    const { name, domain, host } = node;
    const disk = await readChain(node, services);
    const title = t('Pull images into {0} of {1} on {2}', name, domain.name, host.name);
    const order = await wizard(title, async (ask) => {
      const base = await ask.pick<BackingImage | 'nothing'>({
        placeholder: t('What stays below?'),
        choices: [
          {
            label: t('Nothing'),
            description: t('the disk depends on no other image then'),
            value: 'nothing',
          },
          ...disk.backing.slice(1).map(imageChoice),
        ],
      });
      return { base: base === 'nothing' ? undefined : base, bandwidth: await askBandwidth(ask) };
    });
    if (!order) return;
    const progress = { title: t('Pulling images into {0} of {1} on {2}', name, domain.name, host.name) };
    await onDevices(domain, services, progress, (site, signal, report) =>
      pullImages(site, disk, { ...order, signal, report }),
    );
    void vscode.window.showInformationMessage(
      order.base
        ? t('{0} of {1} on {2} has what was between in its own image.', name, domain.name, host.name)
        : t('{0} of {1} on {2} depends on no other image now.', name, domain.name, host.name),
    );
  },
});
