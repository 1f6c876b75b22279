import { t } from '../../../base/l10n.ts';
import { undefineSecret } from '../../../libvirt/secrets.ts';
import type { SecretNode } from '../../explorer/objects/secretNode.ts';
import { confirm, confirmAll } from '../../prompts/confirm.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';
import { usersInWords } from './usersInWords.ts';

export const undefineSecretCommand = objectCommand({
  id: 'libvirt.secret.undefine',
  on: { kinds: ['secret'], traits: ['connected'] },
  run: async (node, services) => {
    const { entry, name, host } = node;
    if (!entry || !(await isAgreed([node]))) return;
    await onObject(
      node,
      services,
      { title: t('Undefining the secret {0} on {1}', name, host.name) },
      ({ connection }, signal) => undefineSecret(connection, entry.ref, { signal }),
    );
  },
  bulk: {
    title: (count) => t('Undefining {0} secrets', count),
    prepare: async (nodes) => {
      if (!(await isAgreed(nodes))) return undefined;
      return async ({ entry }, { connection }, signal) => {
        if (entry) await undefineSecret(connection, entry.ref, { signal });
      };
    },
  },
});

async function isAgreed(nodes: readonly SecretNode[]): Promise<boolean> {
  const [node] = nodes;
  const users = (
    await Promise.all(
      nodes.map(async (one) => {
        const words = await usersInWords(one);
        if (words === undefined) return [];
        return nodes.length === 1 ? [words] : [`${one.name}: ${words.replaceAll('\n', ' ')}`];
      }),
    )
  ).flat();
  const lost = t('The definition and the value are lost. Keep the key elsewhere if you need it again.');
  const consequence =
    users.length === 0
      ? lost
      : [
          lost,
          '',
          ...users,
          t('They do not start any more without it; what runs goes on until it stops.'),
        ].join('\n');
  return node && nodes.length === 1
    ? confirm(
        t('Undefine the secret {0} on {1}?', node.name, node.host.name),
        consequence,
        t('Undefine Secret'),
      )
    : confirmAll(nodes, t('Undefine {0} secrets?', nodes.length), consequence, t('Undefine Secrets'));
}
