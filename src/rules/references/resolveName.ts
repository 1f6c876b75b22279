import type { ObjectName } from '../../xml/references/objectReference.ts';
import type { HostKnowledge } from '../hostKnowledge.ts';
import { parseImageName } from '../rbd/imageName.ts';
import type { ObjectAddress } from './objectAddress.ts';

/**
 * The objects of the host that the name may mean. A name that the host is known not to have means none; of two pools
 * over one Ceph pool, both are given. Without knowledge the name is trusted, where it says enough.
 */
export function resolveName(
  name: ObjectName,
  knowledge: HostKnowledge | undefined,
): readonly ObjectAddress[] {
  switch (name.kind) {
    case 'domain':
      return unlessMissing({ kind: 'domain', name: name.name }, knowledge?.domains);
    case 'pool':
      return unlessMissing({ kind: 'pool', name: name.name }, knowledge?.pools);
    case 'network':
      return unlessMissing({ kind: 'network', name: name.name }, knowledge?.networks);
    case 'nwfilter':
      return unlessMissing(
        { kind: 'nwfilter', name: name.name },
        knowledge?.nwfilters?.map((filter) => ({ name: filter })),
      );
    case 'domain-uuid':
      return (knowledge?.domains ?? [])
        .filter(({ uuid }) => uuid === name.uuid)
        .map((domain) => ({ kind: 'domain', name: domain.name }));
    case 'secret-uuid': {
      const isMissing = knowledge !== undefined && !knowledge.secrets.some(({ uuid }) => uuid === name.uuid);
      return isMissing ? [] : [{ kind: 'secret', name: name.uuid }];
    }
    case 'secret-usage':
      return (knowledge?.secrets ?? [])
        .filter(({ usageType, usageId }) => usageType === name.usageType && usageId === name.usage)
        .map(({ uuid }) => ({ kind: 'secret', name: uuid }));
    case 'volume':
      return knowledge?.listedPools?.has(name.pool) === true && !volumeOf(name.pool, name.name, knowledge)
        ? []
        : [{ kind: 'volume', pool: name.pool, name: name.name }];
    case 'storage':
      return storageOf(name.path, knowledge);
  }
}

function unlessMissing(
  address: ObjectAddress,
  known: readonly { readonly name: string }[] | undefined,
): readonly ObjectAddress[] {
  return known === undefined || known.some(({ name }) => name === address.name) ? [address] : [];
}

function volumeOf(pool: string, name: string, { volumes = [] }: HostKnowledge): boolean {
  return volumes.some((volume) => volume.pool === pool && volume.name === name);
}

/** The volume with that path; for an image that no pool has listed, the pools over its Ceph pool. */
function storageOf(path: string, knowledge: HostKnowledge | undefined): readonly ObjectAddress[] {
  const volumes = (knowledge?.volumes ?? []).filter((volume) => volume.path === path);
  if (volumes.length > 0) return volumes.map(({ pool, name }) => ({ kind: 'volume', pool, name }));
  const cephPool = path.startsWith('/') ? undefined : parseImageName(path)?.pool;
  return (knowledge?.rbdPools ?? [])
    .filter((pool) => pool.cephPool === cephPool)
    .map(({ name }) => ({ kind: 'pool', name }));
}
