import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { formatBytes, parseNewSize } from '../../../base/sizes.ts';
import { readResizableDisk } from '../../../operations/devices/resizeDisk.ts';
import { refuseVolumeSize } from '../../../operations/volumes/poolOffer.ts';
import type { DiskNode } from '../../explorer/objects/devices/diskNode.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { onDevices } from './deviceWork.ts';

export const resizeDiskCommand = objectCommand({
  id: 'libvirt.disk.resize',
  on: { kinds: ['disk'], traits: ['fixed'] },
  run: async (node, services) => {
    const { name, domain, host, disk } = node;
    const active = node.traits.includes('active');
    const title = t('Reading the size of {0} of {1} on {2}', name, domain.name, host.name);
    const resizable = await onDevices(domain, services, { title }, (site, signal) =>
      readResizableDisk(site, disk, active, { signal }),
    );
    const { capacity } = resizable;
    const size = await askNewSize(node, capacity, active);
    if (size === undefined || size === capacity) return;
    if (size < capacity && !(await confirmShrink(node, capacity, size, active))) return;
    const progress = {
      title: t('Resizing {0} of {1} on {2} to {3}', name, domain.name, host.name, formatBytes(size)),
    };
    await onDevices(domain, services, progress, (_site, signal) => resizable.resize(size, { signal }));
    void vscode.window.showInformationMessage(
      sentences(
        t('{0} of {1} on {2} has {3} now.', name, domain.name, host.name, formatBytes(size)),
        size > capacity
          ? t('The guest’s partitions and file systems are as they were: grow them there.')
          : undefined,
      ),
    );
  },
});

function askNewSize(
  { name, domain, host }: DiskNode,
  capacity: number,
  active: boolean,
): Promise<number | undefined> {
  return wizard(t('Resize {0} of {1} on {2}', name, domain.name, host.name), async (ask) => {
    const text = await ask.text({
      prompt: sentences(
        t('It has {0}. The new size, or what is added: 20G, +5G.', formatBytes(capacity)),
        active ? t('The guest sees it at once.') : undefined,
      ),
      placeholder: '+5G',
      refusal: (given) => refuseVolumeSize(parseNewSize(given, capacity)),
    });
    return parseNewSize(text, capacity) ?? capacity;
  });
}

function confirmShrink(
  { name, domain, host }: DiskNode,
  capacity: number,
  size: number,
  active: boolean,
): Promise<boolean> {
  return confirm(
    t(
      'Cut {0} of {1} on {2} down from {3} to {4}?',
      name,
      domain.name,
      host.name,
      formatBytes(capacity),
      formatBytes(size),
    ),
    sentences(
      t('Everything behind the new end is destroyed, and cannot be brought back.'),
      t(
        'File systems that reach beyond it break: make them and their partitions smaller first, in the guest.',
      ),
      active ? t('The guest is running and loses it at once.') : undefined,
    ),
    t('Destroy and Shrink'),
  );
}
