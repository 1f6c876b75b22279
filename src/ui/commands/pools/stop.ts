import { t } from '../../../base/l10n.ts';
import { stopPool } from '../../../libvirt/storagePools.ts';
import { confirm } from '../../prompts/confirm.ts';
import { poolCommand } from './poolCommand.ts';

export const stopPoolCommand = poolCommand({
  id: 'libvirt.pool.stop',
  traits: ['active'],
  title: (name, host) => t('Stopping the pool {0} on {1}', name, host),
  confirm: ({ name, host, entry }) =>
    confirm(
      t('Stop the pool {0} on {1}?', name, host.name),
      entry?.persistent === true
        ? t(
            'No data is lost, and running domains keep their disks. Until it is started again, its volumes are not listed and no new disk can be taken from it.',
          )
        : t('It is transient: libvirt forgets it when it stops. No data is lost.'),
      t('Stop Pool'),
    ),
  act: stopPool,
});
