import { t } from '../../../base/l10n.ts';
import type { CheckUpScope } from '../../../doctor/checkUp.ts';
import type { CephClusters } from '../../../hosts/clusters/cephClusters.ts';
import { noteSubject } from '../../doctor/errorSubjects.ts';
import { explainError, runCheckUp } from '../../doctor/runCheckUp.ts';
import { sessionOf, subjectOf } from '../../doctor/subjects.ts';
import { withProgress } from '../../progress.ts';
import { objectCommand, type CommandServices, type GlobalCommand } from '../command.ts';

/** All hosts and the clusters behind them. */
export const checkUpCommand: GlobalCommand = {
  id: 'libvirt.checkUp',
  run: async (services) => {
    await runCheckUp(
      t('Check-up of everything'),
      async () => {
        const { clusters } = await clustersOf(services);
        return { sessions: services.registry.sessions, clusters };
      },
      services,
    );
  },
};

/** A host, and the clusters that it is a client of. Of one that could not be connected to, why not is explained. */
export const checkUpHostCommand = objectCommand({
  id: 'libvirt.host.checkUp',
  on: { kinds: ['host'], traits: [] },
  run: async (node, services) => {
    const { host } = node;
    if ('error' in host.state) {
      noteSubject(host.state.error, subjectOf(node));
      await explainError(host.state.error, services);
      return;
    }
    if (!host.connected) {
      await withProgress({ title: t('Connecting to {0}…', host.name) }, (signal) => host.connect(signal));
    }
    await runCheckUp(
      t('Check-up of {0}', host.name),
      async () => ({ sessions: [host], clusters: (await clustersOf(services)).of(host) }),
      services,
    );
  },
});

export const checkUpClusterCommand = objectCommand({
  id: 'libvirt.cluster.checkUp',
  on: { kinds: ['cluster'], traits: ['connected'] },
  run: async ({ cluster }, services) => {
    await runCheckUp(
      t('Check-up of the Ceph cluster {0}', cluster.name),
      () => Promise.resolve({ sessions: [], clusters: [cluster] }),
      services,
    );
  },
});

/** One object: all failures are looked for on its host, and what concerns it is told. */
export const checkUpObjectCommand = objectCommand({
  id: 'libvirt.object.checkUp',
  on: { kinds: ['domain', 'pool'], traits: ['connected'] },
  run: async (node, services) => {
    const about = subjectOf(node);
    const session = sessionOf(about, services.registry);
    if (!about || !session) return;
    const scope: CheckUpScope = { sessions: [session], clusters: [], about };
    const findScope = async (): Promise<CheckUpScope> => {
      await clustersOf(services);
      return scope;
    };
    await runCheckUp(t('Check-up of {0} on {1}', node.name, session.name), findScope, services);
  },
});

/** Those that are found when all connected hosts have been looked at. */
async function clustersOf({ clusters }: Pick<CommandServices, 'clusters'>): Promise<CephClusters> {
  const found = await clusters.load();
  await found.settled();
  return found;
}
