import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import type { Completions, Offer, OfferKind } from '../../xml/completion/offer.ts';
import type { XmlDocument } from '../../xml/document.ts';
import type { Subject } from '../../xml/documentation/documentation.ts';
import { documentRange } from './ranges.ts';

const kinds: Readonly<Record<OfferKind, vscode.CompletionItemKind>> = {
  element: vscode.CompletionItemKind.Property,
  attribute: vscode.CompletionItemKind.Field,
  value: vscode.CompletionItemKind.Value,
  'end-tag': vscode.CompletionItemKind.Keyword,
};

/** An offer in VS Code's list. What libvirt says about it is looked up when the row is selected. */
export class DocumentedItem extends vscode.CompletionItem {
  readonly #xml: XmlDocument;
  readonly #completions: Completions;
  readonly #offer: Offer;

  constructor(xml: XmlDocument, completions: Completions, offer: Offer) {
    const description = offer.detail ?? (offer.isRequired ? t('required') : undefined);
    super(description === undefined ? offer.label : { label: offer.label, description }, kinds[offer.kind]);
    this.#xml = xml;
    this.#completions = completions;
    this.#offer = offer;
  }

  async resolve(): Promise<this> {
    const subject = await this.#subject();
    if (subject === undefined) return this;
    const { documentationOf, loadTexts } = await import('../../xml/documentation/documentation.ts');
    const known = documentationOf(subject, await loadTexts(vscode.env.language));
    if (known === undefined) return this;
    const text = new vscode.MarkdownString();
    if (known.text !== undefined) text.appendMarkdown(`${known.text}\n\n`);
    text.appendMarkdown(`[${t('libvirt documentation')}](${known.url})`);
    this.documentation = text;
    return this;
  }

  async #subject(): Promise<Subject | undefined> {
    const { element, attribute } = this.#completions;
    const { kind, label } = this.#offer;
    if (kind === 'end-tag') return undefined;
    if (element === undefined) return { path: label };
    const [{ documentPath }, { claimedKind }] = await Promise.all([
      import('../../xml/documentation/documentPath.ts'),
      import('../../xml/schemas/rootKinds.ts'),
    ]);
    const path = documentPath(element, claimedKind(this.#xml));
    switch (kind) {
      case 'element':
        return { path: `${path}/${label}` };
      case 'attribute':
        return { path, attribute: label };
      case 'value':
        return attribute === undefined ? { path } : { path, attribute, value: label };
    }
  }
}

/** The offers as VS Code shows them, in their order. */
export function itemsFor(
  document: vscode.TextDocument,
  xml: XmlDocument,
  completions: Completions,
): DocumentedItem[] {
  const range = documentRange(document, completions.range);
  const selected = isSelected(document, range) ? document.getText(range) : undefined;
  return completions.offers.map((offer, index) => {
    const item = new DocumentedItem(xml, completions, offer);
    item.range = range;
    item.filterText = selected ?? offer.filterText;
    item.sortText = String(index).padStart(4, '0');
    item.insertText = new vscode.SnippetString(offer.snippet);
    item.keepWhitespace = true;
    if (awaitsMore(offer)) {
      item.command = { command: 'editor.action.triggerSuggest', title: '' };
    }
    return item;
  });
}

/** A tab stop's default is selected: it is not what was typed, so nothing is left out for its sake. */
function isSelected(document: vscode.TextDocument, range: vscode.Range): boolean {
  const editor = vscode.window.activeTextEditor;
  return editor?.document === document && !editor.selection.isEmpty && editor.selection.isEqual(range);
}

/** The cursor comes to rest where something else is to be completed. */
function awaitsMore({ kind, snippet }: Offer): boolean {
  return kind === 'attribute' ? snippet.includes('${1:}') : kind === 'element' && snippet.endsWith(' $0/>');
}
