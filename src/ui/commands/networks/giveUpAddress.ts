import { t } from '../../../base/l10n.ts';
import { releaseAddress } from '../../../operations/networks/addressChanges.ts';
import { confirm } from '../../prompts/confirm.ts';
import { objectCommand } from '../command.ts';
import { changeAddresses } from './changeAddresses.ts';

export const giveUpAddressCommand = objectCommand({
  id: 'libvirt.lease.giveUp',
  on: { kinds: ['lease'], traits: ['kept'] },
  run: async ({ client, domain, network, host }, services) => {
    const { reservation } = client;
    if (!reservation) return;
    const whose = domain ?? reservation.name ?? reservation.mac ?? reservation.id ?? '';
    const agreed = await confirm(
      t(
        'No longer keep {0} for {1} in the network {2} on {3}?',
        reservation.ip ?? '',
        whose,
        network.name,
        host.name,
      ),
      t('The guest keeps what it has until its lease ends; then it may get another address.'),
      t('Give Up'),
    );
    if (agreed) await changeAddresses(network, services, releaseAddress(reservation));
  },
});
