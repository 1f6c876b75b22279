import { objectCommand } from '../command.ts';
import { moveDisks } from './moveDisks/moveDisks.ts';

export const moveDiskToRbdCommand = objectCommand({
  id: 'libvirt.disk.moveToRbd',
  on: { kinds: ['disk'], traits: ['fixed', 'loaded'] },
  run: (node, services) => moveDisks(node.domain, [node.name], 'rbd', services),
});
