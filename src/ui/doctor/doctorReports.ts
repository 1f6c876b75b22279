import * as vscode from 'vscode';
import type { Disposable } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import type { Failure } from '../../doctor/failure.ts';
import type { Remedy } from '../../doctor/finding.ts';
import type { Report } from '../../doctor/report.ts';
import { applyRemedyId, openPageId } from './commandIds.ts';

export const doctorScheme = 'libvirt-doctor';

interface ReportDocument {
  readonly uri: vscode.Uri;
  readonly report: Report;
  /** Looks again; undefined for what has no second look. */
  readonly again: (() => Promise<Report>) | undefined;
}

/** What the doctor says, as Markdown documents with what helps above each finding. */
export class DoctorReports
  implements vscode.TextDocumentContentProvider, vscode.CodeLensProvider, Disposable
{
  readonly #documents = new Map<string, ReportDocument>();
  readonly #textChanges = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#textChanges.event;
  readonly #lensChanges = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#lensChanges.event;
  readonly #disposables: readonly Disposable[];
  #count = 0;

  constructor() {
    this.#disposables = [
      this.#textChanges,
      this.#lensChanges,
      vscode.workspace.registerTextDocumentContentProvider(doctorScheme, this),
      vscode.languages.registerCodeLensProvider({ scheme: doctorScheme }, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#documents.delete(uri.toString())),
    ];
  }

  /** The report of the editor that has the focus. */
  get active(): ReportDocument | undefined {
    const uri = vscode.window.activeTextEditor?.document.uri;
    return uri && this.#documents.get(uri.toString());
  }

  /** @param name of its tab @param again looks again */
  async open(name: string, report: Report, again?: () => Promise<Report>): Promise<void> {
    this.#count += 1;
    // A name from a host may hold what means something in a path.
    const file = name.replaceAll(/[\r\n]+/g, ' ').replaceAll('/', '∕');
    const uri = vscode.Uri.from({ scheme: doctorScheme, path: `/${this.#count}/${file}.md` });
    this.#documents.set(uri.toString(), { uri, report, again });
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, 'markdown');
    await vscode.window.showTextDocument(document, { preview: false });
  }

  /** Looks again, and puts what is found then into the same document. */
  async renew(document: ReportDocument): Promise<void> {
    const report = await document.again?.();
    if (!report) return;
    this.#documents.set(document.uri.toString(), { ...document, report });
    this.#textChanges.fire(document.uri);
    this.#lensChanges.fire();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const known = this.#documents.get(uri.toString());
    return known?.report.text ?? `${t('This report ended with its window. Check up again.')}\n`;
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const known = this.#documents.get(uri.toString());
    if (!known) return [];
    const { report, again } = known;
    return [
      ...(again ? [lens(0, `$(refresh) ${t('Check Again')}`, 'libvirt.doctor.again')] : []),
      lens(0, `$(copy) ${t('Copy as Markdown')}`, 'libvirt.doctor.copy'),
      ...report.findings.flatMap(({ finding, line, remedyLines }) => [
        pageLens(line, finding.failure),
        ...finding.remedies.map((remedy, index) =>
          lens(remedyLines[index] ?? line, actionOf(remedy), applyRemedyId, remedy, finding),
        ),
      ]),
      ...report.suspected.map(({ failure, line }) => pageLens(line, failure.id)),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

function actionOf({ kind }: Remedy): string {
  switch (kind) {
    case 'plan':
      return `$(wrench) ${t('Show the Plan')}`;
    case 'command':
      return `$(run) ${t('Start It')}`;
    case 'document':
      return `$(edit) ${t('Open XML')}`;
    case 'text':
      return `$(output) ${t('Read It')}`;
  }
}

function pageLens(line: number, failure: Failure['id']): vscode.CodeLens {
  return lens(line, `$(book) ${t('About This Failure')}`, openPageId, failure);
}

function lens(line: number, title: string, command: string, ...args: readonly unknown[]): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { title, command, arguments: [...args] });
}
