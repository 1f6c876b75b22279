import { objectCommand } from '../command.ts';

/** Opens the row of a network, with the addresses as they are now below it. */
export const showLeasesCommand = objectCommand({
  id: 'libvirt.network.showLeases',
  on: { kinds: ['network'], traits: ['active'] },
  run: async (node, { explorer }) => {
    // Otherwise opening the row reads them: twice at a time, VS Code loses hold of the rows in between.
    if (node.hasLeases) explorer.redraw(node);
    await explorer.view.reveal(node, { expand: true, select: true, focus: true });
  },
});
