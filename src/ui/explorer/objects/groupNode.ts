import * as vscode from 'vscode';
import { messageOf } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import type { ObjectGroup } from '../../../hosts/inventory/objectGroup.ts';
import type { Filterable } from '../filter.ts';
import type { Grouping } from '../grouping.ts';
import { MessageNode } from '../messageNode.ts';
import { connectedTraits, ExplorerNode, NodeCache, type NodeKind, type ObjectNode } from '../node.ts';
import type { TreeOptions } from '../treeOptions.ts';
import { byName } from './byName.ts';
import { SectionNode, type Section } from './sectionNode.ts';

/** The section that an object belongs to; undefined for one that stands by itself. */
export type SectionOf<Node> = (node: Node) => Section | undefined;

/** What one kind of object adds to a group row. */
export interface GroupKind<Entry, Event, Node extends ObjectNode> {
  readonly key: string;
  /** The kind of the rows in it. */
  readonly rows: NodeKind;
  readonly label: string;
  readonly icon: string;
  group(host: HostSession): ObjectGroup<Entry, Event> | undefined;
  /** Said when the list is late: what libvirt may be waiting for. */
  readonly whenLate?: string | undefined;
  createNode(parent: ExplorerNode, uuid: string): Node;
  /** What an object is, in words that a filter finds. */
  words(entry: Entry): readonly string[];
  /** How objects are put together, for kinds that a host can have many of. */
  readonly sections?: (grouping: Grouping, nodes: readonly Node[]) => SectionOf<Node>;
}

/** Where the row of an object is: below the section of this key, below the group itself, or filtered out. */
type Place = string | undefined | typeof hidden;
const hidden = Symbol('hidden');

/** "Domains", "Storage Pools" ...: the objects of one kind, with their count. */
export class GroupNode<
  Entry,
  Event,
  Node extends ObjectNode & { readonly uuid: string },
