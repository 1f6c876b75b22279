import { parseXml, type XmlElement } from './element.ts';
import { sizeInBytes } from '../../base/sizes.ts';
import { readAuth, readHosts, type SourceAuth, type SourceHost } from './storageSource.ts';

/** `<rbd:config_opts>` of a pool, since libvirt 5.1. */
const RBD_NAMESPACE = 'http://libvirt.org/schemas/storagepool/rbd/1.0';

export interface PoolModel {
  /** `rbd`, `dir`, `logical` ... */
  readonly type: string;
  readonly name: string;
  readonly uuid: string;
  /** Bytes. */
  readonly capacity: number | undefined;
  readonly allocation: number | undefined;
  readonly available: number | undefined;
  /** What the storage calls it: of an RBD pool the Ceph pool, as `pool` or `pool/namespace`. */
  readonly sourceName: string | undefined;
  /** Ceph monitors. None: those of the host's ceph.conf. */
  readonly hosts: readonly SourceHost[];
  readonly auth: SourceAuth | undefined;
  readonly devices: readonly string[];
  readonly directory: string | undefined;
  readonly format: string | undefined;
  /** Settings for librados, over those of ceph.conf. */
  readonly configOptions: ReadonlyMap<string, string>;
  /** Where the volumes appear on the host; RBD pools have none. */
  readonly targetPath: string | undefined;
}

/** Reads what `getPoolXml()` gives. */
export async function parsePool(xml: string): Promise<PoolModel> {
  const pool = await parseXml(xml);
  const source = pool.child('source');
  return {
    type: pool.attribute('type') ?? '',
    name: pool.textOf('name') ?? '',
    uuid: pool.textOf('uuid') ?? '',
    capacity: readSize(pool.child('capacity')),
    allocation: readSize(pool.child('allocation')),
    available: readSize(pool.child('available')),
    sourceName: source?.textOf('name'),
    hosts: readHosts(source),
    auth: readAuth(source),
    devices: (source?.children('device') ?? []).flatMap((device) => device.attribute('path') ?? []),
    directory: source?.child('dir')?.attribute('path'),
    format: source?.child('format')?.attribute('type'),
    configOptions: readConfigOptions(pool),
    targetPath: pool.child('target')?.textOf('path'),
  };
}

export function readSize(size: XmlElement | undefined): number | undefined {
  return sizeInBytes(size?.text, size?.attribute('unit') ?? 'bytes');
}

function readConfigOptions(pool: XmlElement): ReadonlyMap<string, string> {
  const options = pool.child('config_opts', RBD_NAMESPACE)?.children('option', RBD_NAMESPACE) ?? [];
  return new Map(options.map((one) => [one.attribute('name') ?? '', one.attribute('value') ?? '']));
}
