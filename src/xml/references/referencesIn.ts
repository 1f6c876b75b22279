import type { XmlDocument, XmlElement } from '../document.ts';
import { normalUuid } from '../identity.ts';
import { attributeValue, elementsOf } from '../queries.ts';
import { byAttribute, byText } from './named.ts';
import type { ObjectName, ObjectReference } from './objectReference.ts';

/** Every place in the document that names another object of the host, in the order of the document. */
export function referencesIn(document: XmlDocument): ObjectReference[] {
  return [...elementsOf(document)]
    .flatMap((element) => (finders.get(element.localName) ?? nothing)(element, document))
    .sort((a, b) => a.range.start - b.range.start);
}

/** The reference that the offset touches. */
export function referenceAt(document: XmlDocument, offset: number): ObjectReference | undefined {
  return referencesIn(document).find(({ range }) => range.start <= offset && offset <= range.end);
}

type Finder = (element: XmlElement, document: XmlDocument) => readonly ObjectReference[];

const nothing: Finder = () => [];

/** What may stand in each element, by its name. */
const finders: ReadonlyMap<string, Finder> = new Map<string, Finder>([
  ['source', (source) => [...inSource(source)]],
  ['secret', (secret) => [...inSecret(secret)]],
  ['encryption', (encryption) => byAttribute(encryption, 'secret', secretUuid)],
  ['filterref', (reference) => byAttribute(reference, 'filter', (name) => ({ kind: 'nwfilter', name }))],
  ['backingStore', backingPath],
  ['domain', ownerDomain],
  ['inactiveDomain', ownerDomain],
  ['owner', ownerDomain],
]);

/** Elements whose `<source>` is storage. */
const storageOwners = new Set(['disk', 'mirror', 'backingStore', 'dataStore', 'filesystem']);

function* inSource(source: XmlElement): Generator<ObjectReference> {
  const owner = source.parent?.localName ?? '';
  if (owner === 'interface') {
    yield* byAttribute(source, 'network', (name) => ({ kind: 'network', name }));
    return;
  }
  if (!storageOwners.has(owner)) return;
  const pool = attributeValue(source, 'pool') ?? '';
  yield* byAttribute(source, 'pool', (name) => ({ kind: 'pool', name }));
  if (pool !== '') yield* byAttribute(source, 'volume', (name) => ({ kind: 'volume', pool, name }));
  if (owner === 'filesystem') return;
  for (const name of ['file', 'dev']) yield* byAttribute(source, name, (path) => ({ kind: 'storage', path }));
  if (attributeValue(source, 'protocol') === 'rbd') {
    yield* byAttribute(source, 'name', (name) => ({ kind: 'storage', path: name.replace(/@[^@/]*$/, '') }));
  }
}

/** `<secret>` of a login or of encryption; the root of a secret's own document has neither attribute. */
function* inSecret(secret: XmlElement): Generator<ObjectReference> {
  yield* byAttribute(secret, 'uuid', secretUuid);
  const usageType = usageTypeOf(secret);
  if (usageType === undefined) return;
  yield* byAttribute(secret, 'usage', (usage) => ({ kind: 'secret-usage', usageType, usage }));
}

/** In a domain the secret says what it is for, in a pool its `<auth>` does, in other words. */
function usageTypeOf(secret: XmlElement): string | undefined {
  const type = attributeValue(secret, 'type') ?? (secret.parent && attributeValue(secret.parent, 'type'));
  switch (type) {
    case 'chap':
      return 'iscsi';
    case 'passphrase':
      return 'volume';
    default:
      return type;
  }
}

/** In a volume's document `<backingStore><path>`. */
function backingPath(store: XmlElement, document: XmlDocument): readonly ObjectReference[] {
  return byText(store, 'path', document, (path) => ({ kind: 'storage', path }));
}

/** The domain that a snapshot, a checkpoint or a port belongs to; a domain's own document refers to no other. */
function ownerDomain(domain: XmlElement, document: XmlDocument): readonly ObjectReference[] {
  if (domain.parent === undefined || domain.parent.parent !== undefined) return [];
  return [
    ...byText(domain, 'name', document, (name) => ({ kind: 'domain', name })),
    ...byText(domain, 'uuid', document, (uuid) => ({ kind: 'domain-uuid', uuid: normalUuid(uuid) })),
  ];
}

function secretUuid(uuid: string): ObjectName {
  return { kind: 'secret-uuid', uuid: normalUuid(uuid) };
}
