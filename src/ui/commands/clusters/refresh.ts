import { t } from '../../../base/l10n.ts';
import { withProgress } from '../../progress.ts';
import { objectCommand } from '../command.ts';

/** Reads all of a cluster again that has been read, by the best way that there is. */
export const refreshClusterCommand = objectCommand({
  id: 'libvirt.cluster.refresh',
  on: { kinds: ['cluster'], traits: ['connected'] },
  run: async ({ cluster }) => {
    cluster.startOver();
    await withProgress({ title: t('Reading the Ceph cluster {0} again', cluster.name) }, () =>
      cluster.status.read(),
    );
  },
});
