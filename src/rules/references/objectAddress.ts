/** Which object of a host is meant. */
export interface ObjectAddress {
  readonly kind: 'domain' | 'pool' | 'volume' | 'network' | 'secret' | 'nwfilter';
  /** The pool of a volume. */
  readonly pool?: string;
  /** The object's name; a secret has none: its UUID. */
  readonly name: string;
}

export function isSameObject(a: ObjectAddress, b: ObjectAddress): boolean {
  return a.kind === b.kind && a.name === b.name && a.pool === b.pool;
}
