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

function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${String(index + 1).padStart(4, '0')}`);
}
