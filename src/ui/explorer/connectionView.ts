import * as vscode from 'vscode';
import { Problem, rootCause } from '../../base/errors.ts';
import type { Disposable } from '../../base/events.ts';
import { HostError } from '../../hosts/hostErrors.ts';
import type { HostRegistry } from '../../hosts/hostRegistry.ts';
import type { HostSession } from '../../hosts/hostSession.ts';
import type { Explorer } from './explorer.ts';

const viewId = 'libvirt.connection';

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
  #remedy: string | undefined;

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

  /** The command line that would help the host shown here. */
  get remedy(): string | undefined {
    return this.#remedy;
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
    const state = session?.state;
    const error = state?.kind === 'failed' || state?.kind === 'lost' ? rootCause(state.error) : undefined;
    this.#remedy = error instanceof HostError ? error.remedy : undefined;
    this.#view.description = session?.name ?? '';
    const contexts: readonly (readonly [string, unknown])[] = [
      ['state', state?.kind === 'connected' ? undefined : state?.kind],
      ['reason', error instanceof Problem ? reasonOf(error) : 'other'],
      ['hasRemedy', this.#remedy !== undefined],
    ];
    for (const [name, value] of contexts) {
      void vscode.commands.executeCommand('setContext', `libvirt.connection.${name}`, value);
    }
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

const networkCodes = ['refused', 'host-not-found', 'unreachable', 'timeout', 'connection-lost'];
const ownWelcome = ['no-permission', 'no-libvirt', 'forwarding-forbidden', 'host-key-changed', 'auth-failed'];

/** Which of the welcome texts of package.json tells the reason; the exact words stand in the host's row. */
function reasonOf({ code }: Problem): string {
  const name = String(code);
  if (ownWelcome.includes(name)) return name;
  return networkCodes.includes(name) ? 'network' : 'other';
}
