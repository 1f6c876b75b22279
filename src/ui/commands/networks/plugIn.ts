import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { reconnectDomains } from '../../../operations/networks/restartNetwork.ts';
import { networkCommand } from './networkCommand.ts';
import { runningUsers } from './networkUsers.ts';
import { sayPluggedIn } from './start.ts';

/** For a network that somebody else has stopped and started: its running domains are plugged into nothing since. */
export const plugInNetworkCommand = networkCommand({
  id: 'libvirt.network.plugIn',
  traits: ['active'],
  title: (name, host) => t('Plugging running domains into {0} on {1}', name, host),
  bulkTitle: (count) => t('Plugging running domains into {0} networks', count),
  act: async (host, network, { node, signal, report }) => {
    const count = await reconnectDomains(host, network, await runningUsers(node, { signal }), {
      signal,
      report,
    });
    if (count > 0) sayPluggedIn(count, node.name, host.name);
    else
      void vscode.window.showInformationMessage(
        t('All running domains are plugged into {0} on {1}.', node.name, host.name),
      );
  },
});
