import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { Hindrance } from '../../../hosts/clusters/hindrance.ts';
import { withProgress } from '../../progress.ts';
import type { GlobalCommand } from '../command.ts';
import { showHindrances } from './showRemedies.ts';

/** Looks at every connected host for Ceph, after a keyring, a configuration or programs came to one. */
export const lookForClustersCommand: GlobalCommand = {
  id: 'libvirt.cluster.lookAgain',
  run: async ({ clusters, registry, explorer }) => {
    const connected = registry.sessions.filter((session) => session.connected);
    if (connected.length === 0) {
      void vscode.window.showInformationMessage(
        t('No host is connected: connect to a client of Ceph first.'),
      );
      return;
    }
    const found = await clusters.load();
    await withProgress({ title: t('Looking for Ceph clusters') }, () => found.lookAtAll());
    for (const row of await explorer.clusters()) explorer.redraw(row);
    const reached = found.clusters.filter(({ route }) => route);
    const hindrances: readonly Hindrance[] = [
      ...found.clusters.filter(({ route }) => !route).flatMap((cluster) => cluster.hindrances),
      ...connected.flatMap((session) => found.on(session)?.hindrance ?? []),
    ];
    if (hindrances.length > 0) await showHindrances(hindrances);
    else if (reached.length === 0) {
      void vscode.window.showInformationMessage(
        t(
          'No connected host has anything of Ceph: no configuration in /etc/ceph, and no RBD pool in libvirt.',
        ),
      );
    } else {
      const names = reached.map(({ name, host }) => t('{0} by {1}', name, host.name)).join(', ');
      void vscode.window.showInformationMessage(t('Ceph clusters: {0}', names));
    }
  },
};
