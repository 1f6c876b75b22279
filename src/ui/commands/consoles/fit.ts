import { openConsoles } from '../../consoles/openConsoles.ts';
import type { GlobalCommand } from '../command.ts';

export const fitConsoleCommand: GlobalCommand = {
  id: 'libvirt.console.fit',
  run: () => {
    openConsoles.active?.fitGuest();
  },
};
