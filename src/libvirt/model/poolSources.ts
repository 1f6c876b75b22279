import { parseXml } from './element.ts';
import { readHosts, type SourceHost } from './storageSource.ts';

/** Something that a pool can be made of. */
export interface FoundPoolSource {
  /** Of a volume group, a zpool or a Gluster volume. */
  readonly name: string | undefined;
  readonly hosts: readonly SourceHost[];
  /** Paths on the host, or the target's name of iSCSI. */
  readonly devices: readonly string[];
  /** What a server exports. */
  readonly directory: string | undefined;
  readonly format: string | undefined;
}

/** Reads what `findPoolSources()` gives. */
export async function parsePoolSources(xml: string): Promise<readonly FoundPoolSource[]> {
  return (await parseXml(xml)).children('source').map((source) => ({
    name: source.textOf('name'),
    hosts: readHosts(source),
    devices: source.children('device').flatMap((device) => device.attribute('path') ?? []),
    directory: source.child('dir')?.attribute('path'),
    format: source.child('format')?.attribute('type'),
  }));
}
