import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { poolsOverCluster, type PoolOver } from '../../../hosts/clusters/poolsOver.ts';
import { indexUses, type Unseen } from '../../../hosts/clusters/usesIndex.ts';
import type { ImageUser } from '../../../hosts/clusters/imageUser.ts';
import type { CephPoolNode } from '../../explorer/clusters/cephPoolNode.ts';
import type { CommandServices } from '../command.ts';

/** Who uses a pool of Ceph, as far as the connected hosts tell. */
export interface PoolUse {
  /** Storage pools of libvirt over it or over a namespace in it. */
  readonly over: readonly PoolOver[];
  /** Domains with a disk in it. */
  readonly users: readonly ImageUser[];
  readonly unseen: readonly Unseen[];
}

export async function readPoolUse(
  { cluster, name }: CephPoolNode,
  { registry }: CommandServices,
  signal: AbortSignal,
): Promise<PoolUse> {
  const [over, index] = await Promise.all([
    poolsOverCluster(cluster, registry.sessions),
    indexUses(cluster, registry.sessions, { signal }),
  ]);
  const isHere = (source: string): boolean => source === name || source.startsWith(`${name}/`);
  return {
    over: over.filter(({ pool }) => isHere(pool.cephPool)),
    users: [...index.users].flatMap(([image, users]) => (isHere(image) ? users : [])),
    unseen: index.unseen,
  };
}

/** How many names a text has room for. */
const listed = 8;

export function namesIn(names: readonly string[]): string {
  const all = [...new Set(names)];
  const more = all.length - listed;
  return [...all.slice(0, listed), ...(more > 0 ? [t('and {0} more', more)] : [])].join(', ');
}

export function usersNamed(users: readonly ImageUser[]): string {
  return namesIn(users.map(({ domain, session }) => t('{0} on {1}', domain.name, session.name)));
}

export function runningUsers({ users }: PoolUse): readonly ImageUser[] {
  return users.filter(({ isRunning }) => isRunning);
}

/** What is left to say of those that do not stand in the way; undefined when there is nothing. */
export function useInWords({ over, users, unseen }: PoolUse): string | undefined {
  const hosts = unseen.map(({ session }) => session.name);
  const words = sentences(
    over.length === 0
      ? undefined
      : t(
          'Storage pools over it: {0}.',
          namesIn(over.map(({ pool, session }) => t('{0} on {1}', pool.name, session.name))),
        ),
    users.length === 0 ? undefined : t('Domains with disks in it: {0}.', usersNamed(users)),
    hosts.length === 0 ? undefined : t('What these hosts use is not known: {0}.', namesIn(hosts)),
  );
  return words === '' ? undefined : words;
}
