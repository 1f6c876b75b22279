import type {
  KnownDomain,
  KnownRbdPool,
  KnownSecret,
  KnownVolume,
  SecretReference,
} from '../../rules/hostKnowledge.ts';
import type { DomainFacts } from './domainFacts.ts';
import type { PoolFacts } from './poolFacts.ts';

/** Something on a host that domains refer to. */
export type UsedObject =
  | { readonly kind: 'pool'; readonly name: string }
  | { readonly kind: 'volume'; readonly pool: string; readonly name: string }
  /** `name` is `cephPool/image` or `cephPool/namespace/image`. */
  | { readonly kind: 'rbdImage'; readonly name: string }
  | { readonly kind: 'network'; readonly name: string }
  | { readonly kind: 'nwfilter'; readonly name: string }
  | { readonly kind: 'secret'; readonly uuid: string }
  /** `name` is `libvirt` of client.libvirt; `reaches` tells whether monitors may be those of its cluster. */
  | {
      readonly kind: 'cephUser';
      readonly name: string;
      readonly reaches: (monitors: readonly string[]) => boolean;
    };

export interface DomainWithFacts {
  readonly domain: KnownDomain;
  readonly facts: DomainFacts;
}

/** All that tells which domain uses what. */
export interface Uses {
  readonly domains: readonly DomainWithFacts[];
  readonly pools: readonly { readonly name: string; readonly facts: PoolFacts | undefined }[];
  readonly volumes: readonly KnownVolume[];
  readonly secrets: readonly KnownSecret[];
}

/** The domains whose definition uses the object, by whichever name. */
export function usersOf(object: UsedObject, uses: Uses): readonly KnownDomain[] {
  const isUser = userTest(object, uses);
  return uses.domains.filter(({ facts }) => isUser(facts)).map(({ domain }) => domain);
}

function userTest(object: UsedObject, uses: Uses): (facts: DomainFacts) => boolean {
  switch (object.kind) {
    case 'network':
      return ({ networks }) => networks.includes(object.name);
    case 'nwfilter':
      return ({ nwfilters }) => nwfilters.includes(object.name);
    case 'secret': {
      const isThis = referenceTest(object.uuid, uses);
      return ({ secrets }) => secrets.some(isThis);
    }
    case 'cephUser': {
      const pools = uses.pools.filter(({ facts }) => facts?.rbd && logsInAs(facts.rbd, object));
      return ({ cephLogins, disks }) =>
        cephLogins.some(({ username, monitors }) => username === object.name && object.reaches(monitors)) ||
        pools.some(({ name }) => disks.some(({ storage }) => storage?.startsWith(`volume:${name}/`)));
    }
    case 'pool':
      return storageTest((storage) => isInPool(storage, object.name, uses));
    case 'volume': {
      const names = namesOfVolume(object.pool, object.name, uses);
      return storageTest((storage) => names.has(withoutSnapshot(storage)));
    }
    case 'rbdImage': {
      const names = namesOfImage(object.name, uses);
      return storageTest((storage) => names.has(withoutSnapshot(storage)));
    }
  }
}

/** The names of the pools that log in with the secret, by whichever name. */
export function poolsUsingSecret(
  uuid: string,
  { pools, secrets }: Pick<Uses, 'pools' | 'secrets'>,
): readonly string[] {
  const isThis = referenceTest(uuid, { secrets });
  return pools.filter(({ facts }) => facts?.secret && isThis(facts.secret)).map(({ name }) => name);
}

function logsInAs(
  { auth, hosts }: KnownRbdPool,
  { name, reaches }: Extract<UsedObject, { readonly kind: 'cephUser' }>,
): boolean {
  return auth?.username === name && reaches(hosts.map((monitor) => monitor.name));
}

function referenceTest(
  secret: string,
  { secrets }: Pick<Uses, 'secrets'>,
): (reference: SecretReference) => boolean {
  const usage = secrets.find(({ uuid }) => uuid === secret)?.usageId;
  return (reference) => ('uuid' in reference ? reference.uuid === secret : reference.usage === usage);
}

function storageTest(isThis: (storage: string) => boolean): (facts: DomainFacts) => boolean {
  return ({ disks }) => disks.some(({ storage }) => storage !== undefined && isThis(storage));
}

function isInPool(storage: string, pool: string, { pools, volumes }: Uses): boolean {
  if (storage.startsWith(`volume:${pool}/`)) return true;
  const facts = pools.find(({ name }) => name === pool)?.facts;
  if (facts?.rbd) return storage.startsWith(`rbd:${facts.rbd.cephPool}/`);
  const path = pathOf(storage);
  if (path === undefined) return false;
  const isInFolder = facts?.folder !== undefined && path.slice(0, path.lastIndexOf('/')) === facts.folder;
  return isInFolder || volumes.some((volume) => volume.pool === pool && volume.path === path);
}

function namesOfVolume(pool: string, name: string, { pools, volumes }: Uses): ReadonlySet<string> {
  const facts = pools.find((one) => one.name === pool)?.facts;
  if (facts?.rbd) return new Set([`volume:${pool}/${name}`, `rbd:${facts.rbd.cephPool}/${name}`]);
  const listed = volumes.find((volume) => volume.pool === pool && volume.name === name)?.path;
  const path = listed ?? (facts?.folder === undefined ? undefined : `${facts.folder}/${name}`);
  const paths = path === undefined ? [] : [`file:${path}`, `block:${path}`, `dir:${path}`];
  return new Set([`volume:${pool}/${name}`, ...paths]);
}

function namesOfImage(name: string, { pools }: Uses): ReadonlySet<string> {
  const asVolume = pools.flatMap(({ name: pool, facts }) => {
    const inside = facts?.rbd && `${facts.rbd.cephPool}/`;
    return inside !== undefined && name.startsWith(inside)
      ? [`volume:${pool}/${name.slice(inside.length)}`]
      : [];
  });
  return new Set([`rbd:${name}`, ...asVolume]);
}

function withoutSnapshot(storage: string): string {
  return storage.startsWith('rbd:') ? storage.replace(/@[^@/]*$/, '') : storage;
}

function pathOf(storage: string): string | undefined {
  return /^(?:file|block|dir):(.*)$/s.exec(storage)?.[1];
}
