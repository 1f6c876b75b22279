import { t } from '../../../base/l10n.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import type { ClusterRoute } from '../../../hosts/clusters/clusterRoute.ts';
import type { Ask } from '../../prompts/wizard.ts';

/** The host that has a file; asked only where several are clients of the cluster. */
export async function askRoute(ask: Ask, cluster: CephCluster): Promise<ClusterRoute> {
  const taken = cluster.require();
  const routes = [
    taken,
    ...cluster.hosts
      .filter((session) => session !== taken.session)
      .flatMap((session) => cluster.routes.find((route) => route.session === session) ?? []),
  ];
  if (routes.length === 1) return taken;
  return ask.pick<ClusterRoute>({
    placeholder: t('On which host is the file?'),
    choices: routes.map((route) => ({
      label: route.session.name,
      description: t('as client.{0}', route.clientId),
      value: route,
    })),
  });
}
