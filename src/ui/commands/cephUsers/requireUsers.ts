import { CodedProblem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { isForbidden } from '../../../ceph/cephError.ts';
import type { CephUser } from '../../../ceph/cephUsers.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';

/** The client through which the cluster is seen may not do that with users. */
export class MayNotManageUsersProblem extends CodedProblem<'forbidden'> {}

/** The users of the cluster. Rejects with words for a client that may not even see them: nor may it do anything to them. */
export async function requireUsers(cluster: CephCluster): Promise<readonly CephUser[]> {
  return orSayForbidden(cluster, cluster.users.get());
}

/** The same of anything that is done with users. */
export async function orSayForbidden<T>(cluster: CephCluster, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!isForbidden(error)) throw error;
    const clientId = cluster.route?.clientId ?? '';
    throw new MayNotManageUsersProblem(
      'forbidden',
      t('client.{0} may not manage the users of the Ceph cluster {1}.', clientId, cluster.name),
      {
        cause: error,
        advice: t(
          'Connect to a host that has the keyring of client.admin, or of another client with “allow *”.',
        ),
      },
    );
  }
}
