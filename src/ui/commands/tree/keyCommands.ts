import { isObjectCommand, type GlobalCommand } from '../command.ts';
import { focusedRows } from '../focusedRows.ts';
import { runOnRows, targetsAmong } from '../runOnRows.ts';

export interface KeyCommand extends GlobalCommand {
  readonly candidates: readonly string[];
}

/** A key in the tree that does to the focused rows the first of these commands that is for them. */
function keyCommand(id: string, candidates: readonly string[]): KeyCommand {
  return {
    id,
    candidates,
    run: async (services) => {
      const rows = await focusedRows(services.explorer);
      // The table lists the commands of keys too.
      const { commandTable } = await import('../commandTable.ts');
      const command = candidates
        .map((candidate) => commandTable.find((known) => known.id === candidate))
        .filter((known) => known !== undefined)
        .filter(isObjectCommand)
        .find(({ on }) => rows.length > 0 && targetsAmong(rows, on).length === rows.length);
      if (command) await runOnRows(command, rows, services);
    },
  };
}

export const renameKeyCommand = keyCommand('libvirt.tree.rename', [
  'libvirt.domain.rename',
  'libvirt.volume.rename',
]);

export const deleteKeyCommand = keyCommand('libvirt.tree.delete', [
  'libvirt.domain.undefine',
  'libvirt.pool.undefine',
  'libvirt.volume.delete',
  'libvirt.network.undefine',
  'libvirt.secret.undefine',
  'libvirt.snapshot.delete',
  'libvirt.rbdSnapshot.delete',
  'libvirt.host.remove',
  'libvirt.favourite.remove',
]);

export const reloadKeyCommand = keyCommand('libvirt.tree.reload', [
  'libvirt.host.reload',
  'libvirt.pool.refresh',
  'libvirt.snapshot.refresh',
]);

export const startKeyCommand = keyCommand('libvirt.tree.start', [
  'libvirt.domain.start',
  'libvirt.domain.resume',
  'libvirt.pool.start',
  'libvirt.network.start',
  'libvirt.host.connect',
]);

export const favouriteKeyCommand = keyCommand('libvirt.tree.favourite', [
  'libvirt.favourite.add',
  'libvirt.favourite.remove',
]);
