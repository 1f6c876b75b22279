import type { GlobalCommand } from '../command.ts';

export const reloadAllCommand: GlobalCommand = {
  id: 'libvirt.reload',
  run: async ({ registry }) => {
    await Promise.all(
      registry.sessions.flatMap(({ connected }) => (connected ? [connected.inventory.load()] : [])),
    );
  },
};
