import type * as vscode from 'vscode';
import type { HostSession } from '../../hosts/hostSession.ts';

export type NodeKind =
  'host' | 'group' | 'domain' | 'disk' | 'interface' | 'pool' | 'volume' | 'network' | 'secret' | 'message';

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

  abstract item(): vscode.TreeItem;

  children(): readonly ExplorerNode[] | Promise<readonly ExplorerNode[]> {
    return [];
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

/** What `viewItem` is in a when-clause: the kind and the traits. */
export function contextValue(node: ExplorerNode): string {
  return [node.kind, ...node.traits].join(' ');
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
