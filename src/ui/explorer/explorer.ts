import * as vscode from 'vscode';
import type { Disposable } from '../../base/events.ts';
import type { HostRegistry } from '../../hosts/hostRegistry.ts';
import type { HostSession } from '../../hosts/hostSession.ts';
import type { InventoryChange } from '../../hosts/inventory/inventory.ts';
import { HostNode } from './hostNode.ts';
import { contextValue, NodeCache, type ExplorerNode } from './node.ts';

export const explorerViewId = 'libvirt.explorer';

/** Changes that come together are drawn together. */
const batchMs = 30;

/** The tree of hosts and what is on them. */
export class Explorer implements vscode.TreeDataProvider<ExplorerNode>, Disposable {
  readonly view: vscode.TreeView<ExplorerNode>;
  readonly #registry: HostRegistry;
  readonly #hosts = new NodeCache<HostSession, HostNode>();
  readonly #changes = new vscode.EventEmitter<ExplorerNode[] | undefined>();
  readonly onDidChangeTreeData = this.#changes.event;
  readonly #watched = new Map<HostSession, readonly Disposable[]>();
  readonly #disposables: Disposable[] = [];
  #pending = new Set<ExplorerNode>();
  #timer: NodeJS.Timeout | undefined;

  constructor(registry: HostRegistry) {
    this.#registry = registry;
    this.view = vscode.window.createTreeView(explorerViewId, {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: true,
    });
    this.#watchHosts();
    this.#disposables.push(
      this.view,
      this.#changes,
      registry.onDidChange(() => {
        this.#watchHosts();
        this.#changes.fire(undefined);
      }),
    );
  }

  /** The nodes of all hosts, in the order of the settings. */
  get hosts(): readonly HostNode[] {
    return this.#hosts.sync(this.#registry.sessions, (session) => new HostNode(session));
  }

  /** The host of the selected row, else the only connected one. */
  get currentHost(): HostSession | undefined {
    const connected = this.#registry.sessions.filter((session) => session.connected);
    const selected = this.view.selection[0]?.host;
    if (selected?.connected) return selected;
    return connected.length === 1 ? connected[0] : undefined;
  }

  getChildren(node?: ExplorerNode): vscode.ProviderResult<ExplorerNode[]> {
    if (!node) return [...this.hosts];
    return Promise.resolve(node.children()).then((children) => [...children]);
  }

  getParent(node: ExplorerNode): ExplorerNode | undefined {
    return node.parent;
  }

  getTreeItem(node: ExplorerNode): vscode.TreeItem {
    const item = node.item();
    item.id = node.id;
    item.contextValue = contextValue(node);
    return item;
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    node: ExplorerNode,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    const tooltip = await node.tooltip();
    if (tooltip && !token.isCancellationRequested) item.tooltip = tooltip;
    return item;
  }

  /** Draws a row again, and what is below it. */
  redraw(node: ExplorerNode): void {
    this.#pending.add(node);
    this.#timer ??= setTimeout(() => {
      const nodes = this.#pending;
      this.#pending = new Set();
      this.#timer = undefined;
      this.#changes.fire([...nodes].filter((candidate) => !hasAncestorIn(candidate, nodes)));
    }, batchMs);
  }

  #watchHosts(): void {
    const nodes = this.hosts;
    for (const [session, disposables] of this.#watched) {
      if (this.#registry.sessions.includes(session)) continue;
      for (const disposable of disposables) disposable.dispose();
      this.#watched.delete(session);
    }
    for (const node of nodes) {
      if (this.#watched.has(node.host)) continue;
      this.#watched.set(node.host, [
        node.host.onDidChangeState(() => {
          this.redraw(node);
        }),
        node.host.onDidChangeInventory((change) => {
          this.#inventoryChanged(node, change);
        }),
      ]);
    }
  }

  #inventoryChanged(host: HostNode, { group, change }: InventoryChange): void {
    const row = host.shownGroups?.[group];
    const node = change.kind === 'entry' ? row?.nodeOf(change.key) : undefined;
    const shown = node ?? row;
    if (shown) this.redraw(shown);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const disposables of this.#watched.values())
      for (const disposable of disposables) disposable.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

function hasAncestorIn(node: ExplorerNode, nodes: ReadonlySet<ExplorerNode>): boolean {
  for (let { parent } = node; parent; parent = parent.parent) if (nodes.has(parent)) return true;
  return false;
}
