import { t } from '../../../base/l10n.ts';
import { unprotectSet } from '../../../operations/snapshots/changeRbdSnapshots.ts';
import { setCommand } from './setCommand.ts';

export const unprotectRbdSnapshotCommand = setCommand({
  id: 'libvirt.rbdSnapshot.unprotect',
  trait: 'protected',
  title: (snapshot, domain, host) =>
    t('Unprotecting the RBD snapshot {0} of {1} on {2}', snapshot, domain, host),
  bulkTitle: (count) => t('Unprotecting {0} RBD snapshots', count),
  act: unprotectSet,
});
