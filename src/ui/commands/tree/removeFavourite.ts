import { objectCommand } from '../command.ts';

export const removeFavouriteCommand = objectCommand({
  id: 'libvirt.favourite.remove',
  on: { kinds: ['domain', 'pool', 'volume', 'network', 'secret', 'favourite'], traits: ['favourite'] },
  run: (node, { explorer }) => {
    explorer.favourites.remove(node);
    return Promise.resolve();
  },
});
