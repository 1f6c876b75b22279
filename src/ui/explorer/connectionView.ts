import * as vscode from 'vscode';
import { messageOf, Problem } from '../../base/errors.ts';
import type { Disposable } from '../../base/events.ts';
import type { HostRegistry } from '../../hosts/hostRegistry.ts';
import type { HostSession } from '../../hosts/hostSession.ts';
import type { Explorer } from './explorer.ts';

const viewId = 'libvirt.connection';
const stateContext = 'libvirt.connection.state';

/**
 * A small view below the tree while the selected host, or else any host that was tried, is not connected: why, and the
 * buttons that help. It has no rows; its texts are the welcome texts of package.json, chosen by the state.
 */
export class ConnectionView implements Disposable {
  readonly #view = vscode.window.createTreeView(viewId, {
    treeDataProvider: { getChildren: () => [], getTreeItem: (item: vscode.TreeItem) => item },
  });
  readonly #registry: HostRegistry;
  readonly #explorer: Explorer;
  readonly #disposables: Disposable[];
  #watched: Disposable[] = [];

  constructor(registry: HostRegistry, explorer: Explorer) {
    this.#registry = registry;
    this.#explorer = explorer;
    this.#disposables = [
      this.#view,
      explorer.view.onDidChangeSelection(() => {
        this.#show();
      }),
      registry.onDidChange(() => {
        this.#watch();
      }),
    ];
    this.#watch();
  }

  #watch(): void {
    for (const disposable of this.#watched) disposable.dispose();
    this.#watched = this.#registry.sessions.map((session) =>
      session.onDidChangeState(() => {
        this.#show();
      }),
    );
    this.#show();
  }

  #show(): void {
    const session = this.#session();
    const state = session?.state.kind;
    const shown = state === 'connected' ? undefined : state;
    void vscode.commands.executeCommand('setContext', stateContext, shown);
    this.#view.description = session?.name ?? '';
    this.#view.message = session ? messageFor(session) : '';
  }

  /** The host of the selected row; without one that needs help, the first that was tried and is not connected. */
  #session(): HostSession | undefined {
    const needsHelp = (session: HostSession): boolean =>
      session.attempted && session.state.kind !== 'connected';
    const selected = this.#explorer.view.selection[0]?.host;
    return selected && needsHelp(selected) ? selected : this.#registry.sessions.find(needsHelp);
  }

  dispose(): void {
    for (const disposable of [...this.#watched, ...this.#disposables]) disposable.dispose();
  }
}

/** '' where there is nothing to say beyond the state. */
function messageFor({ state }: HostSession): string {
  if (state.kind !== 'failed' && state.kind !== 'lost') return '';
  const advice = state.error instanceof Problem ? state.error.advice : undefined;
  return advice === undefined ? messageOf(state.error) : `${messageOf(state.error)}\n\n${advice}`;
}
