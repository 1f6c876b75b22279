import * as vscode from 'vscode';
import { Completer } from '../../xml/completion/completer.ts';
import type { Completions, Offer } from '../../xml/completion/offer.ts';
import type { Analyses } from './analyses.ts';
import { registerAutoClose } from './completionAutoClose.ts';
import type { DocumentedItem } from './completionItems.ts';
import { itemsFor } from './completionItems.ts';
import { languageId } from './libvirtDocuments.ts';
import { PerSchema } from './perSchema.ts';

const triggerCharacters = ['<', ' ', "'", '"', '=', '/', ':'];

/** Completion of elements, attributes and values from the schema and from what the host has; tags close themselves. */
export function registerCompletion(analyses: Pick<Analyses, 'of'>): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerCompletionItemProvider(
      languageId,
      new CompletionFromSchema(analyses),
      ...triggerCharacters,
    ),
    registerAutoClose(),
  );
}

/** Whether the character that was typed calls for such an offer: a space in a text does not call for elements. */
function isAskedFor({ kind }: Offer, { attribute }: Completions, typed: string | undefined): boolean {
  switch (typed) {
    case ' ':
      return kind === 'attribute';
    case "'":
    case '"':
    case '=':
      return kind === 'value' && attribute !== undefined;
    case '/':
      return kind === 'end-tag' || kind === 'value';
    default:
      return true;
  }
}

class CompletionFromSchema implements vscode.CompletionItemProvider<DocumentedItem> {
  readonly #analyses: Pick<Analyses, 'of'>;
  readonly #completers = new PerSchema((schema, source) => new Completer(schema, source));
  readonly #withoutSchema = new Completer(undefined);

  constructor(analyses: Pick<Analyses, 'of'>) {
    this.#analyses = analyses;
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
    { triggerCharacter }: vscode.CompletionContext,
  ): Promise<DocumentedItem[]> {
    const offset = document.offsetAt(position);
    const analysis = await this.#analyses.of(document);
    const completer = this.#completers.for(analysis) ?? this.#withoutSchema;
    if (token.isCancellationRequested) return [];
    const completions = completer.at(analysis.xml, offset);
    const offers = completions.offers.filter((offer) => isAskedFor(offer, completions, triggerCharacter));
    return itemsFor(document, analysis.xml, { ...completions, offers });
  }

  async resolveCompletionItem(item: DocumentedItem): Promise<DocumentedItem> {
    return item.resolve();
  }
}
