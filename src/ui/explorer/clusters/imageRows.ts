import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { RbdPlace } from '../../../ceph/rbd.ts';
import type { ClusterPart } from '../../../hosts/clusters/clusterPart.ts';
import { MessageNode } from '../messageNode.ts';
import { NodeCache, type ExplorerNode } from '../node.ts';
import { byName } from '../objects/byName.ts';
import { unreadableRow, type ClusterRow } from './clusterRow.ts';
import { ImageNode } from './imageNode.ts';
import { ImageRangeNode } from './imageRangeNode.ts';
import { rangesOf } from './imageRanges.ts';
import { NamespaceNode } from './namespaceNode.ts';
import { TrashNode } from './trashNode.ts';

/** The rows below a pool, or below a namespace in it: namespaces, images, and the trash when there is something in it. */
export class ImageRows {
  readonly #parent: ClusterRow;
  readonly #place: RbdPlace;
  readonly #images = new NodeCache<string, ImageNode>();
  readonly #ranges = new NodeCache<number, ImageRangeNode>();
  /** The range that an image is in, where there are ranges. */
  #rangeOf: ReadonlyMap<ExplorerNode, ImageRangeNode> = new Map();
  readonly #namespaces = new NodeCache<string, NamespaceNode>();
  readonly #trash: TrashNode;
  #sorted: { readonly names: readonly string[]; readonly rows: readonly ImageNode[] } | undefined;

  constructor(parent: ClusterRow, place: RbdPlace) {
    this.#parent = parent;
    this.#place = place;
    this.#trash = new TrashNode(parent, place);
  }

  async read(): Promise<readonly ExplorerNode[]> {
    try {
      return await this.#read();
    } catch (error) {
      return [unreadableRow(this.#parent, error)];
    }
  }

  async #read(): Promise<readonly ExplorerNode[]> {
    const images = this.#parent.cluster.imagesOf(this.#place);
    const [names, namespaces, trash] = await Promise.all([
      images.names.latest(),
      latestOrNone(images.namespaces),
      latestOrNone(images.trash),
    ]);
    images.wantDetails();
    const rows = [
      ...[
        ...this.#namespaces.sync(
          namespaces,
          (namespace) => new NamespaceNode(this.#parent, this.#place.pool, namespace),
        ),
      ].sort(byName),
      ...this.#inRanges(this.#imageRows(names)),
      ...(trash.length > 0 ? [this.#trash] : []),
    ];
    if (rows.length > 0) return rows;
    return [
      new MessageNode(this.#parent, 'empty', {
        icon: new vscode.ThemeIcon('circle-slash'),
        text: t('No RBD images'),
      }),
    ];
  }

  /** The row that one of the rows here is shown below; undefined when that is the place itself. */
  shownBelow(row: ExplorerNode): ExplorerNode | undefined {
    return this.#rangeOf.get(row);
  }

  /** The row of an image; undefined until it has been shown. */
  row(image: string): ImageNode | undefined {
    return this.#images.get(image);
  }

  /** The row of a namespace; undefined until it has been shown. */
  namespaceRow(namespace: string): NamespaceNode | undefined {
    return this.#namespaces.get(namespace);
  }

  #inRanges(images: readonly ImageNode[]): readonly ExplorerNode[] {
    const ranges = rangesOf(images);
    const rows = this.#ranges.sync(ranges.keys(), (index) => new ImageRangeNode(this.#parent, index));
    const rangeOf = new Map<ExplorerNode, ImageRangeNode>();
    rows.forEach((row, index) => {
      const members = ranges[index] ?? [];
      row.show(members);
      for (const image of members) rangeOf.set(image, row);
    });
    this.#rangeOf = rangeOf;
    return ranges.length > 0 ? rows : images;
  }

  /** Sorted once for each list of names: there may be thousands. */
  #imageRows(names: readonly string[]): readonly ImageNode[] {
    if (this.#sorted?.names !== names) {
      const rows = this.#images.sync(
        names,
        (image) => new ImageNode(this.#parent, { ...this.#place, image }),
      );
      this.#sorted = { names, rows: [...rows].sort(byName) };
    }
    return this.#sorted.rows;
  }
}

/** A client that may see the images may still not see these: their rows are left out then. */
async function latestOrNone<T>(part: ClusterPart<readonly T[]>): Promise<readonly T[]> {
  try {
    return await part.latest();
  } catch {
    return part.value ?? [];
  }
}
