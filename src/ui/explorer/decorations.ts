import * as vscode from 'vscode';
import type { Disposable } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import type { HostRegistry } from '../../hosts/hostRegistry.ts';
import type { HostSession } from '../../hosts/hostSession.ts';
import type { InventoryChange } from '../../hosts/inventory/inventory.ts';
import type { FoundProblems } from '../doctor/foundProblems.ts';
import { documentAddress, documentScheme, documentUri } from '../documents/documentUri.ts';

/** Marks rows and editor tabs of objects with which something is wrong. VS Code asks only for those in sight. */
export class Decorations implements vscode.FileDecorationProvider, Disposable {
  readonly #registry: HostRegistry;
  readonly #found: FoundProblems;
  readonly #changes = new vscode.EventEmitter<vscode.Uri | vscode.Uri[] | undefined>();
  readonly onDidChangeFileDecorations = this.#changes.event;
  readonly #disposables: Disposable[];
  #watched: Disposable[] = [];

  constructor(registry: HostRegistry, found: FoundProblems) {
    this.#registry = registry;
    this.#found = found;
    this.#disposables = [
      this.#changes,
      found.onDidChange(() => {
        this.#changes.fire(undefined);
      }),
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
    if (address.folder === 'pools') return this.#poolDecoration(session, address.name);
    if (address.folder === 'domains') return this.#domainDecoration(session, address.name);
    return undefined;
  }

  async #poolDecoration(session: HostSession, name: string): Promise<vscode.FileDecoration | undefined> {
    const pool = find(session.inventory?.pools.entries, name);
    if (!pool) return undefined;
    const { glanceAtPool } = await import('../../doctor/glances.ts');
    const seen = glanceAtPool(pool, session) ?? this.#foundOn(session, 'pool', pool.ref);
    return seen === undefined ? undefined : warning(seen);
  }

  async #domainDecoration(session: HostSession, name: string): Promise<vscode.FileDecoration | undefined> {
    const domain = find(session.inventory?.domains.entries, name);
    if (!domain) return undefined;
    const { glanceAtDomain } = await import('../../doctor/glances.ts');
    const seen =
      glanceAtDomain(domain, session) ??
      this.#foundOn(session, 'domain', domain.ref) ??
      (await verdictOn(session, domain.ref.uuid));
    return seen === undefined ? undefined : warning(seen);
  }

  /** What the last check-up found. */
  #foundOn(
    { name: host }: HostSession,
    kind: 'domain' | 'pool',
    { name, uuid }: { readonly name: string; readonly uuid: string },
  ): string | undefined {
    const [worst] = this.#found.of({ kind, host, name, uuid });
    return worst?.severity === 'information' ? undefined : worst?.title;
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

/** What the rules say of a domain's definition. */
async function verdictOn({ inventory, connected }: HostSession, uuid: string): Promise<string | undefined> {
  if (!inventory) return undefined;
  try {
    const [xml, knowledge, { scan }, { checkRules }] = await Promise.all([
      inventory.domains.definition(uuid),
      connected?.knowledge.basics(),
      import('../../xml/scanner/scan.ts'),
      import('../../rules/check.ts'),
    ]);
    return checkRules(scan(xml), knowledge).find(({ severity }) => severity !== 'information')?.message;
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
