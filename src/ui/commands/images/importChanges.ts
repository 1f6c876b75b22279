import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { importRbdChangesFromFile } from '../../../ceph/rbdTransfer.ts';
import { ImageProblem } from '../../../operations/images/imageProblem.ts';
import { imageName } from '../../../operations/snapshots/rbdDisks.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { askHostFile } from '../domains/askHostFile.ts';
import { askRoute } from './askRoute.ts';
import { lookAtImage, namedBy, openBy, unknownUse } from './imageUse.ts';
import { workOnImages } from './imageWork.ts';

/** What “Export Changes Since Snapshot” has written, into a copy that has the snapshot too: `rbd import-diff`. */
export const importImageChangesCommand = objectCommand({
  id: 'libvirt.image.importChanges',
  on: { kinds: ['image'], traits: ['connected'] },
  run: async (node, services) => {
    const { image, cluster } = node;
    const { uses } = await lookAtImage(node, image, services, () => Promise.resolve(undefined));
    const running = openBy(uses);
    if (running !== undefined) {
      throw new ImageProblem(
        'in-use',
        t('{0} is in use by {1}. Nothing is written to it.', imageName(image), running),
        { advice: t('Shut the domain down, then try again.') },
      );
    }
    const answer = await wizard(t('Import Changes into {0}', node.name), async (ask) => {
      const route = await askRoute(ask, cluster);
      const path = await askHostFile(
        ask,
        t('The file on {0} that “rbd export-diff” has written.', route.session.name),
        '/var/tmp/',
      );
      return { route, path };
    });
    if (!answer) return;
    const { route, path } = answer;
    const names = namedBy(uses);
    const agreed = await confirm(
      t('Write the changes in {0} over {1} of the cluster {2}?', path, imageName(image), cluster.name),
      sentences(
        t(
          'What it holds at these places is lost. It must hold what it held at the snapshot that they begin with: what was written since is mixed with them.',
        ),
        names === undefined ? undefined : t('These domains name it: {0}.', names),
        unknownUse(uses),
      ),
      t('Import Changes'),
    );
    if (!agreed) return;
    const work = {
      title: t('Importing changes into {0}', imageName(image)),
      ending: t('Ending the import into {0}', imageName(image)),
      place: image,
      route,
    };
    await workOnImages(node, services, work, (client, signal, report) =>
      importRbdChangesFromFile(client, image, path, { signal, report }),
    );
    void vscode.window.showInformationMessage(t('The changes are in {0}.', imageName(image)));
  },
});
