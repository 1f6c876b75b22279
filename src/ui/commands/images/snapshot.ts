import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { createRbdSnapshot, listRbdSnapshots } from '../../../ceph/rbd.ts';
import type { ImageUser } from '../../../hosts/clusters/imageUser.ts';
import { openUsers, type ImageUses } from '../../../hosts/clusters/imageUses.ts';
import {
  freeSnapshotName,
  proposedName,
  rbdSnapshotNameRefusal,
} from '../../../operations/snapshots/snapshotName.ts';
import type { ImageNode } from '../../explorer/clusters/imageNode.ts';
import type { ObjectNode } from '../../explorer/node.ts';
import { chooseInDialog } from '../../prompts/chooseInDialog.ts';
import { wizard } from '../../prompts/wizard.ts';
import { changeImages } from '../clusters/onCluster.ts';
import { objectCommand, type Act, type CommandServices } from '../command.ts';
import { objectsOn } from '../pickObject.ts';
import { lookAtImage, openBy } from './imageUse.ts';

/** Of one image, or of several one after the other under one name. */
export const snapshotImageCommand = objectCommand({
  id: 'libvirt.image.snapshot',
  on: { kinds: ['image'], traits: ['connected'] },
  run: async (node, services) => {
    const { image, name } = node;
    const { uses, found } = await lookAtImage(node, image, services, (client, signal) =>
      listRbdSnapshots(client, image, { signal }),
    );
    if (!(await mayTake(node, uses, services))) return;
    const taken = new Set(found.map((snapshot) => snapshot.name));
    const snapshot = await askSnapshotName(t('Take a Snapshot of the RBD Image {0}', name), taken);
    if (snapshot === undefined) return;
    const title = t('Taking the snapshot {0} of {1}', snapshot, name);
    await changeImages(node, image, services, { title }, (client, signal) =>
      createRbdSnapshot(client, { ...image, snapshot }, { signal }),
    );
    void vscode.window.showInformationMessage(t('The snapshot {0} of {1} is taken.', snapshot, name));
  },
  bulk: {
    title: (count) => t('Taking snapshots of {0} RBD images', count),
    prepare: async (nodes) => {
      const snapshot = await askSnapshotName(
        t('Take Snapshots of {0} RBD Images', nodes.length),
        new Set(),
        t('They are taken one after the other: those of a running domain do not fit together.'),
      );
      if (snapshot === undefined) return undefined;
      const act: Act<ImageNode> = async ({ cluster, image }, _host, signal) => {
        try {
          await createRbdSnapshot(cluster.client, { ...image, snapshot }, { signal });
        } finally {
          cluster.imagesChanged(image);
        }
      };
      return act;
    },
  },
});

function askSnapshotName(
  title: string,
  taken: ReadonlySet<string>,
  remark?: string,
): Promise<string | undefined> {
  return wizard(title, (ask) =>
    ask.text({
      prompt: sentences(t('The name of the snapshot.'), remark),
      value: freeSnapshotName(proposedName(new Date()), taken),
      refusal: (given) => rbdSnapshotNameRefusal(given, taken),
    }),
  );
}

/** The domain's own command can freeze its file systems, and takes all its disks together. */
async function mayTake(
  { name, cluster }: ImageNode,
  uses: ImageUses,
  services: CommandServices,
): Promise<boolean> {
  const running = openBy(uses);
  if (running === undefined) return true;
  const [user] = openUsers(uses);
  const domain = user && (await domainRow(user, services));
  const here = t('Take It of This Image');
  const whole = t('Snapshot of the Domain…');
  const chosen = await chooseInDialog(
    t('Take a snapshot of {0} of the cluster {1} while it is in use?', name, cluster.name),
    sentences(
      t('It is in use by {0}: the snapshot is like a disk after a power failure.', running),
      domain
        ? t('The snapshot of the domain can freeze its file systems, and is of all its disks.')
        : undefined,
    ),
    domain ? [whole, here] : [here],
  );
  if (chosen === whole) await vscode.commands.executeCommand('libvirt.snapshot.takeRbd', domain);
  return chosen === here;
}

async function domainRow(
  { session, domain }: ImageUser,
  { explorer }: CommandServices,
): Promise<ObjectNode | undefined> {
  const host = explorer.hosts.find((node) => node.host === session);
  const rows = host ? await objectsOn(host) : [];
  return rows.find((row) => row.kind === 'domain' && row.uuid === domain.uuid);
}
