import * as vscode from 'vscode';
import { messageOf } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import type { ObjectGroup } from '../../../hosts/inventory/objectGroup.ts';
import { MessageNode } from '../messageNode.ts';
import { connectedTraits, ExplorerNode, NodeCache, type ObjectNode } from '../node.ts';
import { byName } from './byName.ts';

/** What one kind of object adds to a group row. */
export interface GroupKind<Entry, Event, Node extends ObjectNode> {
  readonly key: string;
  readonly label: string;
  readonly icon: string;
  group(host: HostSession): ObjectGroup<Entry, Event> | undefined;
  /** Said when the list is late: what libvirt may be waiting for. */
  readonly whenLate?: string | undefined;
  createNode(parent: ExplorerNode, uuid: string): Node;
}

/** "Domains", "Storage Pools" ...: the objects of one kind, with their count. */
export class GroupNode<Entry, Event, Node extends ObjectNode> extends ExplorerNode {
  readonly kind = 'group';
  readonly id: string;
  readonly host: HostSession;
  readonly #kind: GroupKind<Entry, Event, Node>;
  readonly #nodes = new NodeCache<string, Node>();

  constructor(parent: ExplorerNode, kind: GroupKind<Entry, Event, Node>) {
    super(parent);
    this.host = parent.host;
    this.id = `${parent.id}/${kind.key}`;
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

  /** The row of an object, if it has been shown. */
  nodeOf(uuid: string): Node | undefined {
    return this.#nodes.get(uuid);
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
    return String(group.entries.size);
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
    return [...this.#nodes.sync(group.entries.keys(), (uuid) => this.#kind.createNode(this, uuid))].sort(
      byName,
    );
  }
}
