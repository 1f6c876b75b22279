import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { RbdPlace } from '../../../ceph/rbd.ts';
import { ClusterRow } from './clusterRow.ts';

/** The images of a pool that were moved to its trash. */
export class TrashNode extends ClusterRow {
  readonly kind = 'trash';
  readonly id: string;
  readonly place: RbdPlace;

  constructor(parent: ClusterRow, place: RbdPlace) {
    super(parent, parent.cluster);
    this.place = place;
    this.id = `${parent.id}/trash`;
  }

  /** Its pool's. */
  get name(): string {
    return this.place.pool;
  }

  override get traits(): readonly string[] {
    return this.connectedTraits();
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(t('Trash'), vscode.TreeItemCollapsibleState.Collapsed);
    item.iconPath = new vscode.ThemeIcon('trash');
    return item;
  }
}

/** An image in the trash. */
export class TrashedImageNode extends ClusterRow {
  readonly kind = 'trashedImage';
  readonly id: string;
  readonly place: RbdPlace;
  readonly name: string;
  /** By which `rbd trash` calls it. */
  readonly imageId: string;

  constructor(parent: TrashNode, image: { readonly name: string; readonly id: string }) {
    super(parent, parent.cluster);
    this.place = parent.place;
    this.name = image.name;
    this.imageId = image.id;
    this.id = `${parent.id}/${image.id}`;
  }

  override get traits(): readonly string[] {
    return this.connectedTraits();
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.name);
    item.iconPath = new vscode.ThemeIcon('trash');
    return item;
  }
}
