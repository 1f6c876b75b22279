import { t } from '../../../base/l10n.ts';
import type { RbdImage } from '../../../ceph/rbd.ts';
import { fullName } from '../../../hosts/clusters/imageUser.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { attachImageTo } from '../devices/attachImage/attachImageTo.ts';
import { objectsOn } from '../pickObject.ts';

/** The image as a disk of a domain on any connected host. */
export const attachToDomainCommand = objectCommand({
  id: 'libvirt.image.attach',
  on: { kinds: ['image'], traits: ['connected'] },
  run: async (node, services) => {
    const domain = await askDomain(node.image, services);
    if (domain) await attachImageTo(node.cluster, node.image, domain, services);
  },
});

async function askDomain(image: RbdImage, { explorer }: CommandServices): Promise<DomainNode | undefined> {
  const rows = (await Promise.all(explorer.hosts.map(objectsOn))).flat();
  const domains = rows.filter((row): row is DomainNode => row.kind === 'domain');
  return wizard(t('Attach the RBD Image {0}', fullName(image)), (ask) =>
    ask.pick({
      placeholder: t('To which domain?'),
      choices: domains.map((value) => {
        const { description } = value.item();
        return {
          label: value.name,
          description: typeof description === 'string' ? description : '',
          detail: value.host.name,
          value,
        };
      }),
    }),
  );
}
