import type { WaitOptions } from '../../base/waiting.ts';
import type { SecretReference, KnownDomain } from '../../rules/hostKnowledge.ts';
import type { HostSession } from '../hostSession.ts';
import { untilKnown } from '../knowledge/untilKnown.ts';
import type { CephCluster } from './cephCluster.ts';
import { mayReach } from './poolsOver.ts';

/** What of a host logs in to a cluster as a certain user. */
export interface CephLogins {
  readonly session: HostSession;
  /** Storage pools of libvirt, by name. */
  readonly pools: readonly string[];
  readonly domains: readonly KnownDomain[];
  /** The secrets that the pools have the key from. */
  readonly secrets: readonly SecretReference[];
  /** Whether all of the host could be looked at in time: else there may be more. */
  readonly isComplete: boolean;
}

/** A question must not wait long for a host with hanging storage. */
const timeoutMs = 4000;

/**
 * What logs in as a user of the cluster, on each connected host on which there is something, or which does not tell.
 * @param clientId `libvirt` of client.libvirt
 */
export async function readCephLogins(
  cluster: CephCluster,
  clientId: string,
  sessions: readonly HostSession[],
  { signal }: WaitOptions = {},
): Promise<readonly CephLogins[]> {
  const monitors = await cluster.monitors.get().catch(() => []);
  const reaches = (names: readonly string[]): boolean => mayReach(names, monitors);
  const found = await Promise.all(
    sessions.map(async (session): Promise<CephLogins | undefined> => {
      const knowledge = session.connected?.knowledge;
      if (!knowledge) return undefined;
      const user = { kind: 'cephUser', name: clientId, reaches } as const;
      const domains = await untilKnown(knowledge, () => knowledge.usersOf(user), { signal, timeoutMs });
      const pools = (knowledge.current?.rbdPools ?? []).filter(
        ({ auth, hosts }) => auth?.username === clientId && reaches(hosts.map(({ name }) => name)),
      );
      return {
        session,
        pools: pools.map(({ name }) => name),
        domains: domains ?? [],
        secrets: pools.flatMap(({ auth }) => auth?.secret ?? []),
        isComplete: domains !== undefined && knowledge.current !== undefined,
      };
    }),
  );
  return found
    .filter((logins) => logins !== undefined)
    .filter(({ pools, domains, isComplete }) => !isComplete || pools.length + domains.length > 0);
}
