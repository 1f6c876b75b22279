import { objectCommand } from '../command.ts';
import { showAnew } from './snapshotRow.ts';

export const refreshSnapshotsCommand = objectCommand({
  id: 'libvirt.snapshot.refresh',
  on: { kinds: ['snapshots', 'rbdSnapshots'], traits: ['connected'] },
  run: ({ domain }, services) => {
    showAnew(domain, services);
    return Promise.resolve();
  },
});
