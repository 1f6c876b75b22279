import { t } from '../../../../base/l10n.ts';
import type { CephCluster } from '../../../../hosts/clusters/cephCluster.ts';
import type { HostSession } from '../../../../hosts/hostSession.ts';
import { connectPoolPlan } from '../../../../operations/connectPool/connectPoolPlan.ts';
import type { PoolConnection } from '../../../../operations/connectPool/poolConnection.ts';
import { withProgress } from '../../../progress.ts';
import { wizard } from '../../../prompts/wizard.ts';
import type { CommandServices } from '../../command.ts';
import { askConnection, type GivenConnection } from './askConnection.ts';
import { ConnectSite } from './connectSite.ts';

/** Asks what is not given, and shows the plan. */
export async function openConnectionPlan(
  cluster: CephCluster,
  given: GivenConnection,
  services: CommandServices,
): Promise<void> {
  const site = new ConnectSite(cluster, services.registry.sessions);
  const title =
    given.cephPool === undefined
      ? t('Connect a Ceph Pool to libvirt')
      : t('Connect the Ceph Pool {0} to libvirt', given.cephPool);
  const connection = await wizard(title, (ask) => askConnection(ask, site, given));
  if (!connection) return;
  const plan = await withProgress({ title: t('Looking what the hosts have already') }, (signal) =>
    connectPoolPlan(connection, { signal }),
  );
  const run = await services.plans.open(plan);
  run.onDidChange(() => {
    if (run.state !== 'running') showChanges(cluster, connection, services.registry.sessions);
  });
}

/** What has no event is read again. */
function showChanges(
  cluster: CephCluster,
  { hosts }: PoolConnection,
  sessions: readonly HostSession[],
): void {
  cluster.refresh('pools', 'usage', 'users', 'status');
  for (const { name } of hosts) {
    const { pools } = sessions.find((session) => session.name === name)?.inventory ?? {};
    void pools?.load().then(() => pools.readLifetimes());
  }
}
