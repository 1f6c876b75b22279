import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { formatBytes, parseNewSize } from '../../../base/sizes.ts';
import { sentences } from '../../../base/sentences.ts';
import { getRbdInfo, resizeRbdImage } from '../../../ceph/rbd.ts';
import type { ImageUser } from '../../../hosts/clusters/imageUser.ts';
import { openUsers, strangeWatchers, type ImageUses } from '../../../hosts/clusters/imageUses.ts';
import { resizeDisk } from '../../../libvirt/domainDevices.ts';
import { lookupDomain } from '../../../libvirt/domains.ts';
import { wholeSectors } from '../../../operations/images/importImage.ts';
import { ImageProblem } from '../../../operations/images/imageProblem.ts';
import { imageName } from '../../../operations/snapshots/rbdDisks.ts';
import { refuseVolumeSize } from '../../../operations/volumes/poolOffer.ts';
import type { ImageNode } from '../../explorer/clusters/imageNode.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { changeImages } from '../clusters/onCluster.ts';
import { objectCommand } from '../command.ts';
import { lookAtImage, namedBy, openBy, unknownUse } from './imageUse.ts';

/** The disk of a running domain is resized by its QEMU, so that the guest sees it; any other image by rbd. */
export const resizeImageCommand = objectCommand({
  id: 'libvirt.image.resize',
  on: { kinds: ['image'], traits: ['connected'] },
  run: async (node, services) => {
    const { image, name } = node;
    const { uses, found } = await lookAtImage(node, image, services, (client, signal) =>
      getRbdInfo(client, image, { signal }),
    );
    const capacity = found.size;
    const disks = liveDisks(uses);
    const size = await askSize(node, capacity, uses, disks);
    if (size === undefined || size === capacity) return;
    if (size < capacity && !(await confirmShrink(node, uses, capacity, size))) return;
    if (size > capacity && disks.length === 0 && !(await mayGrowUnseen(node, uses))) return;
    const title = t('Resizing the RBD image {0} to {1}', name, formatBytes(size));
    await changeImages(node, image, services, { title }, async (client, signal, report) => {
      if (disks.length === 0) {
        await resizeRbdImage(client, image, size, { shrink: size < capacity, signal, report });
        return;
      }
      for (const { session, domain, target } of disks) {
        const { connection } = session.require();
        const ref = await lookupDomain(connection, domain.uuid, { signal });
        await resizeDisk(connection, ref, target, size, { signal });
      }
    });
    void vscode.window.showInformationMessage(
      sentences(
        t('The RBD image {0} has {1} now.', name, formatBytes(size)),
        size > capacity
          ? t('Partitions and file systems are as they were: grow them in the guest.')
          : undefined,
      ),
    );
  },
});

/** The disks of running domains that have the image itself: each is told, the first resizes it. */
function liveDisks(uses: ImageUses): readonly ImageUser[] {
  return openUsers(uses).filter(({ role, snapshot }) => role === 'disk' && snapshot === undefined);
}

function askSize(
  { name }: ImageNode,
  capacity: number,
  uses: ImageUses,
  disks: readonly ImageUser[],
): Promise<number | undefined> {
  const running = openBy(uses);
  return wizard(t('Resize the RBD Image {0}', name), async (ask) => {
    const text = await ask.text({
      prompt: sentences(
        t('It has {0}. The new size, or what is added: 20G, +5G.', formatBytes(capacity)),
        disks.length > 0 && running !== undefined
          ? t('{0} is told and sees it at once.', running)
          : undefined,
      ),
      placeholder: '+5G',
      refusal: (given) => {
        const size = parseNewSize(given, capacity);
        if (size !== undefined && size < capacity && running !== undefined)
          return t('It is in use by {0}: it can only grow.', running);
        return refuseVolumeSize(size);
      },
    });
    return wholeSectors(parseNewSize(text, capacity) ?? capacity);
  });
}

function confirmShrink(
  { image, cluster }: ImageNode,
  uses: ImageUses,
  capacity: number,
  size: number,
): Promise<boolean> {
  if (openBy(uses) !== undefined) {
    throw new ImageProblem(
      'in-use',
      t('{0} is in use by {1}: it can only grow.', imageName(image), openBy(uses) ?? ''),
      { advice: t('Shut the domain down, then try again.') },
    );
  }
  const names = namedBy(uses);
  return confirm(
    t(
      'Cut the RBD image {0} of the cluster {1} down to {2}?',
      imageName(image),
      cluster.name,
      formatBytes(size),
    ),
    sentences(
      t(
        'The last {0} of its {1} are lost. A file system or partition that reaches there is destroyed, unless it was shrunk inside the guest before.',
        formatBytes(capacity - size),
        formatBytes(capacity),
      ),
      names === undefined ? undefined : t('These domains name it: {0}.', names),
      unknownUse(uses),
    ),
    t('Shrink Image'),
  );
}

/** Somebody has it open whom nobody can tell of the new size. */
async function mayGrowUnseen({ image, cluster }: ImageNode, uses: ImageUses): Promise<boolean> {
  const strangers = strangeWatchers(uses);
  if (strangers.length === 0) return true;
  return confirm(
    t('Grow the RBD image {0} of the cluster {1} while it is open?', imageName(image), cluster.name),
    t(
      'It is open by {0}, which is no running domain of a connected host: it does not see the new size before it opens the image again. Connect to its host first to have the guest see it at once.',
      openBy(uses) ?? '',
    ),
    t('Grow Image'),
  );
}
