import { t } from '../../../base/l10n.ts';
import { DomainShutdown } from '../../../libvirt/protocol/domainFlags.ts';
import { objectCommand } from '../command.ts';
import { shutDownDomains, shutDownRow } from './shutDownDomains.ts';

export const shutdownDomainCommand = objectCommand({
  id: 'libvirt.domain.shutdown',
  on: { kinds: ['domain'], traits: ['running'] },
  run: (node, services) => shutDownRow(node, services, DomainShutdown.default),
  bulk: {
    title: (count) => t('Shutting down {0} domains', count),
    prepare: (_nodes, services) => Promise.resolve(shutDownDomains(services, DomainShutdown.default)),
  },
});
