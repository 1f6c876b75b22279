import { t } from '../../base/l10n.ts';

/** A name of Ceph as one of a storage pool, with a number when it is taken. */
export function proposePoolName(cephPool: string, taken: Pick<ReadonlySet<string>, 'has'>): string {
  const base = cephPool.replaceAll(/[/\s]+/g, '-').replaceAll(/^[-.]+|-+$/g, '') || 'ceph';
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(name)) return name;
  }
}

/** Why libvirt cannot have a pool of this name; undefined when it can. @param taken names with their hosts */
export function refuseLibvirtPoolName(name: string, taken: ReadonlyMap<string, string>): string | undefined {
  if (name === '') return t('A pool needs a name.');
  if (/[/\p{Cc}]/u.test(name) || name === '.' || name === '..') return t('This is no name for a pool.');
  const host = taken.get(name);
  return host === undefined ? undefined : t('{0} has a storage pool {1} already.', host, name);
}
