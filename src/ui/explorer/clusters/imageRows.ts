import type { RbdPlace } from '../../../ceph/rbd.ts';
import { NodeCache, type ExplorerNode } from '../node.ts';
import type { ClusterRow } from './clusterRow.ts';
import { ImageNode } from './imageNode.ts';

/** The rows of the images of a pool, or of a namespace in it. */
export class ImageRows {
  readonly #parent: ClusterRow;
  readonly #place: RbdPlace;
  readonly #images = new NodeCache<string, ImageNode>();

  constructor(parent: ClusterRow, place: RbdPlace) {
    this.#parent = parent;
    this.#place = place;
  }

  async read(): Promise<readonly ExplorerNode[]> {
    const { cluster } = this.#parent;
    const names = await cluster.images(this.#place).get();
    return this.#images.sync(names, (image) => new ImageNode(this.#parent, { ...this.#place, image }));
  }
}
