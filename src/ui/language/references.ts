import * as vscode from 'vscode';
import type { HostSession } from '../../hosts/hostSession.ts';
import type { ObjectReference } from '../../xml/references/objectReference.ts';
import { definitionUri, domainsUsing, type HostOfDocument, knowledgeOf } from './hostOfDocument.ts';
import { languageId } from './libvirtDocuments.ts';
import { documentRange } from './ranges.ts';
import { definitionsOf, placesInDocument, placesInFile, type Target } from './referenceSearch.ts';
import { scannedDocument } from './scannedDocuments.ts';

/** Definitions of domains that are read from the host for one search. */
const maxReadDomains = 50;

/**
 * "Go to Definition" from a name to the document of the object (disk to volume to pool, interface to network, login to
 * secret), and "Find All References" back.
 */
export function registerReferences(hosts: HostOfDocument): vscode.Disposable {
  const references = new References(hosts);
  return vscode.Disposable.from(
    vscode.languages.registerDefinitionProvider(languageId, references),
    vscode.languages.registerReferenceProvider(languageId, references),
  );
}

class References implements vscode.DefinitionProvider, vscode.ReferenceProvider {
  readonly #hosts: HostOfDocument;

  constructor(hosts: HostOfDocument) {
    this.#hosts = hosts;
  }

  async provideDefinition(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.LocationLink[]> {
    const { reference, isDefinition } = (await named(document, position)) ?? {};
    if (reference === undefined) return [];
    const originSelectionRange = documentRange(document, reference.range);
    if (isDefinition === true) {
      return [{ originSelectionRange, targetUri: document.uri, targetRange: originSelectionRange }];
    }
    const host = this.#hosts.of(document);
    if (host === undefined) return [];
    const { resolveName } = await import('../../rules/references/resolveName.ts');
    const objects = resolveName(reference.object, await knowledgeOf(host));
    return objects
      .flatMap((object) => definitionUri(host, object) ?? [])
      .map((targetUri) => ({ originSelectionRange, targetUri, targetRange: new vscode.Range(0, 0, 0, 0) }));
  }

  async provideReferences(
    document: vscode.TextDocument,
    position: vscode.Position,
    { includeDeclaration }: vscode.ReferenceContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.Location[]> {
    const found = await named(document, position);
    if (found === undefined) return [];
    const host = this.#hosts.of(document);
    const knowledge = await knowledgeOf(host);
    const { resolveName } = await import('../../rules/references/resolveName.ts');
    const names = found.isDefinition
      ? (await definitionsOf(await scannedDocument(document), document.uri)).map(({ object }) => object)
      : [found.reference.object];
    const addresses = names.flatMap((name) => resolveName(name, knowledge));
    const target = { names, addresses };
    const open = vscode.workspace.textDocuments.filter(
      (other) => other.languageId === languageId && this.#hosts.of(other) === host,
    );
    const search = { target, knowledge, includeDeclaration };
    const inOpen = await Promise.all(open.map((other) => placesInDocument(other, search)));
    const closed = host === undefined || token.isCancellationRequested ? [] : usersOf(host, target, open);
    const inClosed = await Promise.all(closed.map((uri) => placesInFile(uri, search)));
    return [...inOpen, ...inClosed].flat();
  }
}

/** The name at the position, of another object or of the document's own. */
async function named(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<{ readonly reference: ObjectReference; readonly isDefinition: boolean } | undefined> {
  const { referenceAt } = await import('../../xml/references/referencesIn.ts');
  const offset = document.offsetAt(position);
  const xml = await scannedDocument(document);
  const reference = referenceAt(xml, offset);
  if (reference !== undefined) return { reference, isDefinition: false };
  const definitions = await definitionsOf(xml, document.uri);
  const own = definitions.find(({ range }) => range.start <= offset && offset <= range.end);
  return own && { reference: own, isDefinition: true };
}

/** The documents of domains that use the object and are not open. */
function usersOf(
  host: HostSession,
  { addresses }: Target,
  open: readonly vscode.TextDocument[],
): readonly vscode.Uri[] {
  const known = new Set(open.map(({ uri }) => uri.toString()));
  const names = new Set(addresses.flatMap((address) => domainsUsing(host, address)));
  return [...names]
    .flatMap((name) => definitionUri(host, { kind: 'domain', name }) ?? [])
    .filter((uri) => !known.has(uri.toString()))
    .slice(0, maxReadDomains);
}
