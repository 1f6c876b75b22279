import * as vscode from 'vscode';
import { messageOf, Problem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { RbdImage } from '../../../ceph/rbd.ts';
import type { KnownImage } from '../../../hosts/clusters/placeImages.ts';
import { MessageNode } from '../messageNode.ts';
import { NodeCache, type ExplorerNode } from '../node.ts';
import { facts, heading, plain, tooltip } from '../tooltip.ts';
import { cephTimeText } from './cephTime.ts';
import { ClusterRow, unreadableRow } from './clusterRow.ts';
import { factsInWords, readImageFacts } from './imageFacts.ts';
import { CloneRows } from './cloneRows.ts';
import { ImageSnapshotNode } from './imageSnapshotNode.ts';
import { readImageUseRows } from './imageUseRows.ts';
import { imageInWords, rbdName } from './imageWords.ts';

/** A tooltip does not wait longer. */
const tooltipWait = { timeoutMs: 10_000 };

/** An RBD image; below it are its snapshots, its clones, and who uses it. */
export class ImageNode extends ClusterRow {
  readonly kind = 'image';
  readonly id: string;
  readonly image: RbdImage;
  readonly #snapshots = new NodeCache<string, ImageSnapshotNode>();
  readonly #clones: CloneRows;

  /** @param key tells it from its siblings; default: its name */
  constructor(parent: ClusterRow, image: RbdImage, key = image.image) {
    super(parent, parent.cluster);
    this.image = image;
    this.id = `${parent.id}/${key}`;
    this.#clones = new CloneRows(this, (clone, cloneKey) => new ImageNode(this, clone, cloneKey));
  }

  get name(): string {
    return this.image.image;
  }

  /** What is known of it without asking; undefined until its pool has been read. */
  get known(): KnownImage | undefined {
    return this.cluster.imagesOf(this.image).details(this.name);
  }

  override get traits(): readonly string[] {
    return this.connectedTraits('rbd');
  }

  item(): vscode.TreeItem {
    const { known } = this;
    const isBroken = known === 'unreadable';
    const item = new vscode.TreeItem(
      this.name,
      isBroken ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Collapsed,
    );
    item.iconPath = isBroken
      ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
      : new vscode.ThemeIcon(known?.parent ? 'layers' : 'file-binary');
    item.description = this.describe(known);
    const { pool } = this.image;
    item.accessibilityInformation = {
      label:
        item.description === ''
          ? t('RBD image {0} of the Ceph pool {1}', this.name, pool)
          : t('RBD image {0} of the Ceph pool {1}, {2}', this.name, pool, item.description),
    };
    return item;
  }

  /** In the list of its pool; as a clone of another image, that first. */
  protected describe(known: KnownImage | undefined): string {
    if (!(this.parent instanceof ImageNode)) return imageInWords(this.image, known);
    const { image } = this.parent;
    const isElsewhere = image.pool !== this.image.pool || image.namespace !== this.image.namespace;
    const snapshot = known === 'unreadable' ? undefined : known?.parent?.snapshot;
    return [
      snapshot === undefined ? t('clone') : t('clone of @{0}', snapshot),
      isElsewhere ? rbdName(this.image) : undefined,
    ]
      .filter((word) => word !== undefined)
      .join(' · ');
  }

  override async children(): Promise<readonly ExplorerNode[]> {
    const [own, users] = await Promise.all([this.#ownRows(), readImageUseRows(this)]);
    const rows = [...own, ...users];
    if (rows.length > 0) return rows;
    return [
      new MessageNode(this, 'empty', {
        icon: new vscode.ThemeIcon('circle-slash'),
        text: t('No snapshots, no clones, no users'),
      }),
    ];
  }

  async #ownRows(): Promise<readonly ExplorerNode[]> {
    try {
      const snapshots = await this.cluster.imagesOf(this.image).snapshots(this.name);
      const byName = new Map(snapshots.map((snapshot) => [snapshot.name, snapshot]));
      const rows = this.#snapshots.sync(byName.keys(), (name) => new ImageSnapshotNode(this, name));
      for (const row of rows) row.show(byName.get(row.key));
      return [...rows, ...(snapshots.length > 0 ? await this.#clones.read() : [])];
    } catch (error) {
      return [unreadableRow(this, error)];
    }
  }

  override async tooltip(): Promise<vscode.MarkdownString | undefined> {
    const head = heading(t('RBD image {0}', rbdName(this.image)));
    try {
      const read = await this.cluster.ask((client) => readImageFacts(client, this.image, tooltipWait));
      return tooltip(head, facts(factsInWords(read, cephTimeText)));
    } catch (error) {
      const advice = error instanceof Problem ? error.advice : undefined;
      return tooltip(head, plain(messageOf(error)), advice === undefined ? undefined : plain(advice));
    }
  }
}
