import { objectCommand } from '../command.ts';
import { moveDisks } from './moveDisks/moveDisks.ts';

export const moveDiskToFileCommand = objectCommand({
  id: 'libvirt.disk.moveToFile',
  on: { kinds: ['disk'], traits: ['fixed', 'loaded'] },
  run: (node, services) => moveDisks(node.domain, [node.name], 'file', services),
});
