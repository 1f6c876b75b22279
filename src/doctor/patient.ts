import { Problem } from '../base/errors.ts';
import type { WaitOptions } from '../base/waiting.ts';
import type { CephClusters } from '../hosts/clusters/cephClusters.ts';
import { livePlanHost } from '../hosts/livePlanHost.ts';
import type { ConnectedHost, HostSession } from '../hosts/hostSession.ts';
import type { DomainEntry } from '../hosts/inventory/domains.ts';
import type { PoolEntry } from '../hosts/inventory/pools.ts';
import { isLibvirtError } from '../libvirt/errors.ts';
import { parseDomain, type DomainModel } from '../libvirt/model/domain.ts';
import { parsePool, type PoolModel } from '../libvirt/model/storagePool.ts';
import { ErrorCode } from '../libvirt/protocol/errorCodes.ts';
import { getPoolXml } from '../libvirt/storagePools.ts';
import type { PlanHost } from '../operations/plan/planHost.ts';
import { questionWait } from './questionWait.ts';
import { offeredTypes, type OfferedType } from '../operations/pools/offeredTypes.ts';
import { mapInTurns } from '../operations/volumes/mapInTurns.ts';

/** What a check-up has at hand beside the host itself. */
export interface Ward {
  /** All hosts of the window: a secret or an image may be known by another. */
  readonly sessions: readonly HostSession[];
  /** undefined: nothing was looked for, as no host is connected. */
  readonly clusters: CephClusters | undefined;
  /** Ends the check-up. */
  readonly wait: WaitOptions;
}

export interface ExaminedPool {
  readonly entry: PoolEntry;
  readonly model: PoolModel;
}

export interface ExaminedDomain {
  readonly entry: DomainEntry;
  /** What the next start uses, as XML and read. */
  readonly xml: string;
  readonly model: DomainModel;
}

/** Two definitions are asked for at a time, beside what the tree asks. */
const atOnce = 2;

/** A host that is examined, and what was found out of it: asked once, however many failures want to know. */
export class Patient {
  readonly session: HostSession;
  readonly ward: Ward;
  /** For plans. */
  readonly planHost: PlanHost;
  readonly #answers = new Map<string, Promise<unknown>>();

  constructor(session: HostSession, ward: Ward) {
    this.session = session;
    this.ward = ward;
    this.planHost = livePlanHost(session);
  }

  /** As in the settings. */
  get name(): string {
    return this.session.name;
  }

  /** Throws a HostError when it is not connected. */
  get host(): ConnectedHost {
    return this.session.require();
  }

  /** For each question: it may not take longer, and ends with the check-up. */
  get wait(): WaitOptions {
    return questionWait(this.ward);
  }

  /** The answer to a question that several failures ask; `question` names it. */
  once<T>(question: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(question) as Promise<T> | undefined;
    if (known) return known;
    const answer = ask();
    this.#answers.set(question, answer);
    return answer;
  }

  /** The types of pools, and which of them the daemon has backends for. */
  poolTypes(): Promise<readonly OfferedType[]> {
    return this.once('pool types', () => offeredTypes(this.host.connection, this.wait));
  }

  /** All pools as they are defined. */
  pools(): Promise<readonly ExaminedPool[]> {
    return this.once('pools', () =>
      eachThere([...this.host.inventory.pools.entries.values()], async (entry) => {
        const xml = await getPoolXml(this.host.connection, entry.ref, this.wait);
        return { entry, model: await parsePool(xml) };
      }),
    );
  }

  /** All domains as they are defined. */
  domains(): Promise<readonly ExaminedDomain[]> {
    return this.once('domains', () => {
      const { domains } = this.host.inventory;
      return eachThere([...domains.entries.values()], async (entry) => {
        const xml = await domains.definition(entry.ref.uuid);
        return { entry, xml, model: await parseDomain(xml) };
      });
    });
  }
}

/** Leaves out what is gone by the time it is asked for. */
async function eachThere<T, R>(items: readonly T[], read: (item: T) => Promise<R>): Promise<readonly R[]> {
  const found = await mapInTurns(items, atOnce, async (item) => {
    try {
      return await read(item);
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  });
  return found.filter((one) => one !== undefined);
}

function isGone(error: unknown): boolean {
  if (error instanceof Problem && error.code === 'gone') return true;
  return isLibvirtError(error, ErrorCode.noDomain, ErrorCode.noStoragePool);
}
