import { t } from '../../../base/l10n.ts';
import { protectSet } from '../../../operations/snapshots/changeRbdSnapshots.ts';
import { setCommand } from './setCommand.ts';

export const protectRbdSnapshotCommand = setCommand({
  id: 'libvirt.rbdSnapshot.protect',
  trait: 'unprotected',
  title: (snapshot, domain, host) =>
    t('Protecting the RBD snapshot {0} of {1} on {2}', snapshot, domain, host),
  bulkTitle: (count) => t('Protecting {0} RBD snapshots', count),
  act: protectSet,
});
