import type { XmlElement } from './element.ts';

/** A Ceph monitor, or a server of another storage protocol. */
export interface SourceHost {
  readonly name: string | undefined;
  readonly port: number | undefined;
}

/** How libvirt logs in to the storage: the user's name and where the key is. */
export interface SourceAuth {
  readonly username: string;
  /** `ceph`, `iscsi`, `chap`; undefined where the XML does not say. */
  readonly type: string | undefined;
  readonly secret: SecretReference;
}

/** Which libvirt secret holds the key: named by one of the two. */
export interface SecretReference {
  readonly uuid: string | undefined;
  readonly usage: string | undefined;
}

/** The parts of the name of an RBD image as disks and volumes have it: `pool/image` or `pool/namespace/image`. */
export interface RbdName {
  readonly pool: string;
  readonly namespace: string | undefined;
  readonly image: string;
}

export function parseRbdName(name: string): RbdName | undefined {
  const parts = name.split('/');
  const [pool, image] = [parts.at(0), parts.at(-1)];
  if (parts.length < 2 || parts.length > 3 || !pool || !image) return undefined;
  return { pool, namespace: parts.length === 3 ? parts[1] : undefined, image };
}

/** The `<host>` elements of a source; the port may be left out, which means the default of the protocol. */
export function readHosts(source: XmlElement | undefined): readonly SourceHost[] {
  return (source?.children('host') ?? []).map((host) => ({
    name: host.attribute('name'),
    port: readInteger(host.attribute('port')),
  }));
}

/** @param parent what has the `<auth>`: a disk, or the source of a disk or pool */
export function readAuth(parent: XmlElement | undefined): SourceAuth | undefined {
  const auth = parent?.child('auth');
  if (auth === undefined) return undefined;
  const secret = auth.child('secret');
  return {
    username: auth.attribute('username') ?? '',
    type: auth.attribute('type') ?? secret?.attribute('type'),
    secret: { uuid: secret?.attribute('uuid'), usage: secret?.attribute('usage') },
  };
}

export function readInteger(text: string | undefined): number | undefined {
  return text !== undefined && /^-?[0-9]+$/.test(text) ? Number(text) : undefined;
}
