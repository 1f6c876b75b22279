import { t } from '../../../base/l10n.ts';
import { rebootDomain } from '../../../libvirt/domains.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';
import { askShutdownMode } from './shutdownModes.ts';

export const rebootWithCommand = objectCommand({
  id: 'libvirt.domain.rebootWith',
  on: { kinds: ['domain'], traits: ['running'] },
  run: async (node, services) => {
    const { entry, name, host } = node;
    const mode = await askShutdownMode(t('Reboot {0} on {1}', name, host.name), [node]);
    if (mode === undefined || !entry) return;
    await onObject(
      node,
      services,
      { title: t('Rebooting {0} on {1}', name, host.name) },
      ({ connection }, signal) => rebootDomain(connection, entry.ref, mode, { signal }),
    );
  },
  bulk: {
    title: (count) => t('Rebooting {0} domains', count),
    prepare: async (nodes) => {
      const mode = await askShutdownMode(t('Reboot {0} Domains', nodes.length), nodes);
      if (mode === undefined) return undefined;
      return async ({ entry }, { connection }, signal) => {
        if (entry) await rebootDomain(connection, entry.ref, mode, { signal });
      };
    },
  },
});
