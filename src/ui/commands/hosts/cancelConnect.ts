import { objectCommand } from '../command.ts';

export const cancelConnectCommand = objectCommand({
  id: 'libvirt.host.cancelConnect',
  on: { kinds: ['host'], traits: ['connecting'] },
  run: (node) => {
    node.host.cancelConnecting();
    return Promise.resolve();
  },
});
