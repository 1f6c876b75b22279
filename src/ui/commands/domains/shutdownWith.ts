import { t } from '../../../base/l10n.ts';
import { objectCommand } from '../command.ts';
import { shutDownDomains, shutDownRow } from './shutDownDomains.ts';
import { askShutdownMode } from './shutdownModes.ts';

export const shutdownWithCommand = objectCommand({
  id: 'libvirt.domain.shutdownWith',
  on: { kinds: ['domain'], traits: ['running'] },
  run: async (node, services) => {
    const mode = await askShutdownMode(t('Shut Down {0} on {1}', node.name, node.host.name), [node]);
    if (mode !== undefined) await shutDownRow(node, services, mode);
  },
  bulk: {
    title: (count) => t('Shutting down {0} domains', count),
    prepare: async (nodes, services) => {
      const mode = await askShutdownMode(t('Shut Down {0} Domains', nodes.length), nodes);
      return mode === undefined ? undefined : shutDownDomains(services, mode);
    },
  },
});
