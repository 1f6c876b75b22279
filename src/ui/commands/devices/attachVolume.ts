import { t } from '../../../base/l10n.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import type { VolumeNode } from '../../explorer/objects/volumeNode.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { objectsOn } from '../pickObject.ts';
import { askDrive, type DriveContext } from './askDrive.ts';
import type { ChosenStorage } from './askStorage.ts';
import { attachDrive, readDrives, storageWords } from './attachDrive.ts';
import { situationOf } from './deviceWork.ts';

export const attachVolumeCommand = objectCommand({
  id: 'libvirt.volume.attach',
  on: { kinds: ['volume'], traits: ['connected'] },
  run: async (node, services) => {
    const { inventory } = node.host.require();
    const pool = [...inventory.pools.entries.values()].find(({ ref }) => ref.name === node.ref.pool);
    if (!pool) return;
    const storage: ChosenStorage = { kind: 'volume', pool, volume: node.ref };
    const domains = await domainsOf(node, services);
    const domain = await wizard(t('Attach {0} of {1}', node.name, node.host.name), (ask) =>
      ask.pick({
        placeholder: t('To which domain?'),
        choices: domains.map((value) => ({ label: value.name, description: stateOf(value), value })),
      }),
    );
    if (!domain) return;
    const devices = await readDrives(domain, services);
    const isIso = /\.iso$/i.test(node.name);
    const context: DriveContext = {
      device: isIso ? 'cdrom' : 'disk',
      what: storageWords(storage),
      devices,
      situation: situationOf(domain),
    };
    const title = t('Attach {0} to {1} on {2}', node.name, domain.name, node.host.name);
    const settings = await wizard(title, (ask) => askDrive(ask, context));
    if (settings) await attachDrive(domain, services, storage, context, settings);
  },
});

async function domainsOf(node: VolumeNode, { explorer }: CommandServices): Promise<readonly DomainNode[]> {
  const host = explorer.hosts.find((one) => one.host === node.host);
  const rows = host ? await objectsOn(host) : [];
  return rows.filter((row): row is DomainNode => row.kind === 'domain');
}

function stateOf(domain: DomainNode): string {
  const { description } = domain.item();
  return typeof description === 'string' ? description : '';
}
