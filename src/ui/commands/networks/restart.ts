import { t } from '../../../base/l10n.ts';
import { restartNetwork } from '../../../operations/networks/restartNetwork.ts';
import { confirm, confirmAll } from '../../prompts/confirm.ts';
import { networkCommand } from './networkCommand.ts';
import { namesInWords, runningUsers } from './networkUsers.ts';
import { sayPluggedIn } from './start.ts';

/** So that a changed definition holds. Running domains are plugged in again, which a stop and a start by hand do not do. */
export const restartNetworkCommand = networkCommand({
  id: 'libvirt.network.restart',
  traits: ['active', 'persistent'],
  title: (name, host) => t('Restarting the network {0} on {1}', name, host),
  bulkTitle: (count) => t('Restarting {0} networks', count),
  confirm: async (nodes) => {
    const [node] = nodes;
    const users = (await Promise.all(nodes.map((one) => runningUsers(one)))).flat();
    const consequence =
      users.length === 0
        ? t('No running domain is in it.')
        : t(
            'These running domains have no connection for some seconds, then they are plugged in again: {0}. Guests keep their addresses; where the subnet has changed, they need new ones.',
            namesInWords(users),
          );
    return node && nodes.length === 1
      ? confirm(
          t('Restart the network {0} on {1}?', node.name, node.host.name),
          consequence,
          t('Restart Network'),
        )
      : confirmAll(nodes, t('Restart {0} networks?', nodes.length), consequence, t('Restart Networks'));
  },
  act: async (host, network, { node, signal, report }) => {
    const count = await restartNetwork(host, network, await runningUsers(node, { signal }), {
      signal,
      report,
    });
    if (count > 0) sayPluggedIn(count, node.name, host.name);
  },
  done: ({ host, uuid }) => host.inventory?.networks.noteUpdate(uuid),
});
