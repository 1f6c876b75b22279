import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import type { CephClient } from '../../../ceph/cephAccess.ts';
import type { RbdImage } from '../../../ceph/rbd.ts';
import {
  openUsers,
  readImageUses,
  strangeWatchers,
  type ImageUses,
} from '../../../hosts/clusters/imageUses.ts';
import type { ImageUser } from '../../../hosts/clusters/imageUser.ts';
import { unseenWords, userName, watcherWords } from '../../../hosts/clusters/useWords.ts';
import type { ClusterRow } from '../../explorer/clusters/clusterRow.ts';
import { onCluster } from '../clusters/onCluster.ts';
import type { CommandServices } from '../command.ts';
import { listOf } from '../volumes/volumeCheck.ts';

/** Who uses the image, and what else is asked meanwhile. */
export async function lookAtImage<T>(
  row: ClusterRow,
  image: RbdImage,
  services: CommandServices,
  ask: (client: CephClient, signal: AbortSignal) => Promise<T>,
): Promise<{ readonly uses: ImageUses; readonly found: T }> {
  const { cluster } = row;
  const { sessions } = services.registry;
  const title = t('Looking at what uses {0}', image.image);
  return onCluster(row, services, { title }, async (client, signal) => {
    const [uses, found] = await Promise.all([
      readImageUses({ image, client, cluster, sessions }, { signal }),
      ask(client, signal),
    ]);
    return { uses, found };
  });
}

function namesOf(users: readonly ImageUser[]): string {
  return listOf([...new Set(users.map(userName))]);
}

/** Who has it open now, in words; undefined when nobody has, as far as it can be known. */
export function openBy(uses: ImageUses): string | undefined {
  const users = openUsers(uses);
  const strangers = strangeWatchers(uses).map(watcherWords);
  const names = [...new Set([...users.map(userName), ...strangers])];
  return names.length === 0 ? undefined : listOf(names);
}

/** The domains that name it in their definitions, running or not; undefined for none. */
export function namedBy({ users }: ImageUses): string | undefined {
  return users.length === 0 ? undefined : namesOf(users);
}

/** What is not known of its use, in a sentence; undefined when all is. */
export function unknownUse({ watchers, unseen }: ImageUses): string | undefined {
  return (
    sentences(
      watchers.kind === 'unknown' ? t('Who has it open is not known: {0}', watchers.reason) : undefined,
      unseen.length > 0 ? t('Not looked at: {0}.', listOf(unseen.map(unseenWords))) : undefined,
    ) || undefined
  );
}
