import * as vscode from 'vscode';
import { toRange } from '../language/ranges.ts';

/** Why a host refused a document, in Problems, at the best place known; until the document changes. */
export class ServerFaults implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('libvirt-host');
  readonly #listener = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length > 0) this.#collection.delete(document.uri);
  });

  async report(uri: vscode.Uri, text: string, error: unknown): Promise<void> {
    const [{ LibvirtError }, { scan }, { locateServerFault }] = await Promise.all([
      import('../../libvirt/errors.ts'),
      import('../../xml/scanner/scan.ts'),
      import('../../xml/serverFaults.ts'),
    ]);
    if (!(error instanceof LibvirtError)) return;
    const said = error.raw ?? error.message;
    const { range } = locateServerFault(scan(text), said);
    const diagnostic = new vscode.Diagnostic(
      await toRange(text, range),
      said,
      vscode.DiagnosticSeverity.Error,
    );
    diagnostic.source = 'libvirt';
    this.#collection.set(uri, [diagnostic]);
  }

  clear(uri: vscode.Uri): void {
    this.#collection.delete(uri);
  }

  dispose(): void {
    this.#listener.dispose();
    this.#collection.dispose();
  }
}
