import { screenshots } from '../../consoles/screenshots.ts';
import type { GlobalCommand } from '../command.ts';

export const saveScreenshotCommand: GlobalCommand = {
  id: 'libvirt.screenshot.save',
  run: () => screenshots.active?.save(),
};
