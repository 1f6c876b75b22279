import type { TextRange } from '../document.ts';

/** An object of the host, in one of the ways that a document can name it. */
export type ObjectName =
  | { readonly kind: 'domain' | 'pool' | 'network' | 'nwfilter'; readonly name: string }
  /** `uuid` in lower case with dashes. */
  | { readonly kind: 'domain-uuid' | 'secret-uuid'; readonly uuid: string }
  | { readonly kind: 'volume'; readonly pool: string; readonly name: string }
  /** `usageType` is libvirt's word (ceph, iscsi, volume, tls, vtpm), `usage` what the secret's `<usage>` names. */
  | { readonly kind: 'secret-usage'; readonly usageType: string; readonly usage: string }
  /** A file or device on the host, or for RBD `cephPool/image`: a volume, when a pool has it. */
  | { readonly kind: 'storage'; readonly path: string };

/** A place in a document that names another object of the same host. */
export interface ObjectReference {
  readonly object: ObjectName;
  /** The name itself: inside the quotes of an attribute, or the text without white space around it. */
  readonly range: TextRange;
}

/** Whether two names say the same; the same object under two names is not the same here. */
export function isSameName(a: ObjectName, b: ObjectName): boolean {
  return keyOfName(a) === keyOfName(b);
}

/** One string for each name, to look names up by. */
export function keyOfName(object: ObjectName): string {
  switch (object.kind) {
    case 'volume':
      return JSON.stringify([object.kind, object.pool, object.name]);
    case 'secret-usage':
      return JSON.stringify([object.kind, object.usageType, object.usage]);
    case 'domain-uuid':
    case 'secret-uuid':
      return JSON.stringify([object.kind, object.uuid]);
    case 'storage':
      return JSON.stringify([object.kind, object.path]);
    case 'domain':
    case 'pool':
    case 'network':
    case 'nwfilter':
      return JSON.stringify([object.kind, object.name]);
  }
}
