import { copyFile } from 'node:fs/promises';
import type { LabCeph } from './ceph.ts';
import { bridgeNetworkXml, dirPoolXml, domainXml, natNetworkXml, rbdPoolName } from './domains.ts';
import { guestImage } from './guest.ts';
import type { LabHost } from './host.ts';
import { define } from './storage.ts';

const imagesFolder = '/var/lib/libvirt/images';

/** Images of Ceph's pool: a template with a protected snapshot, and disks cloned from it. */
export async function createImages(ceph: LabCeph): Promise<void> {
  const { pool, machine } = ceph;
  const image = '/tmp/guest.img';
  await copyFile(await guestImage(), machine.path(image));
  await ceph.runRbd('import', '--no-progress', image, `${pool}/template-linux`);
  await ceph.runRbd('snap', 'create', '--no-progress', `${pool}/template-linux@golden`);
  await ceph.runRbd('snap', 'protect', `${pool}/template-linux@golden`);
  await Promise.all([
    ...['web1', 'db1'].map((name) =>
      ceph.runRbd('clone', `${pool}/template-linux@golden`, `${pool}/${name}`),
    ),
    ceph.runRbd('create', '--size', '4G', `${pool}/web1-data`),
  ]);
}

/** What a small production host would have; the domain `web1` runs. */
export async function createInventory(host: LabHost): Promise<void> {
  await host.virsh('pool-refresh', rbdPoolName);
  await createLocalImages(host);
  await createNetworks(host);
  await createDomains(host);
}

async function createLocalImages(host: LabHost): Promise<void> {
  await define(host, 'pool-define', 'images', dirPoolXml('images', imagesFolder));
  await host.virshBatch([
    'pool-start images',
    'pool-autostart images',
    'vol-create-as images cache1.qcow2 8G --format qcow2',
    'vol-create-as images old-intranet.qcow2 20G --format qcow2',
    'vol-create-as images installer.iso 600M --format raw --allocation 0',
  ]);
}

async function createNetworks(host: LabHost): Promise<void> {
  await define(host, 'net-define', 'default', natNetworkXml());
  await define(host, 'net-define', 'storage', bridgeNetworkXml('storage', 'br-storage'));
  await host.virshBatch(['net-start default', 'net-autostart default']);
}

async function createDomains(host: LabHost): Promise<void> {
  const domains = [
    {
      name: 'web1',
      title: 'Web front end',
      memoryMiB: 160,
      vcpus: 1,
      disks: [
        { image: 'web1', target: 'vda' },
        { image: 'web1-data', target: 'vdb' },
      ],
      network: 'default',
    },
    {
      name: 'db1',
      title: 'Database',
      memoryMiB: 256,
      vcpus: 2,
      disks: [{ image: 'db1', target: 'vda', auth: false }],
      network: 'default',
    },
    {
      name: 'cache1',
      title: 'Cache on a local disk',
      memoryMiB: 128,
      vcpus: 1,
      disks: [
        { file: `${imagesFolder}/cache1.qcow2`, format: 'qcow2' as const, target: 'vda' },
        { cdrom: `${imagesFolder}/installer.iso`, target: 'hda' },
      ],
    },
  ];
  for (const domain of domains) await define(host, 'define', domain.name, domainXml(domain));
  await host.virshBatch(['autostart web1', 'start web1']);
}
