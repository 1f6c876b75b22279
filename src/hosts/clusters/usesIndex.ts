import { waitFor, type WaitOptions } from '../../base/waiting.ts';
import type { MonitorInfo } from '../../ceph/clusterStatus.ts';
import { mapInTurns } from '../../operations/volumes/mapInTurns.ts';
import type { HostSession } from '../hostSession.ts';
import type { KnownDomain } from '../../rules/hostKnowledge.ts';
import type { DomainImages } from '../knowledge/hostKnowledgeIndex.ts';
import { rbdReferencesOf, resolveReference, type ImageReference } from '../knowledge/rbdReferences.ts';
import { untilKnown } from '../knowledge/untilKnown.ts';
import type { CephCluster } from './cephCluster.ts';
import type { ImageUser } from './imageUser.ts';
import { mayReach } from './poolsOver.ts';

/** A host, or a domain, that could not be looked at: what it uses is not known. */
export interface Unseen {
  readonly session: HostSession;
  /** undefined: the whole host. */
  readonly domain: string | undefined;
  readonly why: 'not-connected' | 'silent';
}

/** Which domains of all hosts name which images of a cluster. */
export interface UsesIndex {
  /** By `pool/image` or `pool/namespace/image`. */
  readonly users: ReadonlyMap<string, readonly ImageUser[]>;
  readonly unseen: readonly Unseen[];
}

export interface UsesOptions extends WaitOptions {
  /** Reads what running domains have besides their definitions: a call for each that has not been read. Default false. */
  readonly live?: boolean | undefined;
}

/** How long the running domains of a host may take to tell what they have, unless the options say otherwise. */
const liveMs = 20_000;

/**
 * Reads it from the definitions of all domains, which the hosts know already when somebody has asked before.
 * @param cluster undefined: images of this name in any cluster
 */
export async function indexUses(
  cluster: CephCluster | undefined,
  sessions: readonly HostSession[],
  options: UsesOptions = {},
): Promise<UsesIndex> {
  const monitors = (await cluster?.monitors.get().catch(() => undefined)) ?? [];
  const found = await Promise.all(sessions.map((session) => usesOn(session, monitors, options)));
  const users = new Map<string, ImageUser[]>();
  for (const { name, user } of found.flatMap((one) => one.uses)) {
    const known = users.get(name);
    if (known) known.push(user);
    else users.set(name, [user]);
  }
  return { users, unseen: found.flatMap(({ unseen }) => unseen) };
}

interface NamedUse {
  readonly name: string;
  readonly user: ImageUser;
}

interface HostUses {
  readonly uses: readonly NamedUse[];
  readonly unseen: readonly Unseen[];
}

async function usesOn(
  session: HostSession,
  monitors: readonly MonitorInfo[],
  { live = false, ...wait }: UsesOptions,
): Promise<HostUses> {
  const silent = (domain?: string): Unseen => ({ session, domain, why: 'silent' });
  const knowledge = session.connected?.knowledge;
  if (!knowledge) return { uses: [], unseen: [{ session, domain: undefined, why: 'not-connected' }] };
  const defined = await untilKnown(knowledge, () => knowledge.imagesOfDomains(), wait);
  if (!defined) return { uses: [], unseen: [silent()] };
  const running = live ? await imagesOfRunning(session, defined, wait) : new Map<string, undefined>();
  const uses = defined.flatMap(({ domain, images }) =>
    merge(session, domain, images, running.get(domain.uuid)).filter(({ monitorNames }) =>
      mayReach(monitorNames, monitors),
    ),
  );
  const lost = [...running].filter(([, images]) => images === undefined).map(([uuid]) => uuid);
  const unread = defined.filter(({ domain, isUnread }) => isUnread || lost.includes(domain.uuid));
  return { uses, unseen: unread.map(({ domain }) => silent(domain.name)) };
}

/** What each running domain has now; undefined of one that does not tell. */
async function imagesOfRunning(
  session: HostSession,
  defined: readonly DomainImages[],
  { signal, timeoutMs: wholeMs = liveMs }: WaitOptions,
): Promise<ReadonlyMap<string, readonly ImageReference[] | undefined>> {
  const { inventory, knowledge } = session.require();
  const pools = knowledge.current?.rbdPools ?? [];
  const end = performance.now() + wholeMs;
  const active = defined.filter(({ domain }) => domain.isActive);
  const read = await mapInTurns(active, 4, async ({ domain: { uuid } }) => {
    const timeoutMs = Math.max(0, end - performance.now());
    const images = await waitFor(inventory.domains.details(uuid), { signal, timeoutMs }, () => '').then(
      ({ disks }) => disks.flatMap(rbdReferencesOf).flatMap((one) => resolveReference(one, pools) ?? []),
      (error: unknown) => {
        if (signal?.aborted === true) throw error;
        return undefined;
      },
    );
    return [uuid, images] as const;
  });
  return new Map(read);
}

/** The same reference in the definition and in the running domain is one use. */
function merge(
  session: HostSession,
  domain: KnownDomain,
  defined: readonly ImageReference[],
  running: readonly ImageReference[] | undefined,
): readonly (NamedUse & { readonly monitorNames: readonly string[] })[] {
  const use = (
    reference: ImageReference,
    isRunning: boolean,
    isDefined: boolean,
  ): ReturnType<typeof merge>[number] => {
    const { name, monitors, ...rest } = reference;
    const { uuid, name: domainName } = domain;
    return {
      name,
      monitorNames: monitors.map((one) => one.name),
      user: { ...rest, session, domain: { uuid, name: domainName }, isRunning, isDefined },
    };
  };
  const added = (running ?? []).filter((one) => !defined.some((other) => isSame(one, other)));
  return [
    ...defined.map((one) =>
      use(one, domain.isActive && (running?.some((other) => isSame(one, other)) ?? true), true),
    ),
    ...added.map((one) => use(one, true, false)),
  ];
}

function isSame(one: ImageReference, other: ImageReference): boolean {
  return (
    one.target === other.target &&
    one.role === other.role &&
    one.name === other.name &&
    one.snapshot === other.snapshot
  );
}
