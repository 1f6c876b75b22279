import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { listRbdSnapshots } from '../../../ceph/rbd.ts';
import { exportRbdChangesToFile } from '../../../ceph/rbdTransfer.ts';
import { proposeHostFile } from '../../../operations/domains/hostFile.ts';
import { writeNewFile } from '../../../operations/images/hostFiles.ts';
import { wizard, type Ask } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { askHostFile } from '../domains/askHostFile.ts';
import { askRoute } from '../images/askRoute.ts';
import { lookAtImage, openBy } from '../images/imageUse.ts';
import { workOnImages } from '../images/imageWork.ts';
import { snapshotOf } from './snapshotOf.ts';

/** For an incremental backup: `rbd export-diff --from-snap` into a file of a host. */
export const exportImageChangesCommand = objectCommand({
  id: 'libvirt.imageSnapshot.exportChanges',
  on: { kinds: ['imageSnapshot'], traits: ['connected'] },
  run: async (node, services) => {
    const { name, cluster } = node;
    const { image } = node.image;
    const { uses, found } = await lookAtImage(node, image, services, (client, signal) =>
      listRbdSnapshots(client, image, { signal }),
    );
    const later = found.filter(({ id }) => id > node.snapshot.id).map((one) => one.name);
    const answer = await wizard(
      t('Export What Has Changed in {0} since {1}', image.image, name),
      async (ask) => {
        const until = await askUntil(ask, later, openBy(uses));
        const route = await askRoute(ask, cluster);
        const path = await askHostFile(
          ask,
          sentences(
            t('The file on {0}; there must be none of the name.', route.session.name),
            t('“Import Changes” brings it into a copy that has {0} too.', name),
          ),
          proposeHostFile('/var/tmp', `${image.image}-${name}-${until ?? 'now'}`, 'diff', new Date()),
        );
        return { until, route, path };
      },
    );
    if (!answer) return;
    const { until, route, path } = answer;
    const work = {
      title: t('Exporting what has changed in {0} since {1}', image.image, name),
      ending: t('Removing the unfinished file {0}', path),
      place: undefined,
      route,
    };
    await workOnImages(node, services, work, (client, signal, report) =>
      writeNewFile(
        client,
        path,
        (part) => exportRbdChangesToFile(client, snapshotOf(node), until, part, { signal, report }),
        { signal },
      ),
    );
    void vscode.window.showInformationMessage(
      t('What has changed in {0} since {1} is in {2} on {3}.', image.image, name, path, route.session.name),
    );
  },
});

/** @returns a later snapshot; undefined for the present. Not asked where neither makes a difference. */
async function askUntil(
  ask: Ask,
  later: readonly string[],
  running: string | undefined,
): Promise<string | undefined> {
  if (later.length === 0 && running === undefined) return undefined;
  const { until } = await ask.pick<{ readonly until: string | undefined }>({
    placeholder: t('Changed until when?'),
    choices: [
      ...[...later].reverse().map((snapshot) => ({ label: snapshot, value: { until: snapshot } })),
      {
        label: t('Now'),
        detail:
          running === undefined
            ? undefined
            : t('It is in use by {0}: what changes meanwhile is torn. Take a snapshot first.', running),
        value: { until: undefined },
      },
    ],
  });
  return until;
}
