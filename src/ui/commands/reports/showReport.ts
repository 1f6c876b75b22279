import * as vscode from 'vscode';

const scheme = 'libvirt-report';

/** What was found out, as documents to read and to copy from: they are never saved, and nothing asks about them. */
class Reports implements vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  #count = 0;

  constructor() {
    vscode.workspace.registerTextDocumentContentProvider(scheme, this);
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString()));
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  async show(title: string, text: string): Promise<void> {
    this.#count += 1;
    const path = `/${this.#count}/${title.replaceAll('/', '∕')}.txt`;
    const uri = vscode.Uri.from({ scheme, path });
    this.#texts.set(uri.toString(), text);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: false });
  }
}

let reports: Reports | undefined;

/** Opens a text that was made for reading. @param title the name of its tab */
export async function showReport(title: string, lines: readonly string[]): Promise<void> {
  reports ??= new Reports();
  // A name from a cluster may hold a line break.
  await reports.show(title.replaceAll(/[\r\n]+/g, ' '), `${lines.join('\n')}\n`);
}
