import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { startNetwork } from '../../../libvirt/networks.ts';
import { reconnectDomains } from '../../../operations/networks/restartNetwork.ts';
import { networkCommand } from './networkCommand.ts';
import { runningUsers } from './networkUsers.ts';

/** Running domains that had lost the network when it was stopped are plugged in again. */
export const startNetworkCommand = networkCommand({
  id: 'libvirt.network.start',
  traits: ['inactive'],
  title: (name, host) => t('Starting the network {0} on {1}', name, host),
  bulkTitle: (count) => t('Starting {0} networks', count),
  act: async (host, network, { node, signal, report }) => {
    await startNetwork(host.connection, network, { signal });
    const count = await reconnectDomains(host, network, await runningUsers(node, { signal }), {
      signal,
      report,
    });
    if (count > 0) sayPluggedIn(count, node.name, host.name);
  },
});

export function sayPluggedIn(count: number, network: string, host: string): void {
  void vscode.window.showInformationMessage(
    t('{0} runs on {1}; interfaces of running domains that are plugged in again: {2}.', network, host, count),
  );
}
