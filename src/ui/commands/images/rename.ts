import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { renameRbdImage } from '../../../ceph/rbd.ts';
import type { ImageUser } from '../../../hosts/clusters/imageUser.ts';
import { refuseImageName } from '../../../operations/images/imageNames.ts';
import { imageName } from '../../../operations/snapshots/rbdDisks.ts';
import { documentUri } from '../../documents/documentUri.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { changeImages } from '../clusters/onCluster.ts';
import { objectCommand } from '../command.ts';
import { ImagePlaces } from './askImage.ts';
import { lookAtImage, namedBy, openBy, unknownUse } from './imageUse.ts';

export const renameImageCommand = objectCommand({
  id: 'libvirt.image.rename',
  on: { kinds: ['image'], traits: ['connected'] },
  run: async (node, services) => {
    const { image, name, cluster } = node;
    const { uses, found: taken } = await lookAtImage(node, image, services, () =>
      new ImagePlaces(cluster).taken(image),
    );
    const newName = await wizard(t('Rename the RBD Image {0}', name), (ask) =>
      ask.text({
        prompt: t('The new name of the image.'),
        value: name,
        refusal: (given) => (given === name ? t('That is its name now.') : refuseImageName(given, taken)),
      }),
    );
    if (newName === undefined) return;
    const names = namedBy(uses);
    const open = openBy(uses);
    const unknown = unknownUse(uses);
    if (names !== undefined || open !== undefined || unknown !== undefined) {
      const agreed = await confirm(
        t('Rename {0} of the cluster {1} to {2}?', imageName(image), cluster.name, newName),
        sentences(
          names === undefined
            ? undefined
            : t(
                'These domains name it: {0}. Those that run go on; none of them starts again before its definition has the new name.',
                names,
              ),
          names === undefined && open !== undefined
            ? t('It is open by {0}, which goes on and will not find it under the old name again.', open)
            : undefined,
          unknown,
        ),
        t('Rename Image'),
      );
      if (!agreed) return;
    }
    const title = t('Renaming the RBD image {0} to {1}', name, newName);
    await changeImages(node, image, services, { title }, (client, signal) =>
      renameRbdImage(client, image, newName, { signal }),
    );
    if (names !== undefined) offerDefinitions(name, newName, names, uses.users);
  },
});

function offerDefinitions(name: string, newName: string, names: string, users: readonly ImageUser[]): void {
  const open = t('Open Their XML');
  void vscode.window
    .showWarningMessage(
      t('{0} is {1} now. Write the new name into the definitions of: {2}.', name, newName, names),
      open,
    )
    .then(async (choice) => {
      if (choice !== open) return;
      const uris = new Set(
        users.map(({ session, domain }) =>
          documentUri({ host: session.name, folder: 'domains', name: domain.name }).toString(),
        ),
      );
      for (const uri of uris) await vscode.window.showTextDocument(vscode.Uri.parse(uri), { preview: false });
    });
}
