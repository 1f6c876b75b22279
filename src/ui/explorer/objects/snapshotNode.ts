import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import type { Snapshot } from '../../../operations/snapshots/snapshotTree.ts';
import { openDocumentCommand } from '../../documents/openCommand.ts';
import { snapshotUri } from '../../documents/snapshotUri.ts';
import { connectedTraits, DocumentNode, NodeCache, type ExplorerNode } from '../node.ts';
import { facts, heading, plain, tooltip } from '../tooltip.ts';
import type { DomainNode } from './domainNode.ts';
import type { SnapshotsNode } from './snapshotsNode.ts';
import { snapshotContent, snapshotState, snapshotTime } from './snapshotWords.ts';

/** A snapshot that libvirt knows; below it those that build upon it. */
export class SnapshotNode extends DocumentNode {
  readonly kind = 'snapshot';
  readonly host: HostSession;
  readonly name: string;
  readonly uuid = undefined;
  readonly list: SnapshotsNode;
  readonly #below = new NodeCache<string, SnapshotNode>();

  constructor(parent: ExplorerNode, list: SnapshotsNode, name: string) {
    super(parent);
    this.host = parent.host;
    this.list = list;
    this.name = name;
  }

  /** Another one once something builds upon it: VS Code unfolds no row that it knows as a leaf. */
  get id(): string {
    return [this.parent?.id, this.name, ...(this.#isLeaf ? [] : ['+'])].join('/');
  }

  get #isLeaf(): boolean {
    return (this.snapshot?.children.length ?? 0) === 0;
  }

  get domain(): DomainNode {
    return this.list.domain;
  }

  /** As it was last read; undefined once it is gone. */
  get snapshot(): Snapshot | undefined {
    return this.list.known.byName.get(this.name);
  }

  get document(): vscode.Uri {
    return snapshotUri({ host: this.host.name, domain: this.domain.name, name: this.name });
  }

  override get traits(): readonly string[] {
    return connectedTraits(this.host, this.snapshot?.isCurrent === true ? ['current'] : []);
  }

  item(): vscode.TreeItem {
    const { snapshot } = this;
    const item = new vscode.TreeItem(
      this.name,
      this.#isLeaf ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Expanded,
    );
    item.iconPath = new vscode.ThemeIcon(snapshot?.isCurrent === true ? 'pass' : 'history');
    item.description = this.#words().join(' · ');
    item.accessibilityInformation = { label: t('Snapshot {0}, {1}', this.name, item.description) };
    item.command = openDocumentCommand(this.document);
    return item;
  }

  #words(): readonly string[] {
    const { snapshot } = this;
    if (!snapshot) return [];
    return [
      snapshot.isCurrent ? t('current') : undefined,
      snapshotTime(snapshot),
      snapshotState(snapshot.state),
      snapshotContent(snapshot),
    ].filter((word) => word !== undefined);
  }

  override children(): readonly ExplorerNode[] {
    const names = (this.snapshot?.children ?? []).map(({ name }) => name);
    return this.#below.sync(names, (name) => new SnapshotNode(this, this.list, name));
  }

  override tooltip(): Promise<vscode.MarkdownString> {
    const { snapshot } = this;
    return Promise.resolve(
      tooltip(
        heading(t('Snapshot {0}', this.name)),
        plain(this.#words().join(' · ')),
        snapshot?.description === undefined ? undefined : plain(snapshot.description),
        facts([
          [t('Memory'), snapshot?.memoryFile],
          ...(snapshot?.disks ?? [])
            .filter(({ location }) => location !== 'no')
            .map(({ target, file }) => [target, file ?? t('inside its qcow2 file')] as const),
        ]),
      ),
    );
  }
}
