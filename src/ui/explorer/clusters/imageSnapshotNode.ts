import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import type { RbdAnySnapshot } from '../../../ceph/rbdDetails.ts';
import { facts, heading, plain, tooltip } from '../tooltip.ts';
import { cephTimeText } from './cephTime.ts';
import { ClusterRow } from './clusterRow.ts';
import type { ImageNode } from './imageNode.ts';
import { rbdName, snapshotLabel, snapshotState } from './imageWords.ts';

/** A snapshot of an RBD image. */
export class ImageSnapshotNode extends ClusterRow {
  readonly kind = 'imageSnapshot';
  readonly id: string;
  readonly image: ImageNode;
  /** What Ceph calls it. */
  readonly key: string;
  #snapshot: RbdAnySnapshot;

  constructor(image: ImageNode, name: string) {
    super(image, image.cluster);
    this.image = image;
    this.key = name;
    this.id = `${image.id}/snapshot/${name}`;
    this.#snapshot = {
      ...{ id: 0, name, size: 0, protected: false, timestamp: '' },
      ...{ kind: 'user', originalName: undefined },
    };
  }

  /** As it was last read. */
  get snapshot(): RbdAnySnapshot {
    return this.#snapshot;
  }

  show(snapshot: RbdAnySnapshot | undefined): void {
    if (snapshot) this.#snapshot = snapshot;
  }

  get name(): string {
    return snapshotLabel(this.#snapshot);
  }

  /** Nothing can be done with those that Ceph has made or hidden. */
  override get traits(): readonly string[] {
    if (this.#snapshot.kind !== 'user') return [];
    return this.connectedTraits(this.#snapshot.protected ? 'protected' : 'unprotected');
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.name);
    item.iconPath = new vscode.ThemeIcon(this.#snapshot.kind === 'user' ? 'device-camera' : 'archive');
    item.description = this.#words().join(' · ');
    item.accessibilityInformation = {
      label: t('Snapshot {0} of the RBD image {1}, {2}', this.name, this.image.name, item.description),
    };
    return item;
  }

  #words(): readonly string[] {
    const { size, timestamp } = this.#snapshot;
    return [
      formatBytes(size),
      snapshotState(this.#snapshot),
      timestamp === '' ? undefined : cephTimeText(timestamp),
    ].filter((word) => word !== undefined);
  }

  override tooltip(): Promise<vscode.MarkdownString> {
    const { image } = this;
    const { kind, id, size, timestamp, protected: isProtected } = this.#snapshot;
    return Promise.resolve(
      tooltip(
        heading(t('Snapshot {0}', rbdName({ ...image.image, snapshot: this.key }))),
        facts([
          [t('Number'), String(id)],
          [t('Size of the image then'), formatBytes(size)],
          [t('Taken'), timestamp === '' ? undefined : cephTimeText(timestamp)],
          [t('State'), snapshotState(this.#snapshot)],
        ]),
        kind === 'user' && isProtected
          ? plain(t('Clones can be made of it; it cannot be removed before it is unprotected.'))
          : undefined,
      ),
    );
  }
}
