import { t } from '../../../base/l10n.ts';
import { wizard } from '../../prompts/wizard.ts';
import { clusterFor } from '../clusters/clusterOf.ts';
import { ConnectSite } from '../clusters/connectPool/connectSite.ts';
import { objectCommand } from '../command.ts';
import { askImage } from './attachImage/askImage.ts';
import { attachImageTo } from './attachImage/attachImageTo.ts';

/** Any image of a cluster as a disk of a domain, also one of a Ceph pool that libvirt has no pool over. */
export const attachImageCommand = objectCommand({
  id: 'libvirt.domain.attachImage',
  on: { kinds: ['domain'], traits: ['connected'] },
  run: async (node, services) => {
    const cluster = await clusterFor(node.host, services);
    if (!cluster) return;
    const site = new ConnectSite(cluster, services.registry.sessions);
    const title = t('Attach an RBD Image to {0} on {1}', node.name, node.host.name);
    const image = await wizard(title, (ask) => askImage(ask, site));
    if (image) await attachImageTo(cluster, image, node, services);
  },
});
