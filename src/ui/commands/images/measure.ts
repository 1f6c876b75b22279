import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import { getRbdUsage } from '../../../ceph/rbdUsage.ts';
import { usageInWords } from '../../explorer/clusters/imageFacts.ts';
import { rbdName } from '../../explorer/clusters/imageWords.ts';
import { objectCommand } from '../command.ts';
import { onCluster } from '../clusters/onCluster.ts';
import { columns } from '../reports/columns.ts';
import { showReport } from '../reports/showReport.ts';

/** What an image and each of its snapshots really take. */
export const measureImageCommand = objectCommand({
  id: 'libvirt.image.measure',
  on: { kinds: ['image'], traits: ['connected'] },
  run: async (node, services) => {
    const { image, name } = node;
    const progress = {
      title: t('Measuring {0}', rbdName(image)),
      patience: {
        afterMs: 5000,
        message: t('An image without the feature fast-diff is read object by object.'),
      },
    };
    const usage = await onCluster(node, services, progress, (client, signal) =>
      getRbdUsage(client, image, { signal }),
    );
    const words = usageInWords(usage);
    if (usage.length <= 1) {
      const size = formatBytes(usage[0]?.provisioned ?? 0);
      void vscode.window.showInformationMessage(t('{0} of {1} takes {2}.', name, size, words));
      return;
    }
    await showReport(t('Real use of {0}', name), [
      t('{0} takes {1}.', rbdName(image), words),
      '',
      ...columns(
        usage.map(({ snapshot, provisioned, used }) => [
          snapshot === undefined ? t('since the last snapshot') : `@${snapshot}`,
          formatBytes(used),
          t('of {0}', formatBytes(provisioned)),
        ]),
      ),
    ]);
  },
});
