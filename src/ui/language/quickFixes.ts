import * as vscode from 'vscode';
import type { Finding } from '../../rules/rule.ts';
import type { Fix } from '../../xml/fix.ts';
import type { Findings } from './findings.ts';
import { languageId } from './libvirtDocuments.ts';
import { documentRange } from './ranges.ts';

/** Offers the cures of what the rules find. */
export class QuickFixes implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #findings: Findings;
  readonly #registration: vscode.Disposable;

  constructor(findings: Findings) {
    this.#findings = findings;
    this.#registration = vscode.languages.registerCodeActionsProvider({ language: languageId }, this, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    });
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const { findings } = await this.#findings.of(document);
    return findings
      .filter((finding) => documentRange(document, finding.range).intersection(range) !== undefined)
      .flatMap((finding) => finding.fixes.map((fix) => actionFor(document, finding, fix, context)));
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function actionFor(
  document: vscode.TextDocument,
  finding: Finding,
  fix: Fix,
  { diagnostics }: vscode.CodeActionContext,
): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.isPreferred = fix.isPreferred;
  action.diagnostics = diagnostics.filter(({ code }) => code === finding.ruleId);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.set(
    document.uri,
    'edits' in fix
      ? fix.edits.map((edit) => vscode.TextEdit.replace(documentRange(document, edit.range), edit.newText))
      : [snippetEdit(document, fix.snippet)],
  );
  return action;
}

function snippetEdit(
  document: vscode.TextDocument,
  { range, snippet }: { readonly range: Finding['range']; readonly snippet: string },
): vscode.SnippetTextEdit {
  const edit = new vscode.SnippetTextEdit(documentRange(document, range), new vscode.SnippetString(snippet));
  edit.keepWhitespace = true;
  return edit;
}
