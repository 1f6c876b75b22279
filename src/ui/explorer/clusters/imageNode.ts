import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { RbdImage } from '../../../ceph/rbd.ts';
import { ClusterRow } from './clusterRow.ts';

/** An RBD image. */
export class ImageNode extends ClusterRow {
  readonly kind = 'image';
  readonly id: string;
  readonly image: RbdImage;

  constructor(parent: ClusterRow, image: RbdImage) {
    super(parent, parent.cluster);
    this.image = image;
    this.id = `${parent.id}/${image.image}`;
  }

  get name(): string {
    return this.image.image;
  }

  override get traits(): readonly string[] {
    return this.connectedTraits();
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.name);
    item.iconPath = new vscode.ThemeIcon('file-binary');
    item.accessibilityInformation = {
      label: t('RBD image {0} of the Ceph pool {1}', this.name, this.image.pool),
    };
    return item;
  }
}
