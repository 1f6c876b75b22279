import { t } from '../../../base/l10n.ts';
import { startDomain } from '../../../libvirt/domains.ts';
import { explainStartFailure } from '../../../operations/domainStartProblem.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import { objectCommand, type Act } from '../command.ts';
import { startDomainRow } from './startDomainRow.ts';

export const startDomainCommand = objectCommand({
  id: 'libvirt.domain.start',
  on: { kinds: ['domain'], traits: ['inactive'] },
  run: startDomainRow,
  bulk: {
    title: (count) => t('Starting {0} domains', count),
    prepare: () =>
      Promise.resolve<Act<DomainNode>>(async ({ entry, name, host }, { connection }, signal) => {
        if (!entry) return;
        try {
          await startDomain(connection, entry.ref, 0, { signal });
        } catch (error) {
          throw explainStartFailure(error, name, host.name);
        }
      }),
  },
});
