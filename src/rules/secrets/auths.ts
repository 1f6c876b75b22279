import type { XmlDocument, XmlElement } from '../../xml/document.ts';
import { attributeValue, childNamed } from '../../xml/queries.ts';
import type { HostKnowledge, KnownRbdPool } from '../hostKnowledge.ts';
import { oncePer } from '../oncePer.ts';
import { rbdDisksOf } from '../rbd/rbdDisk.ts';
import { poolsOfDisk } from '../rbd/rbdPools.ts';
import { poolsLike, rbdPoolSourcesOf } from '../rbd/rbdSources.ts';
import { elementsNamed, isWhole } from '../wholeElements.ts';

/** An <auth> of a storage source. */
export interface Auth {
  readonly element: XmlElement;
  readonly owner: 'domain' | 'pool';
  /** What it logs in to; undefined for what rules say nothing about. */
  readonly protocol: 'rbd' | 'iscsi' | undefined;
  readonly secret: XmlElement | undefined;
}

/** Every <auth> of a source in the document that has no damaged tags. */
export const authsOf = oncePer((document: XmlDocument): readonly Auth[] =>
  elementsNamed(document, 'auth').flatMap((element) => {
    const { parent } = element;
    if (parent === undefined || !isWhole(element)) return [];
    const source = parent.localName === 'source' ? parent : childNamed(parent, 'source');
    const holder = parent.localName === 'source' ? parent.parent : parent;
    if (source === undefined || holder === undefined) return [];
    const owner = holder.localName === 'pool' ? 'pool' : 'domain';
    const kind = owner === 'pool' ? poolProtocol(holder) : attributeValue(source, 'protocol');
    const protocol = kind === 'rbd' || kind === 'iscsi' ? kind : undefined;
    return [{ element, owner, protocol, secret: childNamed(element, 'secret') }];
  }),
);

function poolProtocol(pool: XmlElement): string | undefined {
  const type = attributeValue(pool, 'type');
  return type === 'iscsi-direct' ? 'iscsi' : type;
}

/** The pools of the host that log in to the same cluster, with credentials. */
export function poolsBeside(
  document: XmlDocument,
  { element }: Auth,
  knowledge: HostKnowledge | undefined,
): readonly (KnownRbdPool & { readonly auth: NonNullable<KnownRbdPool['auth']> })[] {
  const disk = rbdDisksOf(document).find(({ auth }) => auth === element);
  const pool = rbdPoolSourcesOf(document).find(({ auth }) => auth === element);
  const pools = disk ? poolsOfDisk(disk, knowledge?.rbdPools ?? []) : pool ? poolsLike(pool, knowledge) : [];
  return pools.flatMap((known) => (known.auth === undefined ? [] : [{ ...known, auth: known.auth }]));
}
