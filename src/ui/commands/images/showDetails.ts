import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import type { CephClient } from '../../../ceph/cephAccess.ts';
import { messageOf } from '../../../base/errors.ts';
import type { RbdImage } from '../../../ceph/rbd.ts';
import {
  listAllRbdSnapshots,
  listRbdClones,
  type RbdAnySnapshot,
  type RbdClone,
} from '../../../ceph/rbdDetails.ts';
import { getRbdMirrorStatus } from '../../../ceph/rbdMirroring.ts';
import { cephTimeText } from '../../explorer/clusters/cephTime.ts';
import { factsInWords, readImageFacts } from '../../explorer/clusters/imageFacts.ts';
import { rbdName, snapshotLabel, snapshotState } from '../../explorer/clusters/imageWords.ts';
import { objectCommand } from '../command.ts';
import { onCluster } from '../clusters/onCluster.ts';
import { columns } from '../reports/columns.ts';
import { showReport } from '../reports/showReport.ts';

/** Everything that Ceph tells of an image, as a text to read and to copy. */
export const showImageDetailsCommand = objectCommand({
  id: 'libvirt.image.showDetails',
  on: { kinds: ['image'], traits: ['connected'] },
  run: async (node, services) => {
    const { image, cluster, host, name } = node;
    const full = rbdName(image);
    const { client: asked } = cluster.require();
    const lines = await onCluster(
      node,
      services,
      { title: t('Reading the details of {0}', full) },
      readLines(image),
    );
    await showReport(t('RBD image {0}', name), [
      t('RBD image {0}', full),
      t(
        'Ceph cluster {0}, seen from {1} as client.{2}',
        cluster.name,
        host.name,
        asked.access.clientId ?? 'admin',
      ),
      '',
      ...lines,
    ]);
  },
});

function readLines(image: RbdImage): (client: CephClient, signal: AbortSignal) => Promise<readonly string[]> {
  return async (client, signal) => {
    const [facts, snapshots, clones] = await Promise.all([
      readImageFacts(client, image, { signal }),
      listAllRbdSnapshots(client, image, { signal }),
      clonesOf(client, image, signal),
    ]);
    const mirrored = facts.details.mirroring
      ? await getRbdMirrorStatus(client, image, { signal })
      : undefined;
    const rows = factsInWords(facts, cephTimeText).flatMap(([label, value]) =>
      value === undefined ? [] : [[label, value]],
    );
    return [
      ...columns([
        ...rows,
        [t('Image ID'), facts.details.id],
        ...(mirrored
          ? [
              [
                t('State of mirroring'),
                [mirrored.state, mirrored.description, mirrored.lastUpdate]
                  .filter((part) => part !== '')
                  .join(' · '),
              ],
            ]
          : []),
      ]),
      ...section(t('Snapshots'), snapshotTable(snapshots)),
      ...section(t('Clones'), clones),
    ];
  };
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function snapshotTable(snapshots: readonly RbdAnySnapshot[]): readonly string[] {
  return columns(
    snapshots.map((snapshot) => [
      snapshotLabel(snapshot),
      formatBytes(snapshot.size),
      cephTimeText(snapshot.timestamp),
      snapshotState(snapshot) ?? '',
    ]),
  );
}

/** A client that may not read every pool may not see the clones: the rest is shown all the same. */
async function clonesOf(
  client: CephClient,
  image: RbdImage,
  signal: AbortSignal,
): Promise<readonly string[]> {
  try {
    return (await listRbdClones(client, image, { signal, timeoutMs: 15_000 })).map(cloneLine);
  } catch (error) {
    if (signal.aborted) throw error;
    return [t('cannot be read: {0}', messageOf(error))];
  }
}

function cloneLine(clone: RbdClone): string {
  return clone.isTrashed ? t('{0} (in the trash)', rbdName(clone)) : rbdName(clone);
}
