import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import type { ImageNode } from '../../explorer/clusters/imageNode.ts';
import type { ImageSnapshotNode } from '../../explorer/clusters/imageSnapshotNode.ts';
import { confirm } from '../../prompts/confirm.ts';
import type { CommandServices } from '../command.ts';
import { lookAtImage, openBy } from './imageUse.ts';

/** What a running guest writes meanwhile is torn: a snapshot is not. @param action what goes on nevertheless */
export async function mayReadNow(
  node: ImageNode | ImageSnapshotNode,
  services: CommandServices,
  action: string,
): Promise<boolean> {
  if (node.kind === 'imageSnapshot') return true;
  const { uses } = await lookAtImage(node, node.image, services, () => Promise.resolve(undefined));
  const running = openBy(uses);
  if (running === undefined) return true;
  return confirm(
    t('Read {0} of the cluster {1} while it is in use?', node.name, node.cluster.name),
    sentences(
      t(
        'It is in use by {0}, and changes while it is read: the file will be worse than after a power failure.',
        running,
      ),
      t('Take a snapshot, and use the same command on that.'),
    ),
    action,
  );
}
