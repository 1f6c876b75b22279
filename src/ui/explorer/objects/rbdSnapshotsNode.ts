import * as vscode from 'vscode';
import { messageOf, Problem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { ConnectedHost, HostSession } from '../../../hosts/hostSession.ts';
import type { DomainDisk } from '../../../libvirt/model/disk.ts';
import { mayBeRbd } from '../../../libvirt/model/rbdSource.ts';
import type { RbdSnapshots } from '../../../operations/snapshots/rbdSnapshotSets.ts';
import { MessageNode } from '../messageNode.ts';
import { connectedTraits, NodeCache, ObjectNode, type ExplorerNode } from '../node.ts';
import type { DomainNode } from './domainNode.ts';
import { RbdSnapshotNode } from './rbdSnapshotNode.ts';

interface Reading {
  readonly host: ConnectedHost;
  readonly disks: string;
  readonly result: Promise<RbdSnapshots>;
}

/** "RBD Snapshots" below a domain: those of its disks in Ceph, which libvirt does not know of. Read when opened. */
export class RbdSnapshotsNode extends ObjectNode {
  readonly kind = 'rbdSnapshots';
  readonly id: string;
  readonly host: HostSession;
  readonly uuid = undefined;
  readonly domain: DomainNode;
  readonly #nodes = new NodeCache<string, RbdSnapshotNode>();
  #known: RbdSnapshots | undefined;
  /** Other disks, or a new connection, need a new reading. */
  #reading: Reading | undefined;

  constructor(domain: DomainNode) {
    super(domain);
    this.host = domain.host;
    this.domain = domain;
    this.id = `${domain.id}/rbdSnapshots`;
  }

  /** As last read. */
  get known(): RbdSnapshots | undefined {
    return this.#known;
  }

  /** Its domain's. */
  get name(): string {
    return this.domain.name;
  }

  override get traits(): readonly string[] {
    return connectedTraits(this.host, []);
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(t('RBD Snapshots'), vscode.TreeItemCollapsibleState.Collapsed);
    item.iconPath = new vscode.ThemeIcon('layers');
    item.description = this.#known ? String(this.#known.sets.length) : '';
    item.accessibilityInformation = {
      label:
        item.description === ''
          ? t('RBD snapshots of {0}', this.name)
          : t('RBD snapshots of {0}: {1}', this.name, item.description),
    };
    return item;
  }

  /** All of them, by one program on the host for each disk. */
  async read(): Promise<RbdSnapshots> {
    const host = this.host.require();
    const { disks } = await host.inventory.domains.details(this.domain.uuid);
    const key = JSON.stringify(disks.filter(mayBeRbd).map(({ target, source }) => [target, source]));
    if (this.#reading?.host === host && this.#reading.disks === key) return this.#reading.result;
    const reading = { host, disks: key, result: readFrom(host, disks) };
    this.#reading = reading;
    try {
      const read = await reading.result;
      if (this.#reading === reading) this.#known = read;
      return read;
    } catch (error) {
      if (this.#reading === reading) this.#reading = undefined;
      throw error;
    }
  }

  /** What was read may no longer be so. */
  forget(): void {
    this.#reading = undefined;
  }

  override async children(): Promise<readonly ExplorerNode[]> {
    try {
      const sets = this.host.connected ? (await this.read()).sets : (this.#known?.sets ?? []);
      if (sets.length > 0) {
        const names = sets.map(({ name }) => name);
        return this.#nodes.sync(names, (name) => new RbdSnapshotNode(this, name));
      }
      return [
        new MessageNode(this, 'empty', {
          icon: new vscode.ThemeIcon('circle-slash'),
          text: t('No RBD snapshots'),
        }),
      ];
    } catch (error) {
      return [
        new MessageNode(this, 'failed', {
          icon: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
          text: messageOf(error),
          detail: error instanceof Problem ? error.advice : undefined,
        }),
      ];
    }
  }
}

async function readFrom(host: ConnectedHost, disks: readonly DomainDisk[]): Promise<RbdSnapshots> {
  const [{ findRbdDisks }, { readRbdSnapshots }] = await Promise.all([
    import('../../../operations/snapshots/rbdDisks.ts'),
    import('../../../operations/snapshots/rbdSnapshotSets.ts'),
  ]);
  return readRbdSnapshots(await findRbdDisks(host, disks));
}
