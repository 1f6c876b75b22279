import { t } from '../../../base/l10n.ts';
import { messageOf } from '../../../base/errors.ts';
import { getFsid } from '../../../ceph/clusterStatus.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import type { CephClusters } from '../../../hosts/clusters/cephClusters.ts';
import {
  choiceOf,
  isChosen,
  type ClusterRoute,
  type RouteChoice,
} from '../../../hosts/clusters/clusterRoute.ts';
import { withProgress } from '../../progress.ts';
import type { Choice } from '../../prompts/askPick.ts';
import { wizard, type Ask } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';

/** Sees a cluster through another host, or as another Ceph user; remembered for the next time. */
export const useClientCommand = objectCommand({
  id: 'libvirt.cluster.useClient',
  on: { kinds: ['cluster'], traits: [] },
  run: async ({ cluster }, { clusters }) => {
    const found = await clusters.load();
    const title = t('Client of the Ceph cluster {0}', cluster.name);
    const chosen = await wizard(title, (ask) => askRoute(ask, cluster, found));
    if (chosen === undefined) return;
    if (chosen !== 'best') {
      // One that cannot log in is not taken; what it may do shows in the tree.
      await withProgress({ title: t('Logging in as client.{0}', chosen.clientId) }, (signal) =>
        getFsid(chosen.client, { signal }),
      );
    }
    found.choose(cluster, chosen === 'best' ? undefined : choiceOf(chosen));
  },
});

async function askRoute(ask: Ask, cluster: CephCluster, found: CephClusters): Promise<ClusterRoute | 'best'> {
  const chosen = found.choiceFor(cluster);
  const typed = found.hostsToTypeFor(cluster);
  const choice = await ask.pick<ClusterRoute | 'best' | 'typed'>({
    placeholder: t('Through which host, and as whom?'),
    choices: [
      ...cluster.routes.map((route) => choiceFor(route, cluster, chosen)),
      ...(typed.length === 0
        ? []
        : [
            {
              label: t('Another Ceph user…'),
              detail: t('As with --id: its keyring is where Ceph looks for it on the host.'),
              value: 'typed' as const,
            },
          ]),
      ...(chosen
        ? [
            {
              label: t('The best one'),
              detail: t('Forget what was chosen: client.admin where there is one.'),
              value: 'best' as const,
            },
          ]
        : []),
    ],
    preselected: (value) => value === cluster.route,
  });
  if (choice !== 'typed') return choice;
  const [only] = typed;
  const session =
    only && typed.length === 1
      ? only
      : await ask.pick({
          placeholder: t('On which host?'),
          choices: typed.map((value) => ({ label: value.name, value })),
        });
  const clientId = await ask.text({
    prompt: t('The name of the Ceph user, without “client.”'),
    placeholder: 'libvirt',
    refusal: (value) => (value.trim() === '' ? t('Type a name.') : undefined),
  });
  const route = found.routeAs(cluster, session, clientId.trim().replace(/^client\./, ''));
  if (!route) throw new Error(`${session.name} has no configuration of ${cluster.name} any more.`);
  return route;
}

function choiceFor(
  route: ClusterRoute,
  cluster: CephCluster,
  chosen: RouteChoice | undefined,
): Choice<ClusterRoute> {
  const { clientId, session, from, client, lacksCeph } = route;
  const failure = cluster.failureOf(route);
  const origin =
    from.kind === 'pool'
      ? t('as the storage pool {0} of libvirt', from.pool)
      : (from.keyring ?? t('by $CEPH_ARGS of the host'));
  return {
    label: t('client.{0} on {1}', clientId, session.name),
    description: [
      origin,
      client.access.viaSudo === true ? t('by sudo') : undefined,
      route === cluster.route ? t('used now') : undefined,
      isChosen(route, chosen) ? t('chosen') : undefined,
    ]
      .filter((text) => text !== undefined)
      .join(' · '),
    detail:
      failure === undefined
        ? lacksCeph
          ? t('The host has only rbd: of the cluster itself nothing can be asked there.')
          : undefined
        : messageOf(failure),
    value: route,
  };
}
