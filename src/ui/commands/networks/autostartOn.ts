import { t } from '../../../base/l10n.ts';
import { setNetworkAutostart } from '../../../libvirt/networks.ts';
import { networkCommand } from './networkCommand.ts';

export const autostartOnNetworkCommand = networkCommand({
  id: 'libvirt.network.autostartOn',
  traits: ['persistent', 'manual'],
  title: (name, host) => t('Letting {0} start with {1}', name, host),
  bulkTitle: (count) => t('Letting {0} networks start with their hosts', count),
  act: ({ connection }, network, { signal }) => setNetworkAutostart(connection, network, true, { signal }),
  done: ({ host, uuid }) => host.inventory?.networks.noteAutostart(uuid, true),
});
