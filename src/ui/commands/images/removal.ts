import { lookBeforeRemoval } from '../../../hosts/clusters/removalLook.ts';
import { fullName } from '../../../hosts/clusters/imageUser.ts';
import { shellHostOf } from '../../../hosts/shellHost.ts';
import type { RemovalPlace } from '../../../operations/images/removeImage/imageSteps.ts';
import type { RemovalLook } from '../../../operations/images/removeImage/obstacles.ts';
import type { ImageNode } from '../../explorer/clusters/imageNode.ts';
import { imagesChanged } from '../clusters/onCluster.ts';
import type { CommandServices } from '../command.ts';

/** Where an image is removed, and how it is looked at before. */
export function removalPlaceOf(row: ImageNode, services: CommandServices): RemovalPlace {
  const { image, cluster } = row;
  const { client, session } = cluster.require();
  return {
    image,
    name: fullName(image),
    client,
    shell: shellHostOf(session),
    lookAgain: ({ signal }): Promise<RemovalLook> =>
      lookBeforeRemoval({ image, client, cluster, sessions: services.registry.sessions }, { signal }),
    changed: () => {
      imagesChanged(row, image, services);
    },
  };
}
