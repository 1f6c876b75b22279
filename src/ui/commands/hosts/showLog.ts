import type { GlobalCommand } from '../command.ts';

export const showLogCommand: GlobalCommand = {
  id: 'libvirt.showLog',
  run: ({ log }) => {
    log.show();
  },
};
