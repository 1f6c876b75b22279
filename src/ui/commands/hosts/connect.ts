import { objectCommand } from '../command.ts';

/** A failure stands in the host's row and in the Connection view: it is not told a second time in a notification. */
export const connectHostCommand = objectCommand({
  id: 'libvirt.host.connect',
  on: { kinds: ['host'], traits: ['offline'] },
  run: async (node, { explorer }) => {
    const connected = await node.host.connect().then(
      () => true,
      () => false,
    );
    if (connected) await explorer.view.reveal(node, { expand: true });
  },
});
