import { objectCommand } from '../command.ts';

export const disconnectHostCommand = objectCommand({
  id: 'libvirt.host.disconnect',
  on: { kinds: ['host'], traits: ['online'] },
  run: (node) => {
    node.host.disconnect();
    return Promise.resolve();
  },
});
