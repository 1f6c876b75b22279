import { objectCommand } from '../command.ts';
import { moveDisks } from './moveDisks/moveDisks.ts';

export const moveDisksToFilesCommand = objectCommand({
  id: 'libvirt.domain.moveDisksToFiles',
  on: { kinds: ['domain'], traits: ['connected'] },
  run: (node, services) => moveDisks(node, undefined, 'file', services),
});
