import * as vscode from 'vscode';
import { messageOf } from '../../base/errors.ts';
import type { Disposable } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import type { HostRegistry } from '../../hosts/hostRegistry.ts';
import type { HostSession } from '../../hosts/hostSession.ts';
import type { InventoryChange } from '../../hosts/inventory/inventory.ts';
import type { PoolEntry } from '../../hosts/inventory/pools.ts';
import { documentAddress, documentScheme, documentUri } from '../documents/documentUri.ts';

/** Marks rows and editor tabs of objects with which something is wrong. VS Code asks only for those in sight. */
export class Decorations implements vscode.FileDecorationProvider, Disposable {
  readonly #registry: HostRegistry;
  readonly #changes = new vscode.EventEmitter<vscode.Uri | vscode.Uri[] | undefined>();
  readonly onDidChangeFileDecorations = this.#changes.event;
  readonly #disposables: Disposable[];
  #watched: Disposable[] = [];

  constructor(registry: HostRegistry) {
    this.#registry = registry;
    this.#disposables = [
      this.#changes,
      vscode.window.registerFileDecorationProvider(this),
      registry.onDidChange(() => {
        this.#watch();
      }),
    ];
    this.#watch();
  }

  async provideFileDecoration(uri: vscode.Uri): Promise<vscode.FileDecoration | undefined> {
    const address = uri.scheme === documentScheme ? documentAddress(uri) : undefined;
    const session = address && this.#registry.get(address.host);
    if (!session) return undefined;
    if (session.state.kind !== 'connected') {
      return session.attempted
        ? new vscode.FileDecoration('↯', t('{0} is not connected: this may be out of date.', session.name))
        : undefined;
    }
    if (address.folder === 'pools') return poolDecoration(session, address.name);
    if (address.folder === 'domains') return domainDecoration(session, address.name);
    return undefined;
  }

  #watch(): void {
    for (const disposable of this.#watched) disposable.dispose();
    this.#watched = this.#registry.sessions.flatMap((session) => [
      session.onDidChangeState(() => {
        this.#changes.fire(undefined);
      }),
      session.onDidChangeInventory((change) => {
        this.#inventoryChanged(session, change);
      }),
    ]);
  }

  #inventoryChanged(session: HostSession, { group, change }: InventoryChange): void {
    if (group !== 'domains' && group !== 'pools') return;
    if (change.kind === 'list') {
      this.#changes.fire(undefined);
      return;
    }
    const entry = session.inventory?.[group].entries.get(change.key);
    if (entry) this.#changes.fire(documentUri({ host: session.name, folder: group, name: entry.ref.name }));
  }

  dispose(): void {
    for (const disposable of [...this.#watched, ...this.#disposables]) disposable.dispose();
  }
}

function poolDecoration(session: HostSession, name: string): vscode.FileDecoration | undefined {
  const entry = find(session.inventory?.pools.entries, name);
  if (!entry) return undefined;
  const problem = poolProblem(entry);
  return problem === undefined ? undefined : warning(problem);
}

function poolProblem({ condition, autostart, active }: PoolEntry): string | undefined {
  if (condition?.kind === 'unknown') return messageOf(condition.error);
  if (autostart && !active) {
    return t(
      'It should start with the host, but is not active: perhaps its storage was not there yet when libvirt started.',
    );
  }
  return undefined;
}

async function domainDecoration(
  session: HostSession,
  name: string,
): Promise<vscode.FileDecoration | undefined> {
  const { inventory } = session;
  const entry = find(inventory?.domains.entries, name);
  if (!inventory || !entry) return undefined;
  try {
    const [xml, knowledge, { scan }, { checkRules }] = await Promise.all([
      inventory.domains.definition(entry.ref.uuid),
      session.connected?.knowledge.basics(),
      import('../../xml/scanner/scan.ts'),
      import('../../rules/check.ts'),
    ]);
    const worst = checkRules(scan(xml), knowledge).find(({ severity }) => severity !== 'information');
    return worst && warning(worst.message);
  } catch {
    // A domain that cannot be read now says so where it is opened; its row shows no verdict.
    return undefined;
  }
}

function find<Entry extends { readonly ref: { readonly name: string } }>(
  entries: ReadonlyMap<string, Entry> | undefined,
  name: string,
): Entry | undefined {
  return [...(entries?.values() ?? [])].find(({ ref }) => ref.name === name);
}

function warning(text: string): vscode.FileDecoration {
  return new vscode.FileDecoration('!', text, new vscode.ThemeColor('list.warningForeground'));
}
