import { objectCommand } from '../command.ts';

/** Opens the row of a network, with the addresses as they are now below it. */
export const showLeasesCommand = objectCommand({
  id: 'libvirt.network.showLeases',
  on: { kinds: ['network'], traits: ['active'] },
  run: async (node, { explorer }) => {
    explorer.redraw(node);
    await explorer.view.reveal(node, { expand: true, select: true, focus: true });
  },
});
