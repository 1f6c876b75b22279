import type { LabCeph } from './ceph.ts';
import { dirPoolXml, domainXml } from './domains.ts';
import type { LabHost } from './host.ts';

/** Defines domains `load-0001` ... of one RBD disk each, for measuring. Their images are not made. */
export async function defineDomains(host: LabHost, count: number): Promise<void> {
  const lines = await Promise.all(
    names('load', count).map(async (name) => {
      const disks = [{ image: name, target: 'vda' }];
      const spec = { name, title: `Load ${name}`, memoryMiB: 1024, vcpus: 2, disks, network: 'default' };
      return `define ${await host.writeXml(name, domainXml(spec))}`;
    }),
  );
  await host.virshBatch(lines);
}

/** Defines and starts dir pools `pool-0001` ... of one volume each, for measuring. */
export async function definePools(host: LabHost, count: number): Promise<void> {
  const lines = await Promise.all(
    names('pool', count).map(async (name) => [
      `pool-define ${await host.writeXml(name, dirPoolXml(name, `/var/lib/libvirt/pools/${name}`))}`,
      `pool-build ${name}`,
      `pool-start ${name}`,
      `vol-create-as ${name} disk.qcow2 1G --format qcow2`,
    ]),
  );
  await host.virshBatch(lines.flat());
}

/** By librbd in one program with many threads: `rbd create` for each would take a minute a thousand. */
const makeImages = `
import rados, rbd, sys
from concurrent.futures import ThreadPoolExecutor
pool, count = sys.argv[1], int(sys.argv[2])
with rados.Rados(conffile='/etc/ceph/ceph.conf') as cluster, cluster.open_ioctx(pool) as ioctx:
    with ThreadPoolExecutor(16) as executor:
        make = lambda number: rbd.RBD().create(ioctx, f'load-{number:04}', 10 * 1024 ** 3, old_format=False)
        list(executor.map(make, range(1, count + 1)))
`;

/** Makes empty RBD images `load-0001` ... of 10 GiB, for measuring. */
export async function createLoadImages(ceph: LabCeph, pool: string, count: number): Promise<void> {
  await ceph.machine.run(['python3', '-c', makeImages, pool, String(count)]);
}

function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${String(index + 1).padStart(4, '0')}`);
}
