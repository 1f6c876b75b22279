import { readFile } from 'node:fs/promises';
import type { LabCeph } from './ceph.ts';
import { bridgeNetworkXml, dirPoolXml, domainXml, rbdPoolName, type DomainSpec } from './domains.ts';
import { guestImage } from './guest.ts';
import type { LabHost } from './host.ts';

const imagesFolder = '/var/lib/libvirt/images';

const domains: readonly DomainSpec[] = [
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
    guestAgent: true,
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
      { file: `${imagesFolder}/cache1.qcow2`, format: 'qcow2', target: 'vda' },
      { cdrom: `${imagesFolder}/installer.iso`, target: 'hda' },
    ],
  },
];

/** Images in Ceph's pool: a template with a protected snapshot, and disks cloned from it. */
export async function createImages(ceph: LabCeph): Promise<void> {
  const { pool, machine } = ceph;
  const file = '/tmp/guest.img';
  await machine.writeFile(file, await readFile(await guestImage()));
  await machine.run(['rbd', 'import', '--no-progress', file, `${pool}/template-linux`]);
  await machine.run(['rbd', 'snap', 'create', '--no-progress', `${pool}/template-linux@golden`]);
  await machine.run(['rbd', 'snap', 'protect', `${pool}/template-linux@golden`]);
  await Promise.all([
    ...['web1', 'db1'].map((name) =>
      machine.run(['rbd', 'clone', `${pool}/template-linux@golden`, `${pool}/${name}`]),
    ),
    machine.run(['rbd', 'create', '--size', '4G', `${pool}/web1-data`]),
  ]);
}

/** What a small production host would have; the domain `web1` runs. */
export async function createInventory(host: LabHost): Promise<void> {
  await host.virshBatch([
    `pool-refresh ${rbdPoolName}`,
    `pool-define ${await host.writeXml('images', dirPoolXml('images', imagesFolder))}`,
    'pool-start images',
    'pool-autostart images',
    'vol-create-as images cache1.qcow2 8G --format qcow2',
    'vol-create-as images old-intranet.qcow2 20G --format qcow2',
    'vol-create-as images installer.iso 600M --format raw --allocation 0',
    'net-start default',
    'net-autostart default',
    `net-define ${await host.writeXml('storage', bridgeNetworkXml('storage', 'br-storage'))}`,
    ...(await Promise.all(
      domains.map(async (domain) => `define ${await host.writeXml(domain.name, domainXml(domain))}`),
    )),
    'autostart web1',
    'start web1',
  ]);
}
