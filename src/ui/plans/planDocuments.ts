import * as vscode from 'vscode';
import { messageOf } from '../../base/errors.ts';
import type { Disposable } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import type { Plan } from '../../operations/plan/plan.ts';
import type { PlanRun, StepState } from '../../operations/plan/runPlan.ts';

export const planScheme = 'libvirt-plan';

/** VS Code draws nothing new while one change comes after the other. */
const drawMs = 300;

interface PlanDocument {
  readonly uri: vscode.Uri;
  readonly run: PlanRun;
  readonly text: string;
  /** The line on which each step begins. */
  readonly stepLines: readonly number[];
}

/**
 * Procedures of several steps as documents: a shell script to read and to copy, with what runs it above, and how far it
 * is beside each step.
 */
export class PlanDocuments
  implements vscode.TextDocumentContentProvider, vscode.CodeLensProvider, Disposable
{
  readonly #documents = new Map<string, PlanDocument>();
  readonly #lensChanges = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#lensChanges.event;
  readonly #disposables: readonly Disposable[];
  #count = 0;
  #drawing: NodeJS.Timeout | undefined;

  constructor() {
    this.#disposables = [
      this.#lensChanges,
      vscode.workspace.registerTextDocumentContentProvider(planScheme, this),
      vscode.languages.registerCodeLensProvider({ scheme: planScheme }, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (this.#documents.get(uri.toString())?.run.state !== 'running')
          this.#documents.delete(uri.toString());
      }),
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.#showActions();
      }),
    ];
  }

  /** The plan of the editor that has the focus. */
  get active(): PlanDocument | undefined {
    const uri = vscode.window.activeTextEditor?.document.uri;
    return uri && this.#documents.get(uri.toString());
  }

  /** Shows a plan; it does not run before the person says so. */
  async open(plan: Plan): Promise<PlanRun> {
    const [{ PlanRun }, { planScript }] = await Promise.all([
      import('../../operations/plan/runPlan.ts'),
      import('../../operations/plan/planScript.ts'),
    ]);
    this.#count += 1;
    const file = `${plan.title.replaceAll('/', '∕')}.sh`;
    const uri = vscode.Uri.from({ scheme: planScheme, path: `/${this.#count}/${file}` });
    const run = new PlanRun(plan);
    this.#documents.set(uri.toString(), { uri, run, ...planScript(plan) });
    run.onDidChange(() => {
      this.#drawing ??= setTimeout(() => {
        this.#drawing = undefined;
        this.#lensChanges.fire();
        this.#showActions();
      }, drawMs);
    });
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, 'shellscript');
    await vscode.window.showTextDocument(document, { preview: false });
    return run;
  }

  /** The title of the editor offers what can be done now. */
  #showActions(): void {
    const run = this.active?.run;
    const canRun = run !== undefined && run.state !== 'running' && run.state !== 'done';
    const canUndo = run !== undefined && run.state !== 'running' && run.canUndo;
    void vscode.commands.executeCommand('setContext', 'libvirt.plan.canRun', canRun);
    void vscode.commands.executeCommand('setContext', 'libvirt.plan.canUndo', canUndo);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const known = this.#documents.get(uri.toString());
    return known?.text ?? `# ${t('This plan ended with its window. Start the command again.')}\n`;
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const known = this.#documents.get(uri.toString());
    if (!known) return [];
    const { run, stepLines } = known;
    const steps = run.steps.flatMap((state, index) => {
      const words = stateInWords(state);
      return words === undefined ? [] : [lens(stepLines[index] ?? 0, words, '')];
    });
    return [...actions(run).map(([title, command]) => lens(1, title, command)), ...steps];
  }

  dispose(): void {
    clearTimeout(this.#drawing);
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

function lens(line: number, title: string, command: string): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { title, command });
}

function actions({ state, canUndo }: PlanRun): readonly (readonly [title: string, command: string])[] {
  if (state === 'running') return [[`$(loading~spin) ${t('Running')}`, '']];
  const run = state === 'new' ? t('Run This Plan') : t('Run Again');
  return [
    state === 'done' ? [`$(pass-filled) ${t('All is done')}`, ''] : [`$(play) ${run}`, 'libvirt.plan.run'],
    [`$(copy) ${t('Copy as Shell Script')}`, 'libvirt.plan.copy'],
    ...(canUndo ? ([[`$(discard) ${t('Undo')}`, 'libvirt.plan.undo']] as const) : []),
  ];
}

/** undefined: it has not begun. */
function stateInWords(state: StepState): string | undefined {
  switch (state.kind) {
    case 'waiting':
      return undefined;
    case 'running': {
      const { fraction, message } = state.progress ?? {};
      const percent = fraction === undefined ? undefined : t('{0} %', Math.floor(fraction * 100));
      return `$(loading~spin) ${[t('running'), percent, message].filter((part) => part !== undefined).join(' · ')}`;
    }
    case 'done':
      return `$(pass) ${withNote(t('done'), state.note)}`;
    case 'already':
      return `$(check) ${withNote(t('it was so already'), state.note)}`;
    case 'failed':
      return `$(error) ${t('failed: {0}', messageOf(state.error))}`;
    case 'undoing':
      return `$(loading~spin) ${t('being undone')}`;
    case 'undone':
      return `$(discard) ${t('undone')}`;
    case 'left':
      return `$(warning) ${t('could not be undone: {0}', messageOf(state.error))}`;
  }
}

function withNote(words: string, note: string | undefined): string {
  return note === undefined ? words : t('{0}: {1}', words, note);
}
