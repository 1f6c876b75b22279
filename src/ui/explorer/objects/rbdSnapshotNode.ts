import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import type { RbdSnapshotSet } from '../../../operations/snapshots/rbdSnapshotSets.ts';
import { connectedTraits, ObjectNode } from '../node.ts';
import { facts, heading, plain, tooltip } from '../tooltip.ts';
import type { DomainNode } from './domainNode.ts';
import type { RbdSnapshotsNode } from './rbdSnapshotsNode.ts';
import { timeText } from './snapshotWords.ts';

/** The RBD snapshots of one name of a domain's disks. */
export class RbdSnapshotNode extends ObjectNode {
  readonly kind = 'rbdSnapshot';
  readonly id: string;
  readonly host: HostSession;
  readonly name: string;
  readonly uuid = undefined;
  readonly list: RbdSnapshotsNode;

  constructor(list: RbdSnapshotsNode, name: string) {
    super(list);
    this.host = list.host;
    this.list = list;
    this.name = name;
    this.id = `${list.id}/${name}`;
  }

  get domain(): DomainNode {
    return this.list.domain;
  }

  /** As it was last read; undefined once it is gone. */
  get set(): RbdSnapshotSet | undefined {
    return this.list.known?.sets.find(({ name }) => name === this.name);
  }

  /** `protected` and `unprotected`: both where it is protected on some disks. */
  override get traits(): readonly string[] {
    const members = this.set?.members ?? [];
    const words = new Set(members.map(({ info }) => (info.protected ? 'protected' : 'unprotected')));
    return connectedTraits(this.host, [...words].sort());
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.name);
    item.iconPath = new vscode.ThemeIcon(this.#isPartial() ? 'warning' : 'history');
    item.description = this.#words().join(' · ');
    item.accessibilityInformation = { label: t('RBD snapshot {0}, {1}', this.name, item.description) };
    return item;
  }

  #isPartial(): boolean {
    return (this.set?.missing.length ?? 0) > 0;
  }

  #words(): readonly string[] {
    const { set } = this;
    if (!set) return [];
    const targets = set.members.map(({ disk }) => disk.target).join(', ');
    const guarded = set.members.filter(({ info }) => info.protected);
    const protection =
      guarded.length === set.members.length
        ? t('protected')
        : t('protected on {0}', guarded.map(({ disk }) => disk.target).join(', '));
    return [
      this.#isPartial() ? t('only {0}', targets) : undefined,
      set.createdAt && timeText(set.createdAt),
      this.#isPartial() ? undefined : t('all RBD disks'),
      formatBytes(set.size),
      guarded.length === 0 ? undefined : protection,
    ].filter((word) => word !== undefined);
  }

  override tooltip(): Promise<vscode.MarkdownString> {
    const { set } = this;
    return Promise.resolve(
      tooltip(
        heading(t('RBD snapshot {0}', this.name)),
        plain(this.#words().join(' · ')),
        facts([
          ...(set?.members ?? []).map(
            ({ disk, info }) =>
              [disk.target, `${disk.image.pool}/${disk.image.image}, ${formatBytes(info.size)}`] as const,
          ),
          ...(set?.missing ?? []).map(({ target }) => [target, t('no snapshot of this name')] as const),
        ]),
      ),
    );
  }
}
