import { t } from '../../../base/l10n.ts';
import { imageOfDisk, imageOfVolume, type LocatedImage } from '../../../hosts/clusters/imageOf.ts';
import { ImageProblem } from '../../../operations/images/imageProblem.ts';
import type { ImageNode } from '../../explorer/clusters/imageNode.ts';
import type { ImageUserNode, WatcherNode } from '../../explorer/clusters/imageUserNodes.ts';
import type { DiskNode } from '../../explorer/objects/devices/diskNode.ts';
import type { VolumeNode } from '../../explorer/objects/volumeNode.ts';
import type { CommandServices } from '../command.ts';

/** The RBD image that a row is, or is of. Rejects with an {@link ImageProblem} when it is none. */
export async function imageOfRow(
  row: ImageNode | ImageUserNode | WatcherNode | DiskNode | VolumeNode,
  services: CommandServices,
  signal?: AbortSignal,
): Promise<LocatedImage> {
  if (row.kind === 'image' || row.kind === 'watcher' || row.kind === 'imageUser') {
    const { cluster } = row;
    const { client, session } = cluster.require();
    return { image: row.kind === 'image' ? row.image : row.image.image, client, cluster, session };
  }
  const clusters = services.clusters.known;
  const found =
    row.kind === 'volume'
      ? await imageOfVolume(row.host, row.ref, clusters, { signal })
      : row.disk.source && (await imageOfDisk(row.host, row.disk.source, clusters, { signal }));
  if (found) return found;
  throw new ImageProblem('not-possible', t('{0} on {1} is not an RBD image.', row.name, row.host.name));
}
