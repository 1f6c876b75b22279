import { t } from '../../../base/l10n.ts';
import { destroyDomain } from '../../../libvirt/domains.ts';
import { confirm } from '../../prompts/confirm.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';

export const forceOffDomainCommand = objectCommand({
  id: 'libvirt.domain.forceOff',
  on: { kinds: ['domain'], traits: ['active'] },
  run: async (node, services) => {
    const { entry } = node;
    if (!entry) return;
    const agreed = await confirm(
      t('Force off {0} on {1}?', node.name, node.host.name),
      t('It is like pulling the plug: what the guest has not yet written to its disks is lost.'),
      t('Force Off'),
    );
    if (!agreed) return;
    await onObject(
      node,
      services,
      { title: t('Forcing off {0} on {1}', node.name, node.host.name) },
      ({ connection }, signal) => destroyDomain(connection, entry.ref, 0, { signal }),
    );
  },
});
