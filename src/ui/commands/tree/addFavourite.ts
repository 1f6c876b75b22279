import { objectCommand } from '../command.ts';

export const addFavouriteCommand = objectCommand({
  id: 'libvirt.favourite.add',
  on: { kinds: ['domain', 'pool', 'volume', 'network', 'secret'], traits: ['unmarked'] },
  run: (node, { explorer }) => {
    explorer.favourites.add(node);
    return Promise.resolve();
  },
});
