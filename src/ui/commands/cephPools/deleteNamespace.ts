import { CodedProblem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { Errno, isCephError } from '../../../ceph/cephError.ts';
import { removeRbdNamespace } from '../../../ceph/rbdNamespaces.ts';
import { poolsOver } from '../../../hosts/clusters/poolsOver.ts';
import { confirm } from '../../prompts/confirm.ts';
import { objectCommand } from '../command.ts';
import { onCluster } from '../clusters/onCluster.ts';

class NamespaceProblem extends CodedProblem<'not-empty'> {}

/** Ceph refuses one that has images, in its trash too. */
export const deleteNamespaceCommand = objectCommand({
  id: 'libvirt.cephPool.deleteNamespace',
  on: { kinds: ['cephNamespace'], traits: ['connected'] },
  run: async (node, services) => {
    const { place, name, cluster } = node;
    const full = `${place.pool}/${name}`;
    const [images, over] = await Promise.all([
      cluster.imagesOf(place).names.read(),
      poolsOver(cluster, place, services.registry.sessions),
    ]);
    if (images.length > 0) throw notEmpty(full, t('There are {0} images in it.', images.length));
    const pools = over.map(({ session, entry }) => t('{0} on {1}', entry.ref.name, session.name));
    const agreed = await confirm(
      t('Delete the namespace {0} of the cluster {1}?', full, cluster.name),
      sentences(
        t('There are no images in it.'),
        pools.length === 0
          ? undefined
          : t('These storage pools lie over it and will not start again: {0}.', pools.join(', ')),
        t('Ceph users whose capabilities end at it can do nothing any more.'),
      ),
      t('Delete Namespace'),
    );
    if (!agreed) return;
    try {
      await onCluster(node, services, { title: t('Deleting the namespace {0}', full) }, (client, signal) =>
        removeRbdNamespace(client, place.pool, name, { signal }),
      );
    } catch (error) {
      if (!isCephError(error, Errno.EBUSY)) throw error;
      throw notEmpty(full, t('There are images in its trash.'));
    } finally {
      cluster.imagesOf({ pool: place.pool, namespace: undefined }).namespaces.refresh();
    }
  },
});

function notEmpty(name: string, why: string): NamespaceProblem {
  return new NamespaceProblem('not-empty', t('The namespace {0} is not deleted: {1}', name, why), {
    advice: t('Delete its images or move them to another place, and empty its trash first.'),
  });
}
