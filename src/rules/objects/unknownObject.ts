import { t } from '../../base/l10n.ts';
import { nearest } from '../../base/nearest.ts';
import { replaceValue } from '../../xml/attributeEdits.ts';
import { choiceOf, findingOf, possibleFix } from '../finding.ts';
import type { HostKnowledge, KnownVolume } from '../hostKnowledge.ts';
import { oncePer } from '../oncePer.ts';
import type { Finding, Rule } from '../rule.ts';
import { type NamedObject, objectsNamedIn } from './namedObjects.ts';

/** A network, pool, volume or network filter that the host does not have. */
export const unknownObject: Rule = {
  id: 'unknown-object',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/formatdomain.html#devices',
  explanation: () =>
    t(
      'libvirt looks for networks, pools, volumes and filters by name when a domain starts, and does not start it while one is missing ("Network not found", "Storage pool not found"). It is fine when it is made before, or when the document is meant for another host.',
    ),
  check(document, knowledge) {
    if (knowledge === undefined) return [];
    return objectsNamedIn(document).flatMap((object): Finding[] => {
      const names = namesOfKind(object, knowledge);
      const { attribute } = object;
      if (names === undefined || names.has(attribute.value)) return [];
      const candidates = names.size <= 3 ? [...names] : nearest(attribute.value, names).slice(0, 3);
      const fixes = candidates.map((name) =>
        possibleFix(t('Use {0}', name), [replaceValue(document, attribute, name)]),
      );
      const range = attribute.valueRange ?? attribute.range;
      return [findingOf(unknownObject, range, messageOf(object, knowledge.hostName), choiceOf(fixes))];
    });
  },
};

/** What the host has of the kind; undefined when that is not known. */
function namesOfKind({ kind, pool }: NamedObject, knowledge: HostKnowledge): ReadonlySet<string> | undefined {
  const index = indexOf(knowledge);
  if (kind !== 'volume') return index[kind];
  return pool !== undefined && knowledge.listedPools?.has(pool) === true
    ? (index.volumes.get(pool) ?? new Set())
    : undefined;
}

const indexOf = oncePer((knowledge: HostKnowledge) => {
  const namesOf = (
    objects: readonly { readonly name: string }[] | undefined,
  ): ReadonlySet<string> | undefined => objects && new Set(objects.map(({ name }) => name));
  return {
    network: namesOf(knowledge.networks),
    pool: namesOf(knowledge.pools),
    nwfilter: knowledge.nwfilters && new Set(knowledge.nwfilters),
    volumes: volumesByPool(knowledge.volumes ?? []),
  };
});

function volumesByPool(volumes: readonly KnownVolume[]): ReadonlyMap<string, ReadonlySet<string>> {
  const byPool = new Map<string, Set<string>>();
  for (const { pool, name } of volumes) {
    const names = byPool.get(pool) ?? new Set();
    byPool.set(pool, names.add(name));
  }
  return byPool;
}

function messageOf({ kind, attribute, pool }: NamedObject, hostName: string): string {
  switch (kind) {
    case 'network':
      return t('{0} has no network {1}.', hostName, attribute.value);
    case 'pool':
      return t('{0} has no storage pool {1}.', hostName, attribute.value);
    case 'nwfilter':
      return t('{0} has no network filter {1}.', hostName, attribute.value);
    case 'volume':
      return t('Pool {0} on {1} has no volume {2}.', pool ?? '', hostName, attribute.value);
  }
}