> extends ExplorerNode {
  readonly kind = 'group';
  readonly id: string;
  readonly host: HostSession;
  readonly #kind: GroupKind<Entry, Event, Node>;
  readonly #options: TreeOptions;
  readonly #nodes = new NodeCache<string, Node>();
  readonly #sections = new NodeCache<string, SectionNode>();
  #sectionOf: SectionOf<Node> = () => undefined;
  /** By UUID, as they were last drawn. */
  #places: ReadonlyMap<string, Place> = new Map();

  constructor(parent: ExplorerNode, options: TreeOptions, kind: GroupKind<Entry, Event, Node>) {
    super(parent);
    this.host = parent.host;
    this.id = `${parent.id}/${kind.key}`;
    this.#options = options;
    this.#kind = kind;
  }

  get key(): string {
    return this.#kind.key;
  }

  override get traits(): readonly string[] {
    return [this.#kind.key, ...connectedTraits(this.host, [])];
  }

  get #group(): ObjectGroup<Entry, Event> | undefined {
    return this.#kind.group(this.host);
  }

  /** The rows of all objects, sorted, whatever is shown of them; none until they have been read. */
  objects(): readonly Node[] {
    return [...this.#unsorted()].sort(byName);
  }

  #unsorted(): readonly Node[] {
    const group = this.#group;
    if (group?.status.kind !== 'loaded') return [];
    return this.#nodes.sync(group.entries.keys(), (uuid) => this.#kind.createNode(this, uuid));
  }

  /** What a filter knows of the objects. */
  filterables(): readonly Filterable[] {
    return this.#unsorted().map((node) => this.#filterable(node));
  }

  /** The objects that the filter finds; none without a filter. */
  found(): readonly Node[] {
    return this.#options.filter ? this.#unsorted().filter((node) => this.#matches(node)) : [];
  }

  /** Whether it is worth showing while the tree is filtered. */
  get hasMatches(): boolean {
    const { filter } = this.#options;
    if (filter?.allowsKind(this.#kind.rows) === false) return false;
    return this.#group?.status.kind !== 'loaded' || this.#unsorted().some((node) => this.#matches(node));
  }

  /** What is to be drawn again when an object has changed: its row, or what is around it when it is now elsewhere. */
  rowToRedraw(uuid: string): ExplorerNode {
    const node = this.#nodes.get(uuid);
    const isInPlace = node && this.#places.has(uuid) && this.#places.get(uuid) === this.#placeOf(node);
    if (isInPlace) return node;
    return (this.#options.filter && this.parent) ?? this;
  }

  override parentOf({ uuid }: ObjectNode): ExplorerNode {
    const place = uuid === undefined ? undefined : this.#places.get(uuid);
    return (typeof place === 'string' ? this.#sections.get(place) : undefined) ?? this;
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(
      this.#kind.label,
      this.#isEmpty() ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Collapsed,
    );
    item.iconPath = new vscode.ThemeIcon(this.#kind.icon);
    item.description = this.#count();
    item.accessibilityInformation = {
      label: t('{0} of {1}: {2}', this.#kind.label, this.host.name, item.description),
    };
    return item;
  }

  #waitingText(): string {
    const status = this.#group?.status;
    const late = status?.kind === 'loading' && status.late;
    return (late ? this.#kind.whenLate : undefined) ?? t('Waiting for {0}…', this.host.name);
  }

  #isEmpty(): boolean {
    const group = this.#group;
    return group?.status.kind === 'loaded' && group.entries.size === 0;
  }

  #count(): string {
    const group = this.#group;
    if (!group || group.status.kind === 'loading') return t('loading…');
    if (group.status.kind === 'failed') return t('cannot be read');
    const { size } = group.entries;
    if (!this.#options.filter) return String(size);
    return t('{0} of {1}', this.found().length, size);
  }

  override children(): readonly ExplorerNode[] {
    const group = this.#group;
    if (!group || group.status.kind === 'loading') {
      return [
        new MessageNode(this, 'loading', {
          icon: new vscode.ThemeIcon('loading~spin'),
          text: this.#waitingText(),
        }),
      ];
    }
    if (group.status.kind === 'failed') {
      return [
        new MessageNode(this, 'failed', {
          icon: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
          text: messageOf(group.status.error),
        }),
      ];
    }
    return this.#arrange(this.objects());
  }

  #matches(node: Node): boolean {
    const { filter } = this.#options;
    return !filter || filter.matches(this.#filterable(node));
  }

  #filterable(node: Node): Filterable {
    const entry = this.#group?.entries.get(node.uuid);
    const words = entry === undefined ? [] : this.#kind.words(entry);
    return { kind: this.#kind.rows, name: node.name, uuid: node.uuid, host: this.host.name, words };
  }

  #placeOf(node: Node): Place {
    return this.#matches(node) ? this.#sectionOf(node)?.key : hidden;
  }

  /** Sections in their order, then what stands by itself. */
  #arrange(objects: readonly Node[]): readonly ExplorerNode[] {
    this.#sectionOf = this.#kind.sections?.(this.#options.grouping, objects) ?? (() => undefined);
    this.#places = new Map(objects.map((node) => [node.uuid, this.#placeOf(node)]));
    const alone: Node[] = [];
    const sections = new Map<string, { readonly section: Section; readonly members: Node[] }>();
    for (const node of objects) {
      if (this.#places.get(node.uuid) === hidden) continue;
      const section = this.#sectionOf(node);
      if (!section) {
        alone.push(node);
        continue;
      }
      const known = sections.get(section.key) ?? { section, members: [] };
      sections.set(section.key, known);
      known.members.push(node);
    }
    const rows = this.#sections.sync(sections.keys(), (key) => new SectionNode(this, key));
    for (const row of rows) {
      const content = sections.get(row.key);
      if (content) row.show(content.section, content.members);
    }
    return [...[...rows].sort((a, b) => a.order - b.order || byName(a, b)), ...alone];
  }
}
