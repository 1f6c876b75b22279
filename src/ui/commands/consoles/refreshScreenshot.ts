import { screenshots } from '../../consoles/screenshots.ts';
import type { GlobalCommand } from '../command.ts';

export const refreshScreenshotCommand: GlobalCommand = {
  id: 'libvirt.screenshot.refresh',
  run: (services) => screenshots.active?.refresh(services),
};
