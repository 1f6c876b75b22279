import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import { ExplorerNode } from '../node.ts';

/** Objects of a group that belong together: the running ones, those whose names begin alike. */
export interface Section {
  readonly key: string;
  readonly label: string;
  /** Where it stands among the sections; those of one order are sorted by their labels. */
  readonly order: number;
}

export class SectionNode extends ExplorerNode {
  readonly kind = 'section';
  readonly id: string;
  readonly host: HostSession;
  readonly key: string;
  #section: Section | undefined;
  #members: readonly ExplorerNode[] = [];

  constructor(group: ExplorerNode, key: string) {
    super(group);
    this.host = group.host;
    this.key = key;
    this.id = `${group.id}/section/${key}`;
  }

  get order(): number {
    return this.#section?.order ?? 0;
  }

  get name(): string {
    return this.#section?.label ?? this.key;
  }

  show(section: Section, members: readonly ExplorerNode[]): void {
    this.#section = section;
    this.#members = members;
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.name, vscode.TreeItemCollapsibleState.Collapsed);
    item.iconPath = new vscode.ThemeIcon('folder');
    item.description = String(this.#members.length);
    item.accessibilityInformation = { label: t('Domains, {0}: {1}', this.name, item.description) };
    return item;
  }

  override children(): readonly ExplorerNode[] {
    return this.#members;
  }
}
