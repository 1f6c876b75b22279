import { t } from '../../../../base/l10n.ts';
import { cephClustersReachable } from './reachable.ts';
import type { CephCluster } from '../../../../hosts/clusters/cephCluster.ts';
import type { HostSession } from '../../../../hosts/hostSession.ts';
import { giveClusterPlan } from '../../../../operations/giveCluster/giveClusterPlan.ts';
import { wizard } from '../../../prompts/wizard.ts';
import type { CommandServices } from '../../command.ts';
import { askGift } from './askGift.ts';
import { GiftSite } from './giftSite.ts';
import { prepareGift } from './prepareGift.ts';

/** Asks what is not given, and shows the plan. When it has run, the host is looked at again. */
export async function openGiftPlan(
  given: { readonly cluster?: CephCluster; readonly session?: HostSession },
  services: CommandServices,
): Promise<void> {
  const clusters = given.cluster ? [given.cluster] : await cephClustersReachable(services);
  const sites = new Map<CephCluster, GiftSite>();
  const siteOf = (cluster: CephCluster): GiftSite => {
    const site = sites.get(cluster) ?? new GiftSite(cluster);
    sites.set(cluster, site);
    return site;
  };
  const title = given.session
    ? t('Give {0} a Ceph Cluster', given.session.name)
    : t('Give a Host the Ceph Cluster {0}', given.cluster?.name ?? '');
  const answers = await wizard(title, (ask) =>
    askGift(ask, { clusters, session: given.session, siteOf, services }),
  );
  if (!answers) return;
  const { session, cluster } = answers;
  const run = await services.plans.open(giveClusterPlan(await prepareGift(answers, services)));
  const found = await services.clusters.load();
  let state = run.state;
  run.onDidChange(() => {
    if (run.state === state) return;
    state = run.state;
    if (state === 'running') return;
    cluster.refresh('users');
    void found.look(session);
    void session.inventory?.secrets.load();
    void session.inventory?.pools.load();
  });
}
