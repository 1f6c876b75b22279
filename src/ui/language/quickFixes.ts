import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import type { Diagnosis } from '../../rules/checkDocument.ts';
import type { TextEdit } from '../../xml/edits.ts';
import type { Fix } from '../../xml/fix.ts';
import { Fixer } from '../../xml/fixes/fixer.ts';
import { markupFixes } from '../../xml/fixes/markup/markupFixes.ts';
import type { Analyses, Analysis } from './analyses.ts';
import { languageId } from './libvirtDocuments.ts';
import { PerSchema } from './perSchema.ts';
import { documentRange } from './ranges.ts';
import { switchOffActions } from './switchOffRule.ts';

const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('libvirt');

/** Offers the cures of what is wrong with a document, one by one and all that are clear at once. */
export class QuickFixes implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #analyses: Analyses;
  readonly #registration: vscode.Disposable;

  constructor(analyses: Analyses) {
    this.#analyses = analyses;
    this.#registration = vscode.languages.registerCodeActionsProvider({ language: languageId }, this, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, fixAllKind],
    });
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const analysis = await this.#analyses.of(document);
    if (context.only && fixAllKind.intersects(context.only)) return fixAllActions(document, analysis);
    return analysis.diagnoses
      .filter((diagnosis) => documentRange(document, diagnosis.range).intersection(range) !== undefined)
      .flatMap((diagnosis) => [
        ...fixesOf(diagnosis, analysis).map((fix) => actionFor(document, diagnosis, fix, context)),
        ...(diagnosis.source === 'rule' ? switchOffActions(document, analysis.xml, diagnosis) : []),
      ]);
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function fixesOf(diagnosis: Diagnosis, analysis: Analysis): readonly Fix[] {
  switch (diagnosis.source) {
    case 'markup':
      return markupFixes(analysis.xml, diagnosis.cause);
    case 'schema':
      return fixers.for(analysis)?.fixesOf(analysis.xml, diagnosis.cause) ?? [];
    case 'rule':
      return diagnosis.cause.fixes;
  }
}

/** They remember what of the documents they have judged. */
const fixers = new PerSchema((schema, source) => new Fixer(schema, source));

function fixAllActions(document: vscode.TextDocument, analysis: Analysis): vscode.CodeAction[] {
  const edits = fixers.for(analysis)?.fixAll(analysis.xml) ?? [];
  if (edits.length === 0) return [];
  const action = new vscode.CodeAction(t('Repair everything that has one answer'), fixAllKind);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.set(document.uri, textEdits(document, edits));
  return [action];
}

function actionFor(
  document: vscode.TextDocument,
  { code, range }: Diagnosis,
  fix: Fix,
  { diagnostics }: vscode.CodeActionContext,
): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.isPreferred = fix.isPreferred;
  const place = documentRange(document, range);
  action.diagnostics = diagnostics.filter((shown) => codeOf(shown) === code && shown.range.isEqual(place));
  action.edit = new vscode.WorkspaceEdit();
  action.edit.set(
    document.uri,
    'edits' in fix ? textEdits(document, fix.edits) : [snippetEdit(document, fix.snippet)],
  );
  return action;
}

function codeOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}

function textEdits(document: vscode.TextDocument, edits: readonly TextEdit[]): vscode.TextEdit[] {
  return edits.map((edit) => vscode.TextEdit.replace(documentRange(document, edit.range), edit.newText));
}

function snippetEdit(
  document: vscode.TextDocument,
  { range, snippet }: { readonly range: Diagnosis['range']; readonly snippet: string },
): vscode.SnippetTextEdit {
  const edit = new vscode.SnippetTextEdit(documentRange(document, range), new vscode.SnippetString(snippet));
  edit.keepWhitespace = true;
  return edit;
}
