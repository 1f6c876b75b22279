import type { ConnectedHost } from '../../../src/hosts/hostSession.ts';
import { openConsole } from '../../../src/libvirt/domainStreams.ts';
import { parseVolume } from '../../../src/libvirt/model/volume.ts';
import type { DomainRef } from '../../../src/libvirt/protocol/refs.ts';
import { lookupPoolByName } from '../../../src/libvirt/storagePools.ts';
import { getVolumeXml, lookupVolume } from '../../../src/libvirt/volumes.ts';
import { defaultMachine } from '../../../src/operations/newDomain/defaults.ts';
import { readHostOffer, readMachineOffer } from '../../../src/operations/newDomain/hostOffer.ts';
import type { OperatingSystem } from '../../../src/operations/newDomain/operatingSystems.ts';
import type { Answers } from '../../../src/operations/newDomain/planDomain.ts';
import { readPoolOffer, type PoolOffer } from '../../../src/operations/storage/poolOffer.ts';
import type { ExistingVolume } from '../../../src/operations/newDomain/storage/volumePlan.ts';

export const mib = 1024 ** 2;

export async function offerOf({ connection }: ConnectedHost, pool: string): Promise<PoolOffer> {
  const offer = await readPoolOffer(connection, await lookupPoolByName(connection, pool));
  if (!offer) throw new Error(`${pool} is no pool for disks.`);
  return offer;
}

export async function existing(
  { connection }: ConnectedHost,
  pool: PoolOffer,
  name: string,
): Promise<ExistingVolume> {
  const volume = await parseVolume(
    await getVolumeXml(connection, await lookupVolume(connection, pool.ref, name)),
  );
  return { pool, name, format: volume.format, capacity: volume.capacity ?? 0 };
}

/** As the wizard asks them on this host, with nothing changed. */
export async function answersFor(
  { connection }: ConnectedHost,
  system: OperatingSystem,
  given: Pick<Answers, 'name' | 'disk' | 'installation'> & Partial<Answers>,
): Promise<Answers> {
  const offer = await readHostOffer(connection);
  const capabilities = await readMachineOffer(connection, offer, offer.virtTypes[0] ?? 'qemu');
  return {
    system,
    machine: defaultMachine(system, offer, capabilities),
    memory: 192 * mib,
    cpus: 1,
    network: { kind: 'network', name: 'default' },
    graphics: 'vnc',
    hasVirtio: system.hasVirtio,
    driversCd: undefined,
    ...given,
  };
}

/** What the guest writes to its console up to this text; fails after a minute. */
export async function consoleUntil(
  { connection }: ConnectedHost,
  domain: DomainRef,
  text: RegExp,
): Promise<string> {
  const stream = await openConsole(connection, domain);
  let said = '';
  try {
    return await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`The guest did not say ${String(text)} but: ${said}`));
      }, 60_000);
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (!text.test(said)) return;
        clearTimeout(timer);
        resolve(said);
      });
      stream.on('error', reject);
    });
  } finally {
    stream.destroy();
  }
}
