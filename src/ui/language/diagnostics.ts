import * as vscode from 'vscode';
import type { Finding, Severity } from '../../rules/rule.ts';
import type { Findings } from './findings.ts';
import { languageId } from './libvirtDocuments.ts';
import { documentRange } from './ranges.ts';

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** Shows in every open libvirt document what is wrong with it, on each keystroke. */
export class Diagnostics implements vscode.Disposable {
  readonly #findings: Findings;
  readonly #collection = vscode.languages.createDiagnosticCollection('libvirt');
  readonly #disposables: readonly vscode.Disposable[];

  constructor(findings: Findings) {
    this.#findings = findings;
    const checkAll = (): void => {
      for (const document of vscode.workspace.textDocuments) void this.#check(document);
    };
    this.#disposables = [
      vscode.workspace.onDidOpenTextDocument((document) => void this.#check(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => void this.#check(document)),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.#collection.delete(document.uri);
      }),
      findings.onDidLearn(checkAll),
    ];
    checkAll();
  }

  async #check(document: vscode.TextDocument): Promise<void> {
    if (document.languageId !== languageId) return;
    const { version, xml, findings } = await this.#findings.of(document);
    if (document.isClosed || document.version !== version) return;
    const faults = xml.faults.map(({ kind, range, message }) =>
      diagnosticAt(document, { range, message, severity: 'error', ruleId: kind }),
    );
    this.#collection.set(document.uri, [
      ...faults,
      ...findings.map((found) => diagnosticAt(document, found)),
    ]);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
    this.#collection.dispose();
  }
}

function diagnosticAt(
  document: vscode.TextDocument,
  { range, message, severity, ruleId }: Omit<Finding, 'fixes'>,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(documentRange(document, range), message, severities[severity]);
  diagnostic.source = 'libvirt';
  diagnostic.code = ruleId;
  return diagnostic;
}
