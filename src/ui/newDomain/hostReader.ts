import { messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { ConnectedHost, HostSession } from '../../hosts/hostSession.ts';
import { readBridges } from '../../hosts/knowledge/bridges.ts';
import type { DomainCapabilitiesModel } from '../../libvirt/model/domainCapabilities.ts';
import { parseVolume } from '../../libvirt/model/volume.ts';
import { getNodeMemoryStats } from '../../libvirt/node.ts';
import { getVolumeXml } from '../../libvirt/volumes.ts';
import type { VolumeRef } from '../../libvirt/protocol/refs.ts';
import { readHostOffer, readMachineOffer, type HostOffer } from '../../operations/newDomain/hostOffer.ts';
import { readPoolOffer, type PoolOffer } from '../../operations/storage/poolOffer.ts';
import type { ExistingVolume } from '../../operations/newDomain/storage/volumePlan.ts';
import type { CommandServices } from '../commands/command.ts';

/** A volume as it is listed, in a pool that domains can use. */
export interface ListedVolume {
  readonly pool: PoolOffer;
  readonly ref: VolumeRef;
}

/** A pool that does not answer must not hold up the others. */
const timeoutMs = 15_000;

/** What a wizard asks of a host, each thing once. */
export class HostReader {
  readonly session: HostSession;
  readonly host: ConnectedHost;
  readonly #log: CommandServices['log'];
  readonly #answers = new Map<string, Promise<unknown>>();

  constructor(session: HostSession, { log }: Pick<CommandServices, 'log'>) {
    this.session = session;
    this.host = session.require();
    this.#log = log;
  }

  /** Reads what every domain needs while the first questions are answered; what fails is asked for again later. */
  readAhead(): void {
    const machine = async (): Promise<unknown> => {
      const [virtType] = (await this.offer()).virtTypes;
      return virtType === undefined ? undefined : this.machineOffer(virtType);
    };
    for (const read of [machine(), this.volumes(), this.bridges(), this.freeMemory()])
      read.catch(() => undefined);
    this.host.knowledge.want();
  }

  offer(): Promise<HostOffer> {
    return this.#once('offer', () => readHostOffer(this.host.connection, { timeoutMs }));
  }

  machineOffer(virtType: string): Promise<DomainCapabilitiesModel> {
    return this.#once(`machine ${virtType}`, async () =>
      readMachineOffer(this.host.connection, await this.offer(), virtType, { timeoutMs }),
    );
  }

  /** Bytes that are not in use; undefined where the host does not tell. */
  freeMemory(): Promise<number | undefined> {
    return this.#once('memory', async () => {
      const stats = await getNodeMemoryStats(this.host.connection, { timeoutMs }).catch(() => undefined);
      if (!stats) return undefined;
      const kib = ['free', 'buffers', 'cached'].reduce((sum, name) => sum + Number(stats.get(name) ?? 0n), 0);
      return kib * 1024;
    });
  }

  /** Active pools that domains can use. */
  pools(): Promise<readonly PoolOffer[]> {
    return this.#once('pools', async () => {
      const active = [...this.host.inventory.pools.entries.values()].filter((pool) => pool.active);
      const offers = active.map(async ({ ref }) => {
        try {
          return await readPoolOffer(this.host.connection, ref, { timeoutMs });
        } catch (error) {
          this.#log.warn(
            t('{0}: the pool {1} cannot be used: {2}', this.session.name, ref.name, messageOf(error)),
          );
          return undefined;
        }
      });
      const known = (await Promise.all(offers)).filter((offer) => offer !== undefined);
      return known.sort((a, b) => a.ref.name.localeCompare(b.ref.name));
    });
  }

  volumes(): Promise<readonly ListedVolume[]> {
    return this.#once('volumes', async () => {
      const lists = (await this.pools()).map(async (pool) =>
        (await this.host.inventory.pools.volumes(pool.ref.uuid).catch(() => [])).map((ref) => ({
          pool,
          ref,
        })),
      );
      return (await Promise.all(lists)).flat().sort((a, b) => a.ref.name.localeCompare(b.ref.name));
    });
  }

  async volumeNames(pool: PoolOffer): Promise<ReadonlySet<string>> {
    const own = (await this.volumes()).filter((volume) => volume.pool === pool);
    return new Set(own.map(({ ref }) => ref.name));
  }

  /** Format and size of a volume. */
  existing({ pool, ref }: ListedVolume): Promise<ExistingVolume> {
    return this.#once(`volume ${ref.pool} ${ref.name}`, async () => {
      const model = await parseVolume(await getVolumeXml(this.host.connection, ref, { timeoutMs }));
      return { pool, name: ref.name, format: model.format, capacity: model.capacity ?? 0 };
    });
  }

  /** Bridges that people made; none where the host does not tell. */
  bridges(): Promise<readonly string[]> {
    return this.#once('bridges', async () => {
      const names = await readBridges(this.host.transport, {}).catch(() => undefined);
      return (names ?? []).filter((name) => !/^(virbr|docker|podman|cni|br-[0-9a-f]{12}$)/.test(name));
    });
  }

  get domainNames(): ReadonlySet<string> {
    return new Set([...this.host.inventory.domains.entries.values()].map(({ ref }) => ref.name));
  }

  #once<T>(what: string, read: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(what) as Promise<T> | undefined;
    if (known) return known;
    const reading = read();
    this.#answers.set(what, reading);
    reading.catch(() => this.#answers.delete(what));
    return reading;
  }
}
