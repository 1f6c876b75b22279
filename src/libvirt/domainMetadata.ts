import type { WaitOptions } from '../base/waiting.ts';
import type { LibvirtConnection } from './connection.ts';
import { domainSetMetadata } from './protocol/domain.ts';
import { DomainMetadata } from './protocol/domainFlags.ts';
import type { DomainRef } from './protocol/refs.ts';

/**
 * Sets the title or the description; '' removes it. A title is one line.
 * @param flags of `DomainAffect`
 */
export async function setDomainText(
  connection: LibvirtConnection,
  domain: DomainRef,
  what: 'title' | 'description',
  text: string,
  flags: number,
  options?: WaitOptions,
): Promise<void> {
  const metadata = text === '' ? undefined : text;
  const args = { domain, type: DomainMetadata[what], metadata, key: undefined, uri: undefined, flags };
  await connection.call(domainSetMetadata, args, options);
}
