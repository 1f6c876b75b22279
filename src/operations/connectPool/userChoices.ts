import { parseOsdCap } from '../../ceph/cephCaps.ts';
import type { CephUser } from '../../ceph/cephUsers.ts';
import { reachesPool } from './clientCaps.ts';

/** A Ceph user that libvirt could log in as. */
export interface UserChoice {
  /** `libvirt` of client.libvirt. */
  readonly user: string;
  /** Whether it may use the pool already. */
  readonly reaches: boolean;
  /** Whether it may use every pool: more than a host needs. */
  readonly isAdmin: boolean;
  /** What logs in as it by now. */
  readonly usedBy: readonly string[];
}

/**
 * The users that are there for RBD images, the best first: whom libvirt has already and who may use the pool, then who
 * may, then who could be let. @param used by user: the storage pools that log in so
 */
export function userChoices(
  users: readonly CephUser[],
  cephPool: string,
  used: ReadonlyMap<string, readonly string[]>,
): readonly UserChoice[] {
  return users
    .flatMap(({ entity, caps }): readonly UserChoice[] => {
      const user = /^client\.(.+)$/s.exec(entity)?.[1];
      if (user === undefined) return [];
      const grants = parseOsdCap(caps.get('osd') ?? '');
      const isAdmin = grants.some(({ kind }) => kind === 'all');
      const usedBy = used.get(user) ?? [];
      const isForRbd =
        isAdmin || usedBy.length > 0 || grants.some((grant) => grant.kind === 'rbd' && !grant.readOnly);
      return isForRbd ? [{ user, isAdmin, usedBy, reaches: reachesPool(caps, cephPool) }] : [];
    })
    .sort((a, b) => rankOf(b) - rankOf(a) || a.user.localeCompare(b.user));
}

function rankOf({ reaches, isAdmin, usedBy }: UserChoice): number {
  return (isAdmin ? 0 : 4) + (reaches ? 2 : 0) + (usedBy.length > 0 ? 1 : 0);
}
