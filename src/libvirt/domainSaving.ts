import type { WaitOptions } from '../base/waiting.ts';
import type { LibvirtConnection } from './connection.ts';
import * as protocol from './protocol/domain.ts';
import type { DomainRef } from './protocol/refs.ts';

/** Saves the guest's memory on the host and stops it; the next start goes on from there. @param flags of `DomainSave` */
export async function managedSaveDomain(
  connection: LibvirtConnection,
  domain: DomainRef,
  flags = 0,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.domainManagedSave, { domain, flags }, options);
}

export async function hasManagedSave(
  connection: LibvirtConnection,
  domain: DomainRef,
  options?: WaitOptions,
): Promise<boolean> {
  const args = { domain, flags: 0 };
  return (await connection.call(protocol.domainHasManagedSaveImage, args, options)).result;
}

export async function removeManagedSave(
  connection: LibvirtConnection,
  domain: DomainRef,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.domainManagedSaveRemove, { domain, flags: 0 }, options);
}

/**
 * Saves the guest's memory to a file on the host and stops it. A file that is there is written over.
 * @param flags of `DomainSave`
 */
export async function saveDomain(
  connection: LibvirtConnection,
  domain: DomainRef,
  file: string,
  flags = 0,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.domainSaveFlags, { domain, to: file, xml: undefined, flags }, options);
}

/** Goes on with what `saveDomain()` wrote; the domain must be off. @param flags of `DomainSave` */
export async function restoreDomain(
  connection: LibvirtConnection,
  file: string,
  flags = 0,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.domainRestoreFlags, { from: file, xml: undefined, flags }, options);
}

/** The XML of the domain that a file holds. */
export async function getSavedDomainXml(
  connection: LibvirtConnection,
  file: string,
  options?: WaitOptions,
): Promise<string> {
  return (await connection.call(protocol.domainSaveImageGetXmlDesc, { file, flags: 0 }, options)).xml;
}

/**
 * Writes the guest's memory to a file on the host, for a debugger. A file that is there is written over.
 * @param format one of `CoreDumpFormat` @param flags of `CoreDump`
 */
export async function dumpDomainCore(
  connection: LibvirtConnection,
  domain: DomainRef,
  file: string,
  format: number,
  flags: number,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.domainCoreDumpWithFormat, { domain, to: file, format, flags }, options);
}
