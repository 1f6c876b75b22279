import * as vscode from 'vscode';
import { messageOf } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import { countSnapshots } from '../../../libvirt/snapshots.ts';
import type { SnapshotTree } from '../../../operations/snapshots/snapshotTree.ts';
import { MessageNode } from '../messageNode.ts';
import { connectedTraits, NodeCache, ObjectNode, type ExplorerNode } from '../node.ts';
import type { DomainNode } from './domainNode.ts';
import { SnapshotNode } from './snapshotNode.ts';

const nothing: SnapshotTree = { roots: [], byName: new Map() };

/** "Snapshots" below a domain: what libvirt knows of, read when the row is opened. libvirt has no events of them. */
export class SnapshotsNode extends ObjectNode {
  readonly kind = 'snapshots';
  readonly id: string;
  readonly host: HostSession;
  readonly uuid = undefined;
  readonly domain: DomainNode;
  readonly #roots = new NodeCache<string, SnapshotNode>();
  #count: number | undefined;
  #known = nothing;

  constructor(domain: DomainNode) {
    super(domain);
    this.host = domain.host;
    this.domain = domain;
    this.id = `${domain.id}/snapshots`;
  }

  /** As last read. */
  get known(): SnapshotTree {
    return this.#known;
  }

  /** Its domain's. */
  get name(): string {
    return this.domain.name;
  }

  override get traits(): readonly string[] {
    return connectedTraits(this.host, []);
  }

  /** Asks how many there are, which the row shows; undefined where the driver does not tell. */
  async count(): Promise<number | undefined> {
    const connection = this.host.connected?.connection;
    const ref = this.domain.entry?.ref;
    if (connection && ref) this.#count = await countSnapshots(connection, ref).catch(() => undefined);
    return this.#count;
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(t('Snapshots'), vscode.TreeItemCollapsibleState.Collapsed);
    item.iconPath = new vscode.ThemeIcon('history');
    item.description = this.#count === undefined ? '' : String(this.#count);
    item.accessibilityInformation = {
      label:
        item.description === ''
          ? t('Snapshots of {0}', this.name)
          : t('Snapshots of {0}: {1}', this.name, item.description),
    };
    return item;
  }

  /** All of them, read anew. @param afresh also what was read before, which may have been changed elsewhere */
  async read(afresh = false): Promise<SnapshotTree> {
    const { connection } = this.host.require();
    const ref = this.domain.entry?.ref;
    if (!ref) return nothing;
    const { readSnapshots } = await import('../../../operations/snapshots/snapshotTree.ts');
    this.#known = await readSnapshots(connection, ref, afresh ? nothing : this.#known);
    this.#count = this.#known.byName.size;
    return this.#known;
  }

  /** What was read may no longer be so. */
  forget(): void {
    this.#known = nothing;
  }

  override async children(): Promise<readonly ExplorerNode[]> {
    try {
      const { roots } = this.host.connected ? await this.read() : this.#known;
      if (roots.length > 0) {
        const names = roots.map(({ name }) => name);
        return this.#roots.sync(names, (name) => new SnapshotNode(this, this, name));
      }
      return [
        new MessageNode(this, 'empty', {
          icon: new vscode.ThemeIcon('circle-slash'),
          text: t('No snapshots'),
        }),
      ];
    } catch (error) {
      return [
        new MessageNode(this, 'failed', {
          icon: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
          text: messageOf(error),
        }),
      ];
    }
  }
}
