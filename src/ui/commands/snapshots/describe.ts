import { t } from '../../../base/l10n.ts';
import { describe } from '../../../operations/snapshots/changeSnapshot.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';
import { showAnew } from './snapshotRow.ts';

export const describeSnapshotCommand = objectCommand({
  id: 'libvirt.snapshot.describe',
  on: { kinds: ['snapshot'], traits: ['connected'] },
  run: async (node, services) => {
    const { domain, host, name } = node;
    await domain.snapshots.read(true);
    const { snapshot } = node;
    if (!snapshot) return;
    const description = await wizard(t('Description of the Snapshot {0}', name), (ask) =>
      ask.text({
        prompt: t('What it is for, for those who find it later. Empty removes it.'),
        value: snapshot.description,
      }),
    );
    if (description === undefined || description === (snapshot.description ?? '')) return;
    const title = t('Describing the snapshot {0} of {1} on {2}', name, domain.name, host.name);
    try {
      await onObject(domain, services, { title }, ({ connection }, signal) =>
        describe(connection, snapshot, description, { signal }),
      );
    } finally {
      showAnew(domain, services);
    }
  },
});
