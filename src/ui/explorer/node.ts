import type * as vscode from 'vscode';
import type { HostSession } from '../../hosts/hostSession.ts';

export type NodeKind =
  | 'host'
  | 'group'
  | 'section'
  | 'domain'
  | 'disk'
  | 'interface'
  | 'snapshots'
  | 'snapshot'
  | 'rbdSnapshots'
  | 'rbdSnapshot'
  | 'hostdev'
  | 'pool'
  | 'volume'
  | 'network'
  | 'lease'
  | 'secret'
  | 'cluster'
  | 'clusterSection'
  | 'healthCheck'
  | 'daemon'
  | 'clusterClient'
  | 'bucket'
  | 'osd'
  | 'cephPool'
  | 'cephNamespace'
  | 'image'
  | 'imageSnapshot'
  | 'imageUser'
  | 'watcher'
  | 'trash'
  | 'trashedImage'
  | 'cephUser'
  | 'favourite'
  | 'message';

/** The objects that a person has marked. */
export interface Marks {
  /** undefined for a row that cannot be marked. */
  has(node: ExplorerNode): boolean | undefined;
}

/**
 * A row of the tree. It knows what it shows and what is below it, from the host's inventory. The same object always has
 * the same node, so that a change redraws one row and keeps what is expanded and selected.
 */
export abstract class ExplorerNode {
  abstract readonly kind: NodeKind;
  /** Unique and the same after every reload. */
  abstract readonly id: string;
  abstract readonly host: HostSession;
  readonly parent: ExplorerNode | undefined;

  constructor(parent: ExplorerNode | undefined) {
    this.parent = parent;
  }

  /** Words that menus and commands ask for: `running`, `autostart` ... */
  get traits(): readonly string[] {
    return [];
  }

  /** The root has them. */
  get marks(): Marks | undefined {
    return this.parent?.marks;
  }

  abstract item(): vscode.TreeItem;

  children(): readonly ExplorerNode[] | Promise<readonly ExplorerNode[]> {
    return [];
  }

  /** The row below which one of the objects here is shown. */
  parentOf({ parent }: ObjectNode): ExplorerNode | undefined {
    return parent;
  }

  /** Read when the pointer rests on the row. */
  tooltip(): Promise<vscode.MarkdownString | undefined> {
    return Promise.resolve(undefined);
  }
}

/** A row that stands for an object with a name, which commands can work on. */
export abstract class ObjectNode extends ExplorerNode {
  abstract readonly name: string;
  /** undefined for what has none (volumes, hosts). */
  abstract readonly uuid: string | undefined;

  /** The row that it is shown below, which can be one within its group. */
  get shownBelow(): ExplorerNode | undefined {
    return this.parent?.parentOf(this);
  }
}

/** An object that libvirt describes in XML. */
export abstract class DocumentNode extends ObjectNode {
  abstract readonly document: vscode.Uri;
}

/** A row of a group: an object that is found in its host's inventory by its UUID. */
export abstract class InventoryNode extends DocumentNode {
  readonly id: string;
  readonly host: HostSession;
  readonly uuid: string;

  constructor(parent: ExplorerNode, uuid: string) {
    super(parent);
    this.host = parent.host;
    this.uuid = uuid;
    this.id = `${parent.id}/${uuid}`;
  }
}

/** The traits of a row, and whether it is a favourite. */
export function traitsOf(node: ExplorerNode): readonly string[] {
  const marked = node.marks?.has(node);
  return marked === undefined ? node.traits : [...node.traits, marked ? 'favourite' : 'unmarked'];
}

/** What `viewItem` is in a when-clause: the kind and the traits. */
export function contextValue(node: ExplorerNode): string {
  return [node.kind, ...traitsOf(node)].join(' ');
}

/** Keeps the nodes of objects that are still there, makes new ones, forgets the rest. */
export class NodeCache<Key, Node extends ExplorerNode> {
  #nodes = new Map<Key, Node>();

  get(key: Key): Node | undefined {
    return this.#nodes.get(key);
  }

  sync(keys: Iterable<Key>, create: (key: Key) => Node): readonly Node[] {
    const nodes = new Map<Key, Node>();
    for (const key of keys) nodes.set(key, this.#nodes.get(key) ?? create(key));
    this.#nodes = nodes;
    return [...nodes.values()];
  }
}

/** The traits of an object on a host: none that allow an action while the host is not connected. */
export function connectedTraits(host: HostSession, traits: readonly string[]): readonly string[] {
  return host.state.kind === 'connected' ? ['connected', ...traits] : [];
}
