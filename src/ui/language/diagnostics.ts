import * as vscode from 'vscode';
import { allRules } from '../../rules/allRules.ts';
import type { Diagnosis } from '../../rules/checkDocument.ts';
import type { Severity } from '../../rules/rule.ts';
import type { Analyses } from './analyses.ts';
import { languageId } from './libvirtDocuments.ts';
import { documentRange } from './ranges.ts';

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** Shows in every open libvirt document what is wrong with it, on each keystroke. */
export class Diagnostics implements vscode.Disposable {
  readonly #analyses: Analyses;
  readonly #collection = vscode.languages.createDiagnosticCollection('libvirt');
  readonly #disposables: readonly vscode.Disposable[];

  constructor(analyses: Analyses) {
    this.#analyses = analyses;
    const checkAll = (): void => {
      for (const document of vscode.workspace.textDocuments) void this.#check(document);
    };
    this.#disposables = [
      vscode.workspace.onDidOpenTextDocument((document) => void this.#check(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => void this.#check(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#collection.delete(uri);
      }),
      analyses.onDidChange(checkAll),
    ];
    checkAll();
  }

  async #check(document: vscode.TextDocument): Promise<void> {
    if (document.languageId !== languageId) return;
    const { version, diagnoses } = await this.#analyses.of(document);
    if (document.isClosed || document.version !== version) return;
    this.#collection.set(
      document.uri,
      diagnoses.map((diagnosis) => diagnosticOf(document, diagnosis)),
    );
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
    this.#collection.dispose();
  }
}

function diagnosticOf(document: vscode.TextDocument, diagnosis: Diagnosis): vscode.Diagnostic {
  const { range, message, severity, code, source } = diagnosis;
  const diagnostic = new vscode.Diagnostic(documentRange(document, range), message, severities[severity]);
  diagnostic.source = 'libvirt';
  const rule = source === 'rule' ? allRules.find(({ id }) => id === code) : undefined;
  diagnostic.code = rule ? { value: code, target: vscode.Uri.parse(rule.documentationUrl) } : code;
  return diagnostic;
}
