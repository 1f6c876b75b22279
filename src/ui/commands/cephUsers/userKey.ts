import { t } from '../../../base/l10n.ts';
import { readClientKey } from '../../../operations/connectPool/clientKey.ts';
import type { ClusterRow } from '../../explorer/clusters/clusterRow.ts';
import { onCluster } from '../clusters/onCluster.ts';
import type { CommandServices } from '../command.ts';
import { orSayForbidden } from './requireUsers.ts';

/** Does something with the key of a user, which is wiped then. */
export async function withUserKey<T>(
  row: ClusterRow,
  entity: string,
  services: CommandServices,
  work: (key: Buffer) => Promise<T>,
): Promise<T> {
  const reading = onCluster(row, services, { title: t('Reading the key of {0}', entity) }, (client, signal) =>
    readClientKey(client, entity.replace(/^client\./, ''), { signal }),
  );
  const key = await orSayForbidden(row.cluster, reading);
  try {
    return await work(key);
  } finally {
    key.fill(0);
  }
}
