import { screenshots } from '../../consoles/screenshots.ts';
import { objectCommand } from '../command.ts';

export const screenshotCommand = objectCommand({
  id: 'libvirt.domain.screenshot',
  on: { kinds: ['domain'], traits: ['active'] },
  run: (node, services) => screenshots.show(node, services),
});
