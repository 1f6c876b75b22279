import type * as vscode from 'vscode';
import { Emitter, type Event } from '../../base/events.ts';
import { documentAddress, documentFolders, type DocumentFolder } from '../documents/documentUri.ts';
import { DocumentNode, type ExplorerNode, type Marks } from './node.ts';

/** An object that a person wants at hand, as it is kept: nothing of its host is needed to show it. */
export interface Favourite {
  readonly host: string;
  readonly folder: DocumentFolder;
  /** What it was called when it was last seen. */
  readonly name: string;
  /** undefined for a volume. */
  readonly uuid?: string | undefined;
  /** The pool of a volume. */
  readonly pool?: string | undefined;
}

const key = 'favourites';

/** The favourites of a person, over all hosts and windows. */
export class Favourites implements Marks {
  readonly #memento: vscode.Memento;
  readonly #changes = new Emitter<undefined>();
  readonly onDidChange: Event<undefined> = this.#changes.event;

  constructor({ globalState }: Pick<vscode.ExtensionContext, 'globalState'>) {
    this.#memento = globalState;
  }

  get list(): readonly Favourite[] {
    const kept: unknown = this.#memento.get(key);
    return Array.isArray(kept) ? kept.filter(isFavourite) : [];
  }

  /** undefined for a row that cannot be a favourite. */
  has(node: ExplorerNode): boolean | undefined {
    const wanted = favouriteOf(node);
    return wanted && this.list.some((favourite) => isSame(favourite, wanted));
  }

  add(node: ExplorerNode): void {
    const added = favouriteOf(node);
    if (added) this.#keep([...this.list.filter((favourite) => !isSame(favourite, added)), added]);
  }

  remove(node: ExplorerNode): void {
    const removed = favouriteOf(node);
    if (removed) this.#keep(this.list.filter((favourite) => !isSame(favourite, removed)));
  }

  #keep(list: readonly Favourite[]): void {
    void this.#memento.update(key, list);
    this.#changes.fire(undefined);
  }
}

const kinds: readonly string[] = ['domain', 'pool', 'volume', 'network', 'secret', 'favourite'];

function favouriteOf(node: ExplorerNode): Favourite | undefined {
  if (!(node instanceof DocumentNode) || !kinds.includes(node.kind)) return undefined;
  const address = documentAddress(node.document);
  if (!address) return undefined;
  const { host, folder, pool } = address;
  return { host, folder, name: node.name, ...(pool === undefined ? { uuid: node.uuid } : { pool }) };
}

function isSame(a: Favourite, b: Favourite): boolean {
  if (a.host !== b.host || a.folder !== b.folder) return false;
  return a.folder === 'volumes' ? a.pool === b.pool && a.name === b.name : a.uuid === b.uuid;
}

function isFavourite(value: unknown): value is Favourite {
  if (typeof value !== 'object' || value === null) return false;
  const { host, folder, name, uuid, pool } = value as Readonly<Record<string, unknown>>;
  const isComplete = typeof (folder === 'volumes' ? pool : uuid) === 'string';
  const isKnown = documentFolders.some((known) => known === folder);
  return isKnown && isComplete && typeof host === 'string' && typeof name === 'string';
}
