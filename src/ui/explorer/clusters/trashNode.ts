import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { RbdPlace } from '../../../ceph/rbd.ts';
import type { RbdTrashedImage } from '../../../ceph/rbdTrash.ts';
import { MessageNode } from '../messageNode.ts';
import { NodeCache, type ExplorerNode } from '../node.ts';
import { facts, heading, tooltip } from '../tooltip.ts';
import { cephTimeText } from './cephTime.ts';
import { ClusterRow, unreadableRow } from './clusterRow.ts';
import { trashedInWords, trashSource } from './imageWords.ts';

/** The images of a pool that were moved to its trash. */
export class TrashNode extends ClusterRow {
  readonly kind = 'trash';
  readonly id: string;
  readonly place: RbdPlace;
  readonly #images = new NodeCache<string, TrashedImageNode>();

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
    const count = this.cluster.imagesOf(this.place).trash.value?.length ?? 0;
    item.description = count === 1 ? t('1 image') : t('{0} images', count);
    item.accessibilityInformation = {
      label: t('Trash of the Ceph pool {0}, {1}', this.name, item.description),
    };
    return item;
  }

  override async children(): Promise<readonly ExplorerNode[]> {
    try {
      const images = await this.cluster.imagesOf(this.place).trash.latest();
      const byId = new Map(images.map((image) => [image.id, image]));
      const rows = this.#images.sync(
        byId.keys(),
        (id) => new TrashedImageNode(this, byId.get(id) ?? { id, name: id }),
      );
      if (rows.length > 0) return rows;
      return [
        new MessageNode(this, 'empty', {
          icon: new vscode.ThemeIcon('circle-slash'),
          text: t('The trash is empty.'),
        }),
      ];
    } catch (error) {
      return [unreadableRow(this, error)];
    }
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

  /** As it was last read; undefined once it is gone. */
  get trashed(): RbdTrashedImage | undefined {
    return this.cluster.imagesOf(this.place).trash.value?.find(({ id }) => id === this.imageId);
  }

  override get traits(): readonly string[] {
    return this.connectedTraits();
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.name);
    item.iconPath = new vscode.ThemeIcon('trash');
    const { trashed } = this;
    item.description = trashed ? trashedInWords(trashed, cephTimeText) : '';
    item.accessibilityInformation = {
      label: t('{0} in the trash of the Ceph pool {1}, {2}', this.name, this.place.pool, item.description),
    };
    return item;
  }

  override tooltip(): Promise<vscode.MarkdownString | undefined> {
    const { trashed } = this;
    if (!trashed) return Promise.resolve(undefined);
    const { source, deletedAt, protectedUntil, id } = trashed;
    return Promise.resolve(
      tooltip(
        heading(t('{0} in the trash of {1}', this.name, this.place.pool)),
        facts([
          [t('How it came here'), trashSource(source)],
          [t('When'), cephTimeText(deletedAt)],
          [t('Protected until'), protectedUntil === undefined ? undefined : cephTimeText(protectedUntil)],
          [t('Image ID'), id],
        ]),
      ),
    );
  }
}
