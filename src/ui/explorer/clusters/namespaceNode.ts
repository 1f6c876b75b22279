import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { RbdPlace } from '../../../ceph/rbd.ts';
import type { ExplorerNode, ObjectNode } from '../node.ts';
import { ClusterRow } from './clusterRow.ts';
import type { ImageNode } from './imageNode.ts';
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
    const count = this.cluster.imagesOf(this.place).names.value?.length;
    item.description =
      count === undefined
        ? t('namespace')
        : count === 1
          ? t('namespace · 1 image')
          : t('namespace · {0} images', count);
    item.accessibilityInformation = {
      label: t('Namespace {0} of the Ceph pool {1}, {2}', this.name, this.place.pool, item.description),
    };
    return item;
  }

  override children(): Promise<readonly ExplorerNode[]> {
    return this.#images.read();
  }

  override parentOf(row: ObjectNode): ExplorerNode {
    return this.#images.shownBelow(row) ?? this;
  }

  /** The row of an image; undefined until it has been shown. */
  imageRow(image: string): ImageNode | undefined {
    return this.#images.row(image);
  }
}
