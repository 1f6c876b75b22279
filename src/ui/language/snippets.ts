import * as vscode from 'vscode';
import type { Snippet } from '../../xml/snippets/snippet.ts';
import { languageId } from './libvirtDocuments.ts';
import { documentRange } from './ranges.ts';
import { scannedDocument } from './scannedDocuments.ts';

/** Snippets of whole documents and of devices, where they fit: snippets of the manifest would be offered in values too. */
export function registerSnippets(): vscode.Disposable {
  return vscode.languages.registerCompletionItemProvider(
    languageId,
    {
      async provideCompletionItems(document, position) {
        const [{ snippetPlace }, { loadSnippets }] = await Promise.all([
          import('../../xml/snippets/snippetPlace.ts'),
          import('../../xml/snippets/snippets.ts'),
        ]);
        const place = snippetPlace(await scannedDocument(document), document.offsetAt(position));
        if (place === undefined) return [];
        const range = documentRange(document, place.range);
        const isInTag = document.getText(range).startsWith('<');
        return (await loadSnippets(vscode.env.language))
          .filter(({ scope }) => place.scopes.includes(scope))
          .flatMap((snippet) =>
            snippet.prefixes.map((prefix) => itemFor(snippet, prefix, range, isInTag ? '<' : '')),
          );
      },
    },
    '<',
  );
}

/** @param typed what stands in the range before the prefix */
function itemFor(
  { name, description, body }: Snippet,
  prefix: string,
  range: vscode.Range,
  typed: string,
): vscode.CompletionItem {
  const item = new vscode.CompletionItem(
    { label: prefix, description: name },
    vscode.CompletionItemKind.Snippet,
  );
  item.insertText = new vscode.SnippetString(body);
  item.documentation = new vscode.MarkdownString()
    .appendText(description)
    .appendCodeblock(plain(body), 'xml');
  item.range = range;
  item.filterText = typed + prefix;
  // After the elements, which come first in the order of the document.
  item.sortText = `~${prefix}`;
  return item;
}

/** The text with the defaults of its tab stops. */
function plain(body: string): string {
  return body.replace(/\$\{\d+\|([^,|]+)[^|]*\|\}|\$\{\d+:([^{}]*)\}/g, '$1$2');
}
