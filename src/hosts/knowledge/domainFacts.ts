import { readDisk, type DiskSource, type DomainDisk } from '../../libvirt/model/disk.ts';
import { parseXml, type XmlElement } from '../../libvirt/model/element.ts';
import type { KnownDisk, SecretReference } from '../../rules/hostKnowledge.ts';
import { rbdReferencesOf, type RbdReference } from './rbdReferences.ts';

/** What a domain's definition has and refers to, as far as others ask. */
export interface DomainFacts {
  /** In lower case. */
  readonly macs: readonly string[];
  readonly disks: readonly KnownDisk[];
  /** Which RBD images its disks name, and the images below those. */
  readonly images: readonly RbdReference[];
  /** Names. */
  readonly networks: readonly string[];
  readonly nwfilters: readonly string[];
  readonly secrets: readonly SecretReference[];
  /** As whom its RBD disks log in to Ceph. */
  readonly cephLogins: readonly CephLogin[];
}

/** A login of an RBD disk. */
export interface CephLogin {
  /** `libvirt` of client.libvirt */
  readonly username: string;
  /** The names or addresses of the monitors, without ports. */
  readonly monitors: readonly string[];
}

/** Reads what `getDomainXml()` gives. */
export async function readDomainFacts(xml: string): Promise<DomainFacts> {
  const devices = (await parseXml(xml)).child('devices');
  const interfaces = devices?.children('interface') ?? [];
  const disks = (devices?.children('disk') ?? []).map(readDisk);
  const facts: DomainFacts = {
    macs: interfaces.flatMap((one) => one.child('mac')?.attribute('address')?.toLowerCase() ?? []),
    disks: disks.map(knownDisk),
    images: disks.flatMap(rbdReferencesOf),
    networks: interfaces.flatMap((one) => one.child('source')?.attribute('network') ?? []),
    nwfilters: interfaces.flatMap((one) => one.child('filterref')?.attribute('filter') ?? []),
    secrets: devices ? [...secretsWithin(devices)] : [],
    cephLogins: disks.flatMap(({ source }) => loginOf(source) ?? []),
  };
  // Strings that were cut out of the XML would keep all of it in memory; the copies are their own.
  return structuredClone(facts);
}

function loginOf(source: DiskSource | undefined): CephLogin | undefined {
  if (source?.type !== 'network' || source.protocol !== 'rbd' || !source.auth) return undefined;
  return { username: source.auth.username, monitors: source.hosts.flatMap(({ name }) => name ?? []) };
}

function knownDisk({ target, source, shareable, readOnly }: DomainDisk): KnownDisk {
  const storage = source && storageOf(source);
  return { target, storage, isShareable: shareable, isReadOnly: readOnly };
}

/** As `KnownDisk.storage` has it. */
function storageOf(source: DiskSource): string | undefined {
  switch (source.type) {
    case 'file':
    case 'block':
    case 'dir':
      return `${source.type}:${source.path}`;
    case 'volume':
      return `volume:${source.pool}/${source.volume}`;
    case 'network': {
      if (source.protocol !== 'rbd') return undefined;
      return source.snapshot === undefined ? `rbd:${source.name}` : `rbd:${source.name}@${source.snapshot}`;
    }
    case 'other':
      return undefined;
  }
}

/** Of logins and encryption `<secret uuid=... usage=...>`, of a TPM `<encryption secret=...>`. */
function* secretsWithin(element: XmlElement): Generator<SecretReference> {
  const uuid = element.attribute(element.name === 'secret' ? 'uuid' : 'secret');
  const usage = element.name === 'secret' ? element.attribute('usage') : undefined;
  if (uuid !== undefined && (element.name === 'secret' || element.name === 'encryption')) yield { uuid };
  else if (usage !== undefined) yield { usage };
  for (const child of element.elements) yield* secretsWithin(child);
}
