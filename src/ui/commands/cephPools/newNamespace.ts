import { t } from '../../../base/l10n.ts';
import { createRbdNamespace } from '../../../ceph/rbdNamespaces.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { onCluster } from '../clusters/onCluster.ts';
import { refuseNamespace } from './namespaceNames.ts';

/** A part of a pool with images of its own, which a Ceph user can be confined to. */
export const newNamespaceCommand = objectCommand({
  id: 'libvirt.cephPool.newNamespace',
  on: { kinds: ['cephPool'], traits: ['connected', 'rbd'] },
  run: async (node, services) => {
    const { name: pool, cluster } = node;
    const place = cluster.imagesOf({ pool, namespace: undefined });
    const taken = await place.namespaces.read();
    const namespace = await wizard(t('New Namespace in {0}', pool), (ask) =>
      ask.text({
        prompt: t(
          'A namespace has images of its own; the capabilities of a Ceph user can end at it. Its name can never be changed.',
        ),
        refusal: (name) => refuseNamespace(name, taken),
      }),
    );
    if (namespace === undefined) return;
    try {
      const title = t('Creating the namespace {0} in {1}', namespace, pool);
      await onCluster(node, services, { title }, (client, signal) =>
        createRbdNamespace(client, pool, namespace, { signal }),
      );
    } finally {
      place.namespaces.refresh();
    }
  },
});
