/** What a client may do with the RBD images of a pool, or of one namespace in it. */
export interface RbdGrant {
  /** undefined: every pool. */
  readonly pool: string | undefined;
  /** undefined: the whole pool. */
  readonly namespace: string | undefined;
  readonly readOnly: boolean;
}

/** One of the grants that a capability consists of. */
export type CapGrant =
  | ({ readonly kind: 'rbd' } & RbdGrant)
  /** `allow *` */
  | { readonly kind: 'all' }
  /** Whatever else, as it is written. */
  | { readonly kind: 'other'; readonly text: string };

/** By kind of daemon, in the order that Ceph's own documents have. */
export const capDaemons = ['mon', 'osd', 'mgr', 'mds'] as const;

/** Capabilities in that order, others behind. */
export function inCapOrder(
  caps: ReadonlyMap<string, string>,
): readonly (readonly [daemon: string, cap: string])[] {
  const place = (daemon: string): number => {
    const index = capDaemons.findIndex((one) => one === daemon);
    return index < 0 ? capDaemons.length : index;
  };
  return [...caps].sort(([a], [b]) => place(a) - place(b));
}

/**
 * The capabilities of a client that uses RBD images as `profile rbd` lets it: of the monitors, the OSDs and the manager.
 * Source: https://docs.ceph.com/en/latest/rados/operations/user-management/#authorization-capabilities
 */
export function rbdCaps(
  grants: readonly RbdGrant[],
  others: readonly string[] = [],
): ReadonlyMap<string, string> {
  const texts = grants.map(grantText);
  return new Map([
    ['mon', 'profile rbd'],
    ['osd', [...texts, ...others].join(', ')],
    ['mgr', texts.join(', ')],
  ]);
}

function grantText({ pool, namespace, readOnly }: RbdGrant): string {
  return [
    readOnly ? 'profile rbd-read-only' : 'profile rbd',
    ...(pool === undefined ? [] : [`pool=${quoteCapValue(pool)}`]),
    ...(namespace === undefined ? [] : [`namespace=${quoteCapValue(namespace)}`]),
  ].join(' ');
}

/** Whether a name can be written into a capability: `ceph` takes printable ASCII, and one kind of quotes may be within. */
export function isCapValue(name: string): boolean {
  return /^[\x20-\x7e]+$/.test(name) && !(name.includes('"') && name.includes("'"));
}

function quoteCapValue(name: string): string {
  if (/^[A-Za-z0-9_.-]+$/.test(name)) return name;
  return name.includes('"') ? `'${name}'` : `"${name}"`;
}

/** The grants of a capability for OSDs. */
export function parseOsdCap(cap: string): readonly CapGrant[] {
  return (cap.match(/(?:"[^"]*"|'[^']*'|[^,;"'])+/g) ?? [])
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map(parseGrant);
}

function parseGrant(text: string): CapGrant {
  const [verb = '', what = '', ...rest] =
    text.replaceAll(/\s*=\s*/g, '=').match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  const pairs = rest.map((word) => {
    const at = word.indexOf('=');
    return [word.slice(0, Math.max(at, 0)), unquoted(word.slice(at + 1))] as const;
  });
  const isRestrictedBy = new Map(pairs);
  const isPlain = pairs.every(([name]) => name === 'pool' || name === 'namespace');
  if (verb === 'allow' && what === '*' && rest.length === 0) return { kind: 'all' };
  const readOnly = rbdGrants.get(`${verb} ${what}`);
  return isPlain && readOnly !== undefined
    ? {
        kind: 'rbd',
        pool: isRestrictedBy.get('pool'),
        namespace: isRestrictedBy.get('namespace'),
        readOnly,
      }
    : { kind: 'other', text };
}

/** What lets a client use RBD images, and whether it may only read them. */
const rbdGrants: ReadonlyMap<string, boolean> = new Map([
  ['profile rbd', false],
  ['profile rbd-read-only', true],
  ['allow *', false],
  ['allow rwx', false],
  ['allow rx', true],
]);

function unquoted(value: string): string {
  const [, double, single] = /^"(.*)"$|^'(.*)'$/s.exec(value) ?? [];
  return double ?? single ?? value;
}
