import * as vscode from 'vscode';
import type { HostKnowledge } from '../../rules/hostKnowledge.ts';
import type { ObjectAddress } from '../../rules/references/objectAddress.ts';
import type { TextRange, XmlDocument } from '../../xml/document.ts';
import type { ObjectName, ObjectReference } from '../../xml/references/objectReference.ts';
import { documentAddress } from '../documents/documentUri.ts';
import { documentRange, toRange } from './ranges.ts';
import { scannedDocument } from './scannedDocuments.ts';

/** The object whose references are wanted: its names in the document that asked, and which object of the host that is. */
export interface Target {
  readonly names: readonly ObjectName[];
  readonly addresses: readonly ObjectAddress[];
}

export interface ReferenceSearch {
  readonly target: Target;
  readonly knowledge: HostKnowledge | undefined;
  /** The places where the object itself gets its names, too. */
  readonly includeDeclaration: boolean;
}

export async function placesInDocument(
  document: vscode.TextDocument,
  search: ReferenceSearch,
): Promise<vscode.Location[]> {
  const ranges = await rangesIn(await scannedDocument(document), document.uri, search);
  return ranges.map((range) => new vscode.Location(document.uri, documentRange(document, range)));
}

/** As {@link placesInDocument}, without opening it; none when it cannot be read. */
export async function placesInFile(uri: vscode.Uri, search: ReferenceSearch): Promise<vscode.Location[]> {
  const { scan } = await import('../../xml/scanner/scan.ts');
  const content = await vscode.workspace.fs.readFile(uri).then(undefined, () => undefined);
  if (content === undefined) return [];
  const text = Buffer.from(content).toString('utf8');
  const ranges = await rangesIn(scan(text), uri, search);
  return Promise.all(ranges.map(async (range) => new vscode.Location(uri, await toRange(text, range))));
}

/** The places where the document gives names to the object it defines. */
export async function definitionsOf(xml: XmlDocument, uri: vscode.Uri): Promise<readonly ObjectReference[]> {
  const { definitionsIn } = await import('../../xml/references/definitionsIn.ts');
  return definitionsIn(xml, documentAddress(uri)?.pool);
}

async function rangesIn(
  xml: XmlDocument,
  uri: vscode.Uri,
  { target, knowledge, includeDeclaration }: ReferenceSearch,
): Promise<TextRange[]> {
  const [{ mentionsOf }, { isSameName }] = await Promise.all([
    import('../../rules/references/mentionsOf.ts'),
    import('../../xml/references/objectReference.ts'),
  ]);
  const definitions = includeDeclaration ? await definitionsOf(xml, uri) : [];
  const own = definitions.filter(({ object }) => target.names.some((name) => isSameName(name, object)));
  return [...own, ...mentionsOf(xml, target, knowledge)].map(({ range }) => range);
}
