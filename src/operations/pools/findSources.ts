import { CancelledError, messageOf } from '../../base/errors.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { LibvirtError } from '../../libvirt/errors.ts';
import { parsePoolSources, type FoundPoolSource } from '../../libvirt/model/poolSources.ts';
import { findPoolSources } from '../../libvirt/storagePools.ts';
import type { PoolType, StorageServer } from './newPool.ts';
import { sourceSpecXml } from './newPoolXml.ts';

/** What can be used, or why that cannot be said: nobody is kept from typing it. */
export type FoundSources =
  | { readonly kind: 'found'; readonly sources: readonly FoundPoolSource[] }
  | { readonly kind: 'unknown'; readonly reason: string };

/** A server that does not answer may keep libvirt waiting for minutes. */
const timeoutMs = 20_000;

/** What the host, or a server that it asks, has for pools of a type: netfs, logical, iscsi, gluster, zfs. */
export async function findSources(
  connection: LibvirtConnection,
  type: PoolType,
  servers: readonly StorageServer[],
  options?: WaitOptions,
): Promise<FoundSources> {
  const spec = servers.length === 0 ? undefined : sourceSpecXml(servers);
  try {
    const xml = await findPoolSources(connection, type, spec, { timeoutMs, ...options });
    return { kind: 'found', sources: await parsePoolSources(xml) };
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    return { kind: 'unknown', reason: reasonOf(error) };
  }
}

/** The daemon's sentence; of a program that failed, what it said itself. */
function reasonOf(error: unknown): string {
  const said = error instanceof LibvirtError ? (error.raw ?? error.message) : messageOf(error);
  const [, program] = /cannot execute binary (\S+?):/.exec(said) ?? [];
  const [, complaint] = /unexpected exit status \d+: (.*)$/s.exec(said) ?? [];
  return program === undefined
    ? (complaint ?? said).replace(/^(?:internal error|operation failed): /, '').trim()
    : said.slice(said.indexOf('cannot execute'));
}
