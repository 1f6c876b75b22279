import { objectCommand } from '../command.ts';

export const reloadHostCommand = objectCommand({
  id: 'libvirt.host.reload',
  on: { kinds: ['host'], traits: ['connected'] },
  run: async (node) => {
    await node.host.require().inventory.load();
  },
});
