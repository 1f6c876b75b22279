import { showLiveDifference } from '../../documents/liveDifference.ts';
import { objectCommand } from '../command.ts';

export const compareLiveXmlCommand = objectCommand({
  id: 'libvirt.domain.compareLiveXml',
  on: { kinds: ['domain'], traits: ['active', 'persistent'] },
  run: async (node) => {
    await showLiveDifference(node.document, node.name, node.host.name);
  },
});
