import * as vscode from 'vscode';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { sentences } from '../../../base/sentences.ts';
import type { ExplorerNode, NodeKind } from '../node.ts';
import { plain, tooltip } from '../tooltip.ts';
import { ClusterRow } from './clusterRow.ts';

/** What a row says at the moment. */
export interface Fact {
  readonly label: string;
  readonly description?: string | undefined;
  readonly icon: vscode.ThemeIcon;
  /** Of the tooltip, one paragraph each. */
  readonly details?: readonly string[] | undefined;
}

/** A row that tells something of a cluster and has no commands; its words are asked for each time it is drawn. */
export class FactRow extends ClusterRow {
  readonly kind: NodeKind & ('daemon' | 'clusterClient');
  readonly id: string;
  readonly name: string;
  readonly #fact: () => Fact;
  readonly #below: (() => Promise<readonly ExplorerNode[]>) | undefined;

  constructor(
    parent: ExplorerNode,
    cluster: CephCluster,
    row: { readonly kind: FactRow['kind']; readonly key: string; readonly fact: () => Fact },
    below?: (self: FactRow) => Promise<readonly ExplorerNode[]>,
  ) {
    super(parent, cluster);
    this.kind = row.kind;
    this.name = row.key;
    this.id = `${parent.id}/${row.key}`;
    this.#fact = row.fact;
    this.#below = below && ((): Promise<readonly ExplorerNode[]> => below(this));
  }

  item(): vscode.TreeItem {
    const { label, description, icon } = this.#fact();
    const item = new vscode.TreeItem(
      label,
      this.#below ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
    );
    item.description = description ?? '';
    item.iconPath = icon;
    item.accessibilityInformation = {
      label: [label, ...(description === undefined || description === '' ? [] : [description])].join(', '),
    };
    return item;
  }

  override async children(): Promise<readonly ExplorerNode[]> {
    return (await this.#below?.()) ?? [];
  }

  override tooltip(): Promise<vscode.MarkdownString | undefined> {
    const { label, description, details = [] } = this.#fact();
    return Promise.resolve(tooltip(plain(sentences(label, description)), ...details.map(plain)));
  }
}
