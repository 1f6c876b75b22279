import { t } from '../../../base/l10n.ts';
import { setNetworkAutostart } from '../../../libvirt/networks.ts';
import { networkCommand } from './networkCommand.ts';

export const autostartOffNetworkCommand = networkCommand({
  id: 'libvirt.network.autostartOff',
  traits: ['persistent', 'autostart'],
  title: (name, host) => t('Keeping {0} from starting with {1}', name, host),
  bulkTitle: (count) => t('Keeping {0} networks from starting with their hosts', count),
  act: ({ connection }, network, { signal }) => setNetworkAutostart(connection, network, false, { signal }),
  done: ({ host, uuid }) => host.inventory?.networks.noteAutostart(uuid, false),
});
