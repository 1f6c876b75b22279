import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import { getRbdUsage } from '../../../ceph/rbdUsage.ts';
import { rbdVolumeOf } from '../../../operations/volumes/rbdVolume.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';

/** What an RBD image really takes: libvirt tells its capacity again. */
export const measureVolumeCommand = objectCommand({
  id: 'libvirt.volume.measure',
  on: { kinds: ['volume'], traits: ['connected', 'rbd'] },
  run: async (node, services) => {
    const { name, host, ref } = node;
    const progress = {
      title: t('Measuring {0} on {1}', name, host.name),
      patience: {
        afterMs: 5000,
        message: t('An image without the feature fast-diff is read object by object.'),
      },
    };
    const usage = await onObject(node, services, progress, async (machine, signal) => {
      const rbd = await rbdVolumeOf(machine, ref, { signal });
      return rbd ? getRbdUsage(rbd.client, rbd.image, { signal }) : [];
    });
    const provisioned = usage.find(({ snapshot }) => snapshot === undefined)?.provisioned ?? 0;
    const own = sum(usage.filter(({ snapshot }) => snapshot === undefined));
    const snapshots = usage.filter(({ snapshot }) => snapshot !== undefined);
    const text =
      snapshots.length === 0
        ? t('{0} takes {1} of its {2}, before replication.', name, formatBytes(own), formatBytes(provisioned))
        : t(
            '{0} takes {1} of its {2}, and its {3} snapshots {4}, before replication.',
            name,
            formatBytes(own),
            formatBytes(provisioned),
            snapshots.length,
            formatBytes(sum(snapshots)),
          );
    void vscode.window.showInformationMessage(text);
  },
});

function sum(usage: readonly { readonly used: number }[]): number {
  return usage.reduce((total, { used }) => total + used, 0);
}
