import { t } from '../../../base/l10n.ts';
import { stopNetwork } from '../../../libvirt/networks.ts';
import type { NetworkNode } from '../../explorer/objects/networkNode.ts';
import { confirm, confirmAll } from '../../prompts/confirm.ts';
import { networkCommand } from './networkCommand.ts';
import { namesInWords, ownsBridge, runningUsers } from './networkUsers.ts';

export const stopNetworkCommand = networkCommand({
  id: 'libvirt.network.stop',
  traits: ['active'],
  title: (name, host) => t('Stopping the network {0} on {1}', name, host),
  bulkTitle: (count) => t('Stopping {0} networks', count),
  confirm: async (nodes) => {
    const [node] = nodes;
    const consequence = await lossOfStop(nodes);
    return node && nodes.length === 1
      ? confirm(t('Stop the network {0} on {1}?', node.name, node.host.name), consequence, t('Stop Network'))
      : confirmAll(nodes, t('Stop {0} networks?', nodes.length), consequence, t('Stop Networks'));
  },
  act: ({ connection }, network, { signal }) => stopNetwork(connection, network, { signal }),
});

/** What is lost when these networks stop. */
async function lossOfStop(nodes: readonly NetworkNode[]): Promise<string> {
  const cutOff = await cutOffInWords(nodes);
  const isTransient = nodes.some(({ entry }) => entry?.persistent !== true);
  return [
    cutOff ?? t('No running domain loses its connection.'),
    ...(cutOff === undefined ? [] : [t('They get it back when the network is started here again.')]),
    t('Until then no domain that needs it can start.'),
    ...(isTransient ? [t('A transient network has no definition: libvirt forgets it.')] : []),
  ].join('\n');
}

/** Which running domains lose their connection when these networks stop; undefined when none does. */
export async function cutOffInWords(nodes: readonly NetworkNode[]): Promise<string | undefined> {
  const owned = await Promise.all(nodes.map(ownsBridge));
  const cutOff = await Promise.all(
    nodes.filter((_node, index) => owned[index]).map((node) => runningUsers(node)),
  );
  return cutOff.flat().length === 0
    ? undefined
    : t('These running domains lose their connection at once: {0}.', namesInWords(cutOff.flat()));
}
