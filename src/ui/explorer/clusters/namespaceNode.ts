import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { RbdPlace } from '../../../ceph/rbd.ts';
import type { ExplorerNode } from '../node.ts';
import { ClusterRow, unreadableRow } from './clusterRow.ts';
import { ImageRows } from './imageRows.ts';

/** A namespace of a Ceph pool, with images of its own. */
export class NamespaceNode extends ClusterRow {
  readonly kind = 'cephNamespace';
  readonly id: string;
  readonly place: RbdPlace & { readonly namespace: string };
  readonly #images: ImageRows;

  constructor(parent: ClusterRow, pool: string, namespace: string) {
    super(parent, parent.cluster);
    this.place = { pool, namespace };
    this.id = `${parent.id}/namespace/${namespace}`;
    this.#images = new ImageRows(this, this.place);
  }

  get name(): string {
    return this.place.namespace;
  }

  override get traits(): readonly string[] {
    return this.connectedTraits();
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.name, vscode.TreeItemCollapsibleState.Collapsed);
    item.iconPath = new vscode.ThemeIcon('symbol-namespace');
    item.accessibilityInformation = {
      label: t('Namespace {0} of the Ceph pool {1}', this.name, this.place.pool),
    };
    return item;
  }

  override async children(): Promise<readonly ExplorerNode[]> {
    try {
      return await this.#images.read();
    } catch (error) {
      return [unreadableRow(this, error)];
    }
  }
}
