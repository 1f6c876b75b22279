import { parseOsdCap, rbdCaps } from '../../ceph/cephCaps.ts';

type Caps = ReadonlyMap<string, string>;

/** Whether a client may read and write the images of a pool, or of a namespace in it. */
export function reachesPool(caps: Caps, pool: string, namespace?: string): boolean {
  return parseOsdCap(caps.get('osd') ?? '').some(
    (grant) =>
      grant.kind === 'all' ||
      (grant.kind === 'rbd' &&
        !grant.readOnly &&
        (grant.namespace === undefined || grant.namespace === namespace) &&
        (grant.pool === undefined || grant.pool === pool)),
  );
}

/** What a client needs to use the images of a pool, or of a namespace in it: what it has, and what of `profile rbd` is missing. */
export function withRbdCaps(caps: Caps, pool: string, namespace?: string): Caps {
  const wanted = rbdCaps([{ pool, namespace, readOnly: false }]);
  const added = [...wanted].map(([daemon, cap]): readonly [string, string] => {
    const own = caps.get(daemon) ?? '';
    return [
      daemon,
      suffices(daemon, own, pool, namespace) ? own : [own, cap].filter((part) => part !== '').join(', '),
    ];
  });
  return new Map([...caps, ...added]);
}

/** Whether the capability lets a client do all that librbd does: also shut out one that has crashed with a lock. */
function suffices(daemon: string, cap: string, pool: string, namespace?: string): boolean {
  if (/(?:^|[,;])\s*allow \*\s*(?:$|[,;])/.test(cap)) return true;
  if (daemon === 'mon') return /profile rbd(?![-\w])/.test(cap) || /osd bl(?:ack|ock)list/.test(cap);
  return reachesPool(new Map([['osd', cap]]), pool, namespace);
}

/** Whether both say the same. */
export function areSameCaps(one: Caps, other: Caps): boolean {
  return one.size === other.size && [...one].every(([daemon, cap]) => other.get(daemon) === cap);
}
