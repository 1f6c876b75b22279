import * as vscode from 'vscode';
import { messageOf } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { PoolEntry } from '../../../hosts/inventory/pools.ts';
import { LibvirtError } from '../../../libvirt/errors.ts';
import { PoolState } from '../../../libvirt/protocol/storagePool.ts';
import { documentUri } from '../../documents/documentUri.ts';
import { openDocumentCommand } from '../../documents/openCommand.ts';
import { formatBytes } from '../../../base/sizes.ts';
import { MessageNode } from '../messageNode.ts';
import { connectedTraits, NodeCache, InventoryNode, type ExplorerNode } from '../node.ts';
import { byName } from './byName.ts';
import { poolTooltip } from './poolTooltip.ts';
import { VolumeNode } from './volumeNode.ts';

export class PoolNode extends InventoryNode {
  readonly kind = 'pool';
  readonly #volumes = new NodeCache<string, VolumeNode>();

  get entry(): PoolEntry | undefined {
    return this.host.inventory?.pools.entries.get(this.uuid);
  }

  get name(): string {
    return this.entry?.ref.name ?? this.uuid;
  }

  get document(): vscode.Uri {
    return documentUri({ host: this.host.name, folder: 'pools', name: this.name });
  }

  override get traits(): readonly string[] {
    const { entry } = this;
    if (!entry) return [];
    return connectedTraits(this.host, [
      entry.active ? 'active' : 'inactive',
      entry.persistent ? 'persistent' : 'transient',
      entry.autostart ? 'autostart' : 'manual',
      ...(this.#isRbd(entry) ? ['rbd'] : []),
    ]);
  }

  /** As far as it is known by now. */
  #isRbd({ ref }: PoolEntry): boolean {
    const known = this.host.connected?.knowledge.current?.rbdPools;
    return known?.some(({ name }) => name === ref.name) === true;
  }

  item(): vscode.TreeItem {
    this.host.inventory?.pools.wantCondition(this.uuid);
    const item = new vscode.TreeItem(
      this.name,
      this.entry?.active === true
        ? vscode.TreeItemCollapsibleState.Collapsed
        : vscode.TreeItemCollapsibleState.None,
    );
    item.iconPath = this.#icon();
    item.description = this.#description();
    item.accessibilityInformation = { label: t('Storage pool {0}, {1}', this.name, item.description) };
    item.resourceUri = this.document;
    item.command = openDocumentCommand(this.document);
    return item;
  }

  #icon(): vscode.ThemeIcon {
    const { entry } = this;
    if (entry?.condition?.kind === 'unknown') {
      return new vscode.ThemeIcon('question', new vscode.ThemeColor('list.errorForeground'));
    }
    if (entry?.active !== true) return new vscode.ThemeIcon('database');
    return new vscode.ThemeIcon('database', new vscode.ThemeColor('testing.iconPassed'));
  }

  /** State first, then what is left, then whether it starts with the host: in words, for all who do not see icons. */
  #description(): string {
    const { entry } = this;
    if (!entry) return '';
    const { condition } = entry;
    if (condition?.kind === 'unknown') return t('unknown: {0}', reasonOf(condition.error));
    const words = [entry.active ? stateWord(condition?.info.state) : t('inactive')];
    if (entry.active && condition && condition.info.capacity > 0) {
      words.push(t('{0} free', formatBytes(condition.info.available)));
    }
    if (entry.autostart) words.push(t('autostart'));
    return words.join(' · ');
  }

  override async children(): Promise<readonly ExplorerNode[]> {
    const { inventory } = this.host;
    if (!inventory) return [];
    try {
      const volumes = await inventory.pools.volumes(this.uuid);
      inventory.pools.volumeDetails.want(this.uuid, volumes);
      if (volumes.length === 0) {
        return [
          new MessageNode(this, 'empty', {
            icon: new vscode.ThemeIcon('circle-slash'),
            text: t('No volumes'),
          }),
        ];
      }
      const byKey = new Map(volumes.map((ref) => [ref.name, ref]));
      return [
        ...this.#volumes.sync(
          byKey.keys(),
          (name) => new VolumeNode(this, byKey.get(name) ?? { pool: this.name, name, key: name }),
        ),
      ].sort(byName);
    } catch (error) {
      return [
        new MessageNode(this, 'failed', {
          icon: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
          text: messageOf(error),
        }),
      ];
    }
  }

  override async tooltip(): Promise<vscode.MarkdownString> {
    const knowledge = await this.host.connected?.knowledge.basics();
    const condition = this.entry?.condition;
    return poolTooltip({
      ...{ name: this.name, uuid: this.uuid, description: this.#description() },
      type: knowledge?.pools?.find(({ uuid }) => uuid === this.uuid)?.type,
      rbd: knowledge?.rbdPools.find(({ name }) => name === this.name),
      info: condition?.kind === 'info' ? condition.info : undefined,
      isActive: this.entry?.active === true,
    });
  }
}

/** The daemon's sentence without what the row already says. */
function reasonOf(error: unknown): string {
  const said = error instanceof LibvirtError ? (error.raw ?? error.message) : messageOf(error);
  return said.replace(/^internal error: /, '');
}

function stateWord(state: number | undefined): string {
  switch (state) {
    case PoolState.building:
      return t('building');
    case PoolState.degraded:
      return t('degraded');
    case PoolState.inaccessible:
      return t('inaccessible');
    default:
      return t('active');
  }
}
