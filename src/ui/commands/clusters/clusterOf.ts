import { CodedProblem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import { wizard } from '../../prompts/wizard.ts';
import type { CommandServices } from '../command.ts';

/** No connected host is a way to a Ceph cluster. */
export class NoClusterProblem extends CodedProblem<'no-cluster'> {}

/**
 * The cluster that a host is a client of, else any that a connected host knows: the host itself needs no program of
 * Ceph. Asks where there are several. @returns undefined when the person gives up
 */
export async function clusterFor(
  session: HostSession,
  { clusters }: Pick<CommandServices, 'clusters'>,
): Promise<CephCluster | undefined> {
  const known = await clusters.load();
  await known.settled();
  const reachable = known.clusters.filter(({ route }) => route !== undefined);
  const own = known.of(session).filter((cluster) => reachable.includes(cluster));
  const candidates = own.length > 0 ? own : reachable;
  const [only] = candidates;
  if (!only)
    throw new NoClusterProblem('no-cluster', t('No connected host can reach a Ceph cluster.'), {
      advice: t('Connect a host that has /etc/ceph/ceph.conf, a keyring, and the programs ceph and rbd.'),
    });
  if (candidates.length === 1) return only;
  return wizard(t('Ceph Cluster'), (ask) =>
    ask.pick({
      placeholder: t('Which Ceph cluster?'),
      choices: candidates.map((value) => ({ label: value.name, description: value.id, value })),
    }),
  );
}
