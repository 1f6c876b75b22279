import { t } from '../../../base/l10n.ts';
import { managedSaveDomain } from '../../../libvirt/domainSaving.ts';
import { runDomainJob } from '../../../operations/domains/domainJob.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import { objectCommand, type Act } from '../command.ts';
import { onJob } from './onJob.ts';

export const managedSaveCommand = objectCommand({
  id: 'libvirt.domain.managedSave',
  on: { kinds: ['domain'], traits: ['active', 'persistent'] },
  run: async (node, services) => {
    const title = t('Saving the state of {0} on {1}', node.name, node.host.name);
    await onJob(node, services, title, managedSaveDomain);
  },
  bulk: {
    title: (count) => t('Saving the states of {0} domains', count),
    prepare: () =>
      Promise.resolve<Act<DomainNode>>(async ({ entry }, { connection }, signal) => {
        if (!entry) return;
        await runDomainJob(connection, entry.ref, () => managedSaveDomain(connection, entry.ref), { signal });
      }),
  },
});
