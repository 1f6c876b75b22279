import type { XmlDocument, XmlElement } from '../document.ts';
import { normalUuid } from '../identity.ts';
import { attributeValue, childNamed } from '../queries.ts';
import { documentKind } from '../roots.ts';
import { byAttribute, byText } from './named.ts';
import type { ObjectReference } from './objectReference.ts';

/**
 * The names that the document gives to the object it defines, each with its place.
 * @param pool the pool of a volume, which its document does not tell
 */
export function definitionsIn(document: XmlDocument, pool?: string): readonly ObjectReference[] {
  const { root } = document;
  if (root === undefined) return [];
  switch (documentKind(document)) {
    case 'domain':
      return [
        ...byText(root, 'name', document, (name) => ({ kind: 'domain', name })),
        ...byText(root, 'uuid', document, (uuid) => ({ kind: 'domain-uuid', uuid: normalUuid(uuid) })),
      ];
    case 'pool':
      return byText(root, 'name', document, (name) => ({ kind: 'pool', name }));
    case 'network':
      return byText(root, 'name', document, (name) => ({ kind: 'network', name }));
    case 'nwfilter':
      return byAttribute(root, 'name', (name) => ({ kind: 'nwfilter', name }));
    case 'secret':
      return ofSecret(root, document);
    case 'volume':
      return ofVolume(root, document, pool);
    default:
      return [];
  }
}

function ofSecret(root: XmlElement, document: XmlDocument): readonly ObjectReference[] {
  const uuids = byText(root, 'uuid', document, (uuid) => ({ kind: 'secret-uuid', uuid: normalUuid(uuid) }));
  const usage = childNamed(root, 'usage');
  const usageType = usage && attributeValue(usage, 'type');
  if (usage === undefined || usageType === undefined) return uuids;
  const named = (child: string): readonly ObjectReference[] =>
    byText(usage, child, document, (text) => ({ kind: 'secret-usage', usageType, usage: text }));
  return [...uuids, ...['name', 'target', 'volume'].flatMap(named)];
}

function ofVolume(
  root: XmlElement,
  document: XmlDocument,
  pool: string | undefined,
): readonly ObjectReference[] {
  const target = childNamed(root, 'target');
  const names =
    pool === undefined ? [] : byText(root, 'name', document, (name) => ({ kind: 'volume', pool, name }));
  const paths = target ? byText(target, 'path', document, (path) => ({ kind: 'storage', path })) : [];
  return [...names, ...paths];
}
