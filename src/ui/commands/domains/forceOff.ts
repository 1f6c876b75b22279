import { t } from '../../../base/l10n.ts';
import { destroyDomain } from '../../../libvirt/domains.ts';
import { DomainDestroy } from '../../../libvirt/protocol/domainFlags.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import { confirmOneOf, namesOf } from '../../prompts/confirm.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';

export const forceOffDomainCommand = objectCommand({
  id: 'libvirt.domain.forceOff',
  on: { kinds: ['domain'], traits: ['active'] },
  run: async (node, services) => {
    const { entry, name, host } = node;
    const flags = await askHow([node]);
    if (flags === undefined || !entry) return;
    await onObject(
      node,
      services,
      { title: t('Forcing off {0} on {1}', name, host.name) },
      ({ connection }, signal) => destroyDomain(connection, entry.ref, flags, { signal }),
    );
  },
  bulk: {
    title: (count) => t('Forcing off {0} domains', count),
    prepare: async (nodes) => {
      const flags = await askHow(nodes);
      if (flags === undefined) return undefined;
      return async ({ entry }, { connection }, signal) => {
        if (entry) await destroyDomain(connection, entry.ref, flags, { signal });
      };
    },
  },
});

/** @returns a flag of `DomainDestroy`; undefined when the person thinks better of it */
async function askHow(nodes: readonly DomainNode[]): Promise<number | undefined> {
  const [node] = nodes;
  const consequence = [
    t('It is like pulling the plug: what the guest has not yet written to its disks is lost.'),
    t(
      '“Force Off Gently” lets QEMU write out what it has been given, and never kills it: a QEMU that hangs goes on.',
    ),
  ].join('\n\n');
  const [now, gently] = [t('Force Off'), t('Force Off Gently')];
  const answer =
    node && nodes.length === 1
      ? await confirmOneOf(t('Force off {0} on {1}?', node.name, node.host.name), consequence, [now, gently])
      : await confirmOneOf(t('Force off {0} domains?', nodes.length), `${namesOf(nodes)}\n\n${consequence}`, [
          now,
          gently,
        ]);
  if (answer === undefined) return undefined;
  return answer === gently ? DomainDestroy.graceful : DomainDestroy.default;
}
