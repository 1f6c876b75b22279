import type { GlobalCommand } from '../command.ts';

export const clearTreeFilterCommand: GlobalCommand = {
  id: 'libvirt.tree.clearFilter',
  run: ({ explorer }) => {
    explorer.options.setFilter('');
  },
};
