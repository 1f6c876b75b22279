import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { ClusterRow } from './clusterRow.ts';
import type { ImageNode } from './imageNode.ts';

/** Some of very many images that follow each other: drawing thousands of rows at once holds up the window. */
export class ImageRangeNode extends ClusterRow {
  readonly kind = 'section';
  readonly id: string;
  #images: readonly ImageNode[] = [];

  /** @param index its place among the ranges, by which it keeps its identity */
  constructor(parent: ClusterRow, index: number) {
    super(parent, parent.cluster);
    this.id = `${parent.id}/range/${index}`;
  }

  show(images: readonly ImageNode[]): void {
    this.#images = images;
  }

  get name(): string {
    return t('{0} to {1}', this.#images.at(0)?.name ?? '', this.#images.at(-1)?.name ?? '');
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.name, vscode.TreeItemCollapsibleState.Collapsed);
    item.iconPath = new vscode.ThemeIcon('files');
    item.description = t('{0} images', this.#images.length);
    item.accessibilityInformation = { label: t('RBD images {0}, {1}', this.name, item.description) };
    return item;
  }

  override children(): readonly ImageNode[] {
    return this.#images;
  }
}
