import type { XmlDocument } from '../document.ts';
import { attributeValue } from '../queries.ts';
import { nearest } from '../relaxng/nearest.ts';
import { documentKind, type DocumentKind } from '../roots.ts';

/** What an element of that name is at the top of a document, when the document is known to be libvirt's. */
const kinds: ReadonlyMap<string, DocumentKind> = new Map([
  ['domain', 'domain'],
  ['pool', 'pool'],
  ['volume', 'volume'],
  ['network', 'network'],
  ['networkport', 'networkport'],
  ['secret', 'secret'],
  ['domainsnapshot', 'domainsnapshot'],
  ['domaincheckpoint', 'domaincheckpoint'],
  ['domainbackup', 'domainbackup'],
  ['filter', 'nwfilter'],
  ['filterbinding', 'nwfilterbinding'],
  ['device', 'nodedev'],
  ['interface', 'interface'],
  ['capabilities', 'capabilities'],
  ['domainCapabilities', 'domainCapabilities'],
  ['storagepoolCapabilities', 'storagepoolCapabilities'],
  ...[
    ...['audio', 'channel', 'console', 'controller', 'crypto', 'disk', 'filesystem', 'graphics', 'hostdev'],
    ...['hub', 'input', 'iommu', 'lease', 'memballoon', 'memory', 'nvram', 'panic', 'parallel', 'redirdev'],
    ...['redirfilter', 'rng', 'serial', 'shmem', 'smartcard', 'sound', 'tpm', 'video', 'vsock', 'watchdog'],
  ].map((name) => [name, 'device'] as const),
]);

/** The names that libvirt's documents begin with. */
export const rootNames: readonly string[] = [...kinds.keys()];

/**
 * The kind of a document that somebody says is libvirt's: it is told by the name of its root alone, where what is in it
 * leaves a doubt, or by the name that it is misspelt from. undefined when no document of libvirt begins so.
 */
export function claimedKind(document: XmlDocument): DocumentKind | undefined {
  const { root } = document;
  if (root?.namespace !== '') return undefined;
  const kind =
    documentKind(document) ?? kinds.get(root.name) ?? kinds.get(nearest(root.name, rootNames) ?? '');
  // Of the host a network interface has a name; without it, it is a domain's.
  return kind === 'interface' && attributeValue(root, 'name') === undefined ? 'device' : kind;
}
