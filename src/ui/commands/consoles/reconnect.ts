import { openConsoles } from '../../consoles/openConsoles.ts';
import type { GlobalCommand } from '../command.ts';

export const reconnectConsoleCommand: GlobalCommand = {
  id: 'libvirt.console.reconnect',
  run: () => openConsoles.active?.reconnect(),
};
