import type * as vscode from 'vscode';
import type { HostRegistry } from '../../hosts/hostRegistry.ts';
import type { HostSession } from '../../hosts/hostSession.ts';
import type { HostKnowledge } from '../../rules/hostKnowledge.ts';
import type { ObjectAddress } from '../../rules/references/objectAddress.ts';
import {
  documentAddress,
  documentFolders,
  documentScheme,
  documentUri,
  liveScheme,
} from '../documents/documentUri.ts';

/** Which host the objects that a document names are looked for on, and what that host has. */
export class HostOfDocument {
  readonly #registry: HostRegistry;
  readonly #currentHost: () => HostSession | undefined;

  /** @param currentHost the host of files that belong to none */
  constructor(registry: HostRegistry, currentHost: () => HostSession | undefined) {
    this.#registry = registry;
    this.#currentHost = currentHost;
  }

  of({ uri }: vscode.TextDocument): HostSession | undefined {
    if (uri.scheme !== documentScheme && uri.scheme !== liveScheme) return this.#currentHost();
    const address = documentAddress(uri);
    return address && this.#registry.get(address.host);
  }
}

/** undefined while the host is not connected. */
export async function knowledgeOf(host: HostSession | undefined): Promise<HostKnowledge | undefined> {
  const knowledge = host?.connected?.knowledge;
  return knowledge?.current ?? (await knowledge?.basics());
}

/** The object's definition; undefined for objects that have no document. */
export function definitionUri(
  host: HostSession,
  { kind, pool, name }: ObjectAddress,
): vscode.Uri | undefined {
  const folder = documentFolders.find((candidate) => candidate === `${kind}s`);
  return folder && documentUri({ host: host.name, folder, pool, name });
}

/** Names of the domains whose definition uses the object, as far as the host has told. */
export function domainsUsing(host: HostSession, object: ObjectAddress): readonly string[] {
  const knowledge = host.connected?.knowledge;
  if (knowledge === undefined) return [];
  const { kind, pool, name } = object;
  const users = (): readonly { readonly name: string }[] | undefined => {
    switch (kind) {
      case 'volume':
        return pool === undefined ? undefined : knowledge.usersOf({ kind, pool, name });
      case 'secret':
        return knowledge.usersOf({ kind, uuid: name });
      case 'pool':
      case 'network':
      case 'nwfilter':
        return knowledge.usersOf({ kind, name });
      case 'domain':
        return undefined;
    }
  };
  return (users() ?? []).map((domain) => domain.name);
}
