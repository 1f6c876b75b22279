import * as vscode from 'vscode';
import { messageOf } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { RbdImage } from '../../../ceph/rbd.ts';
import type { RbdClone } from '../../../ceph/rbdDetails.ts';
import { MessageNode } from '../messageNode.ts';
import { NodeCache, type ExplorerNode } from '../node.ts';
import type { ClusterRow } from './clusterRow.ts';
import { rbdName } from './imageWords.ts';

/** The rows of the clones of an image. */
export class CloneRows {
  readonly #parent: ClusterRow & { readonly image: RbdImage };
  readonly #create: (clone: RbdImage, key: string) => ClusterRow;
  readonly #nodes = new NodeCache<string, ClusterRow>();

  constructor(
    parent: ClusterRow & { readonly image: RbdImage },
    create: (clone: RbdImage, key: string) => ClusterRow,
  ) {
    this.#parent = parent;
    this.#create = create;
  }

  async read(): Promise<readonly ExplorerNode[]> {
    const { cluster, image } = this.#parent;
    try {
      const clones = await cluster.imagesOf(image).clones(image.image);
      return this.#rows(clones);
    } catch (error) {
      return [
        ...this.#rows(this.#known()),
        new MessageNode(this.#parent, 'clones', {
          icon: new vscode.ThemeIcon('info'),
          text: t('There may be clones in other pools: not all can be read.'),
          detail: messageOf(error),
        }),
      ];
    }
  }

  /** Those in the same place, of which its own list tells. */
  #known(): readonly RbdClone[] {
    const { cluster, image } = this.#parent;
    const place = cluster.imagesOf(image);
    return (place.names.value ?? []).flatMap((name) => {
      const known = place.details(name);
      const parent = known === 'unreadable' ? undefined : known?.parent;
      const isClone =
        parent?.image === image.image && parent.pool === image.pool && parent.namespace === image.namespace;
      return isClone ? [{ ...place.place, image: name, isTrashed: false }] : [];
    });
  }

  #rows(clones: readonly RbdClone[]): readonly ExplorerNode[] {
    const byKey = new Map(clones.map((clone) => [`clone/${rbdName(clone)}`, clone]));
    const live = [...byKey].filter(([, { isTrashed }]) => !isTrashed);
    const rows = this.#nodes.sync(
      live.map(([key]) => key),
      (key) => {
        const { pool, namespace, image } = byKey.get(key) ?? this.#parent.image;
        return this.#create({ pool, namespace, image }, key);
      },
    );
    const trashed = [...byKey].filter(([, { isTrashed }]) => isTrashed);
    return [
      ...rows,
      ...trashed.map(
        ([key, clone]) =>
          new MessageNode(this.#parent, key, {
            icon: new vscode.ThemeIcon('trash'),
            text: t('{0}, a clone in the trash', rbdName(clone)),
          }),
      ),
    ];
  }
}
