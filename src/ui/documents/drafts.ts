import * as vscode from 'vscode';
import type { Disposable } from '../../base/events.ts';
import type { SaveServices } from './saveDefinition.ts';

/** A document of an object that is not on the host yet: saving it makes the object. */
export interface Draft {
  /** What it opens with; later what was saved automatically. */
  text: string;
  /** Makes the object of what is in its document. @returns the document of the object, which may have another name */
  create(document: vscode.Uri, text: string, services: SaveServices): Promise<vscode.Uri>;
}

/** The drafts of this window, until their objects are made or they are discarded. */
export class Drafts implements Disposable {
  readonly #drafts = new Map<string, Draft>();
  readonly #changes = new vscode.EventEmitter<undefined>();
  readonly onDidChange = this.#changes.event;
  /** Why each of them is being saved, while it is. */
  readonly #reasons = new Map<string, vscode.TextDocumentSaveReason>();
  readonly #listener = vscode.workspace.onWillSaveTextDocument(({ document: { uri }, reason }) => {
    if (this.#drafts.has(uri.toString())) this.#reasons.set(uri.toString(), reason);
  });

  get(uri: vscode.Uri): Draft | undefined {
    return this.#drafts.get(uri.toString());
  }

  set(uri: vscode.Uri, draft: Draft): void {
    this.#drafts.set(uri.toString(), draft);
    this.#changes.fire(undefined);
  }

  delete(uri: vscode.Uri): void {
    this.#reasons.delete(uri.toString());
    if (this.#drafts.delete(uri.toString())) this.#changes.fire(undefined);
  }

  /** Whether the save under way is VS Code's own idea: nothing may be made then. */
  isSavedAutomatically(uri: vscode.Uri): boolean {
    const reason = this.#reasons.get(uri.toString());
    return reason !== undefined && reason !== vscode.TextDocumentSaveReason.Manual;
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changes.dispose();
  }
}
