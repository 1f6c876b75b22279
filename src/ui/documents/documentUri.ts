import * as vscode from 'vscode';

/** The scheme of definitions as the host keeps them: reading is dumpxml, saving is define. */
export const documentScheme = 'libvirt';
/** The scheme of read-only texts: the XML of a running domain as it is now. */
export const liveScheme = 'libvirt-live';

export const documentFolders = ['domains', 'pools', 'volumes', 'networks', 'secrets'] as const;

/** The folder an object's document lies in. */
export type DocumentFolder = (typeof documentFolders)[number];

/** Which object a document is: `libvirt:/kvm1/domains/web1.xml`, `libvirt:/kvm1/volumes/rbd-pool/web1.xml`. */
export interface DocumentAddress {
  readonly host: string;
  readonly folder: DocumentFolder;
  /** The pool of a volume. */
  readonly pool?: string | undefined;
  /** The object's name; a secret has none: its UUID. */
  readonly name: string;
}

const extension = '.xml';

export function documentUri(address: DocumentAddress, scheme: string = documentScheme): vscode.Uri {
  const segments = [address.host, address.folder, ...(address.pool === undefined ? [] : [address.pool])];
  const path = [...segments, address.name].map(escapeSegment).join('/');
  return vscode.Uri.from({ scheme, path: `/${path}${extension}` });
}

/** undefined for a URI that is no object's document. */
export function documentAddress(uri: vscode.Uri): DocumentAddress | undefined {
  if (!uri.path.endsWith(extension)) return undefined;
  const segments = uri.path.slice(1, -extension.length).split('/').map(unescapeSegment);
  const [host, folder] = segments;
  const name = segments.at(-1);
  if (host === undefined || name === undefined || !isFolder(folder)) return undefined;
  if (segments.length !== (folder === 'volumes' ? 4 : 3)) return undefined;
  return { host, folder, name, pool: folder === 'volumes' ? segments[2] : undefined };
}

function isFolder(text: string | undefined): text is DocumentFolder {
  return documentFolders.some((folder) => folder === text);
}

/** Names from a host may hold what means something in a path; those characters become %XX. */
function escapeSegment(name: string): string {
  const escaped = name.replace(/[%/\\\p{Cc}]/gu, (character) => encodeURIComponent(character));
  return /^\.+$/.test(escaped) ? escaped.replaceAll('.', '%2E') : escaped;
}

function unescapeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const secretsQuery = 'passwords';

/** The same document with the passwords in it that libvirt otherwise leaves out. */
export function withSecrets(uri: vscode.Uri): vscode.Uri {
  return uri.with({ query: secretsQuery });
}

export function hasSecrets(uri: vscode.Uri): boolean {
  return uri.query === secretsQuery;
}
