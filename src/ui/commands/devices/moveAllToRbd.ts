import { objectCommand } from '../command.ts';
import { moveDisks } from './moveDisks/moveDisks.ts';

export const moveDisksToRbdCommand = objectCommand({
  id: 'libvirt.domain.moveDisksToRbd',
  on: { kinds: ['domain'], traits: ['connected'] },
  run: (node, services) => moveDisks(node, undefined, 'rbd', services),
});
