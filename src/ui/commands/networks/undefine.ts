import { t } from '../../../base/l10n.ts';
import { stopNetwork, undefineNetwork } from '../../../libvirt/networks.ts';
import type { NetworkNode } from '../../explorer/objects/networkNode.ts';
import { confirm, confirmAll } from '../../prompts/confirm.ts';
import { networkCommand } from './networkCommand.ts';
import { definedUsers, namesInWords } from './networkUsers.ts';
import { cutOffInWords } from './stop.ts';

export const undefineNetworkCommand = networkCommand({
  id: 'libvirt.network.undefine',
  traits: ['persistent'],
  title: (name, host) => t('Undefining the network {0} on {1}', name, host),
  bulkTitle: (count) => t('Undefining {0} networks', count),
  confirm: async (nodes) => {
    const [node] = nodes;
    const consequence = await lossOfUndefine(nodes);
    if (!node || nodes.length > 1) {
      return confirmAll(
        nodes,
        t('Undefine {0} networks?', nodes.length),
        consequence,
        t('Undefine Networks'),
      );
    }
    const action = node.entry?.active === true ? t('Stop and Undefine') : t('Undefine Network');
    return confirm(t('Undefine the network {0} on {1}?', node.name, node.host.name), consequence, action);
  },
  act: async ({ connection }, network, { node, signal }) => {
    // First the definition: were it stopped first and this refused, domains would be cut off for nothing.
    await undefineNetwork(connection, network, { signal });
    if (node.entry?.active === true) await stopNetwork(connection, network);
  },
});

async function lossOfUndefine(nodes: readonly NetworkNode[]): Promise<string> {
  const active = nodes.filter(({ entry }) => entry?.active === true);
  const [cutOff, users] = await Promise.all([
    cutOffInWords(active),
    Promise.all(nodes.map((node) => definedUsers(node))),
  ]);
  const known = users.flatMap((domains) => domains ?? []);
  return [
    t('libvirt forgets its definition, with the addresses that it keeps for guests.'),
    ...(active.length === 0
      ? []
      : [t('It is active, and is stopped.'), ...(cutOff === undefined ? [] : [cutOff])]),
    ...(users.includes(undefined)
      ? [t('Which domains are defined with it is not known: not all definitions could be read.')]
      : []),
    ...(known.length === 0
      ? []
      : ['', t('These domains are defined with it and do not start without it: {0}.', namesInWords(known))]),
  ].join('\n');
}
