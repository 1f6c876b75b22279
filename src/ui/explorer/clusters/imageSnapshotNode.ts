import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { RbdSnapshotInfo } from '../../../ceph/rbd.ts';
import { ClusterRow } from './clusterRow.ts';
import type { ImageNode } from './imageNode.ts';

/** A snapshot of an RBD image. */
export class ImageSnapshotNode extends ClusterRow {
  readonly kind = 'imageSnapshot';
  readonly id: string;
  readonly image: ImageNode;
  readonly snapshot: RbdSnapshotInfo;

  constructor(image: ImageNode, snapshot: RbdSnapshotInfo) {
    super(image, image.cluster);
    this.image = image;
    this.snapshot = snapshot;
    this.id = `${image.id}/snapshot/${snapshot.name}`;
  }

  get name(): string {
    return this.snapshot.name;
  }

  override get traits(): readonly string[] {
    return this.connectedTraits(this.snapshot.protected ? 'protected' : 'unprotected');
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.name);
    item.iconPath = new vscode.ThemeIcon('device-camera');
    item.accessibilityInformation = {
      label: t('Snapshot {0} of the RBD image {1}', this.name, this.image.name),
    };
    return item;
  }
}
