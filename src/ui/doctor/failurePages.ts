import * as vscode from 'vscode';
import type { Failure } from '../../doctor/failure.ts';

const scheme = 'libvirt-failure';

/** The pages of the known failures, shown as VS Code shows Markdown. */
class FailurePages implements vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();

  constructor() {
    vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  async show(failure: Failure, text: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${failure.id}.md` });
    this.#texts.set(uri.toString(), text);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }
}

let pages: FailurePages | undefined;

/** Opens the page of a failure. */
export async function openFailurePage(id: string): Promise<void> {
  const [{ allFailures }, { pageText }] = await Promise.all([
    import('../../doctor/allFailures.ts'),
    import('../../doctor/pageText.ts'),
  ]);
  const failure = allFailures.find((one) => one.id === id);
  if (!failure) return;
  pages ??= new FailurePages();
  await pages.show(failure, pageText(failure));
}
