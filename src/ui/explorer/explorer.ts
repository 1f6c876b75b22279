import * as vscode from 'vscode';
import type { Disposable } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import type { CephCluster } from '../../hosts/clusters/cephCluster.ts';
import type { HostRegistry } from '../../hosts/hostRegistry.ts';
import type { HostSession } from '../../hosts/hostSession.ts';
import type { InventoryChange } from '../../hosts/inventory/inventory.ts';
import type { ClustersOfHosts } from '../clustersOfHosts.ts';
import type { ClusterNode } from './clusters/clusterNode.ts';
import type { Favourites } from './favourites.ts';
import { FavouritesNode } from './favouritesNode.ts';
import { HostNode } from './hostNode.ts';
import { contextValue, ExplorerNode, NodeCache, ObjectNode } from './node.ts';
import { OpenRows } from './openRows.ts';
import { ShownRows } from './shownRows.ts';
import type { TreeOptions } from './treeOptions.ts';

export const explorerViewId = 'libvirt.explorer';

/** Changes that come together are drawn together. */
const batchMs = 30;

/** A row of the tree. */
export type ExplorerRow = ExplorerNode | FavouritesNode;

/** The tree of hosts and what is on them. */
export class Explorer implements vscode.TreeDataProvider<ExplorerRow>, Disposable {
  readonly view: vscode.TreeView<ExplorerRow>;
  readonly options: TreeOptions;
  readonly favourites: Favourites;
  readonly #registry: HostRegistry;
  readonly #favouritesNode: FavouritesNode;
  readonly #hosts = new NodeCache<HostSession, HostNode>();
  readonly #clustersOfHosts: ClustersOfHosts;
  readonly #clusters = new NodeCache<CephCluster, ClusterNode>();
  readonly #watchedClusters = new Map<CephCluster, Disposable>();
  readonly #openRows: OpenRows;
  readonly #shownRows = new ShownRows(
    (row) => this.#itemOf(row),
    (row) => {
      this.redraw(row);
    },
  );
  readonly #changes = new vscode.EventEmitter<ExplorerRow[] | undefined>();
  readonly onDidChangeTreeData = this.#changes.event;
  readonly #watched = new Map<HostSession, readonly Disposable[]>();
  readonly #disposables: Disposable[] = [];
  #pending = new Set<ExplorerRow>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    registry: HostRegistry,
    clusters: ClustersOfHosts,
    options: TreeOptions,
    favourites: Favourites,
  ) {
    this.#registry = registry;
    this.#clustersOfHosts = clusters;
    this.options = options;
    this.favourites = favourites;
    this.#favouritesNode = new FavouritesNode(favourites, registry);
    this.view = vscode.window.createTreeView(explorerViewId, {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: true,
    });
    this.#openRows = new OpenRows(this.view, options);
    this.#watchHosts();
    this.#showOptions();
    this.#disposables.push(
      this.view,
      this.#changes,
      this.#openRows,
      registry.onDidChange(() => {
        this.#watchHosts();
        this.#changes.fire(undefined);
      }),
      options.onDidChange(() => {
        this.#showOptions();
        this.#changes.fire(undefined);
      }),
      favourites.onDidChange(() => {
        this.#changes.fire(undefined);
      }),
      clusters.onDidChange((change) => {
        if (change === 'list') void this.#showClusters();
        else for (const host of this.hosts) void this.#shownRows.update(host);
      }),
    );
  }

  /** The nodes of all hosts, in the order of the settings. */
  get hosts(): readonly HostNode[] {
    return this.#hosts.sync(
      this.#registry.sessions,
      (session) =>
        new HostNode(session, this.options, this.favourites, () => this.#clustersOfHosts.found?.on(session)),
    );
  }

  /** The host of the selected row, else the only connected one. */
  get currentHost(): HostSession | undefined {
    const connected = this.#registry.sessions.filter((session) => session.connected);
    const selected = this.view.selection[0]?.host;
    if (selected?.connected) return selected;
    return connected.length === 1 ? connected[0] : undefined;
  }

  async getChildren(row?: ExplorerRow): Promise<ExplorerRow[]> {
    if (row) {
      this.#openRows.opened(row);
      return [...(await this.#shownRows.children(row))];
    }
    const { filter } = this.options;
    const hosts = this.hosts.filter(({ name }) => filter?.allowsHost(name) !== false);
    if (filter) return hosts;
    const clusters = await this.clusters();
    return [...(this.#favouritesNode.isEmpty ? [] : [this.#favouritesNode]), ...hosts, ...clusters];
  }

  /** The nodes of the Ceph clusters that have been found by now. */
  async clusters(): Promise<readonly ClusterNode[]> {
    const { known } = this.#clustersOfHosts;
    if (known.length === 0) return [];
    const { ClusterNode } = await import('./clusters/clusterNode.ts');
    const nodes = this.#clusters.sync(known, (cluster) => new ClusterNode(cluster));
    for (const node of nodes) {
      const { cluster } = node;
      if (this.#watchedClusters.has(cluster)) continue;
      const listeners = [
        cluster.onDidChange((change) => {
          for (const row of node.rowsToRedraw(change)) void this.#shownRows.update(row);
        }),
        cluster.onDidChangeImages((change) => {
          for (const row of node.rowsOfImages(change)) void this.#shownRows.update(row);
        }),
      ];
      this.#watchedClusters.set(cluster, vscode.Disposable.from(...listeners));
    }
    for (const [cluster, listener] of this.#watchedClusters) {
      if (known.includes(cluster)) continue;
      listener.dispose();
      this.#watchedClusters.delete(cluster);
    }
    return nodes;
  }

  /**
   * Draws the whole tree again, as VS Code draws no new root otherwise. It knows no row until it is told them, so what
   * they take to be made comes before.
   */
  async #showClusters(): Promise<void> {
    await this.clusters();
    this.#changes.fire(undefined);
  }

  getParent(row: ExplorerRow): ExplorerRow | undefined {
    if (!(row instanceof ObjectNode)) return row.parent;
    return this.#favouritesNode.holds(row) ? this.#favouritesNode : row.shownBelow;
  }

  getTreeItem(row: ExplorerRow): vscode.TreeItem {
    const item = this.#itemOf(row);
    this.#shownRows.showed(row, item);
    return this.#openRows.apply(item, row);
  }

  #itemOf(row: ExplorerRow): vscode.TreeItem {
    const item = row.item();
    if (row instanceof ExplorerNode) item.contextValue = contextValue(row);
    if (row instanceof ObjectNode && this.#favouritesNode.holds(row)) nameHost(item, row);
    return item;
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    row: ExplorerRow,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    const tooltip = row instanceof ExplorerNode ? await row.tooltip() : undefined;
    if (tooltip && !token.isCancellationRequested) item.tooltip = tooltip;
    return item;
  }

  /** Draws a row again, and what is below it. */
  redraw(row: ExplorerRow): void {
    this.#pending.add(row);
    this.#timer ??= setTimeout(() => {
      const rows = this.#pending;
      this.#pending = new Set();
      this.#timer = undefined;
      this.#changes.fire([...rows].filter((candidate) => !hasAncestorIn(candidate, rows)));
    }, batchMs);
  }

  #showOptions(): void {
    const { filter } = this.options;
    this.view.message = filter
      ? t('Only what matches “{0}” is shown. Escape shows everything again.', filter.text)
      : '';
    void vscode.commands.executeCommand('setContext', 'libvirt.filtered', filter !== undefined);
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
          if (!this.#favouritesNode.isEmpty) this.redraw(this.#favouritesNode);
        }),
        node.host.onDidChangeInventory((change) => {
          this.#inventoryChanged(node, change);
        }),
      ]);
    }
  }

  #inventoryChanged(host: HostNode, { group, change }: InventoryChange): void {
    const row = host.shownGroups?.[group];
    if (change.kind === 'entry') {
      if (row) this.redraw(row.rowToRedraw(change.key));
      const favourite = this.#favouritesNode.rowOf(host.host, change.key);
      if (favourite) this.redraw(favourite);
      return;
    }
    if (row) this.redraw(this.options.filter ? host : row);
    if (!this.#favouritesNode.isEmpty) this.redraw(this.#favouritesNode);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const disposables of this.#watched.values())
      for (const disposable of disposables) disposable.dispose();
    for (const disposable of [...this.#watchedClusters.values(), ...this.#disposables]) disposable.dispose();
  }
}

/** A favourite stands away from its host: it says which one it is on. */
function nameHost(item: vscode.TreeItem, { host }: ObjectNode): void {
  const { description, accessibilityInformation } = item;
  const state = typeof description === 'string' && description !== '' ? [description] : [];
  item.description = [host.name, ...state].join(' · ');
  if (accessibilityInformation) {
    item.accessibilityInformation = { label: t('{0}, on {1}', accessibilityInformation.label, host.name) };
  }
}

function hasAncestorIn(row: ExplorerRow, rows: ReadonlySet<ExplorerRow>): boolean {
  for (let parent: ExplorerNode | undefined = row.parent; parent; parent = parent.parent)
    if (rows.has(parent)) return true;
  return false;
}
