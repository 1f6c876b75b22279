import * as vscode from 'vscode';
import { messageOf } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { untilKnown } from '../../../hosts/knowledge/untilKnown.ts';
import type { NetworkEntry } from '../../../hosts/inventory/networks.ts';
import type { NetworkModel } from '../../../libvirt/model/network.ts';
import { listDhcpLeases } from '../../../libvirt/networks.ts';
import { documentUri } from '../../documents/documentUri.ts';
import { openDocumentCommand } from '../../documents/openCommand.ts';
import { MessageNode } from '../messageNode.ts';
import { connectedTraits, InventoryNode, type ExplorerNode } from '../node.ts';
import { facts, heading, plain, tooltip } from '../tooltip.ts';
import { LeaseNode, leaseKey } from './leaseNode.ts';

/** How long the rows of leases wait for the names of the domains. */
const patienceMs = 1500;

export class NetworkNode extends InventoryNode {
  readonly kind = 'network';
  #leases: ReadonlyMap<string, LeaseNode> | undefined;

  get entry(): NetworkEntry | undefined {
    return this.host.inventory?.networks.entries.get(this.uuid);
  }

  get name(): string {
    return this.entry?.ref.name ?? this.uuid;
  }

  get document(): vscode.Uri {
    return documentUri({ host: this.host.name, folder: 'networks', name: this.name });
  }

  /** Whether its leases have been read. */
  get hasLeases(): boolean {
    return this.#leases !== undefined;
  }

  override get traits(): readonly string[] {
    const { entry } = this;
    if (!entry) return [];
    return connectedTraits(this.host, [
      entry.active ? 'active' : 'inactive',
      entry.persistent ? 'persistent' : 'transient',
      entry.autostart ? 'autostart' : 'manual',
    ]);
  }

  item(): vscode.TreeItem {
    const active = this.entry?.active === true;
    const item = new vscode.TreeItem(
      this.name,
      active ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
    );
    item.iconPath = new vscode.ThemeIcon(
      'type-hierarchy',
      active ? new vscode.ThemeColor('testing.iconPassed') : undefined,
    );
    item.description = this.#description();
    item.accessibilityInformation = { label: t('Network {0}, {1}', this.name, item.description) };
    item.resourceUri = this.document;
    item.command = openDocumentCommand(this.document);
    return item;
  }

  #description(): string {
    const { entry } = this;
    if (!entry) return '';
    return [
      entry.active ? t('active') : t('inactive'),
      ...(entry.autostart ? [t('autostart')] : []),
      ...(entry.persistent ? [] : [t('transient')]),
    ].join(' · ');
  }

  /** The addresses that its DHCP server has given out or keeps. */
  override async children(): Promise<readonly ExplorerNode[]> {
    const { entry, host } = this;
    const connected = host.connected;
    if (entry?.active !== true || !connected) return [];
    try {
      const [model, leases] = await Promise.all([
        connected.inventory.networks.details(this.uuid),
        listDhcpLeases(connected.connection, entry.ref),
      ]);
      if (!model?.addresses.some(({ dhcp }) => dhcp)) {
        return [this.#message('no-dhcp', t('It gives out no addresses (no DHCP)'))];
      }
      const { networkClients } = await import('../../../operations/networks/networkClients.ts');
      const clients = networkClients(leases, model);
      if (clients.length === 0) return [this.#message('empty', t('No addresses given out'))];
      const domains = await this.#domainsByMac();
      const rows = clients.map((client) => {
        const row = this.#leases?.get(leaseKey(client)) ?? new LeaseNode(this, client);
        return row.update(client, domains.get(client.mac ?? ''));
      });
      this.#leases = new Map(rows.map((row) => [leaseKey(row.client), row]));
      return rows;
    } catch (error) {
      return [
        new MessageNode(this, 'failed', {
          icon: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
          text: messageOf(error),
        }),
      ];
    }
  }

  #message(key: string, text: string): MessageNode {
    return new MessageNode(this, key, { icon: new vscode.ThemeIcon('circle-slash'), text });
  }

  /** Names by MAC address, as far as they are known in time. */
  async #domainsByMac(): Promise<ReadonlyMap<string, string>> {
    const knowledge = this.host.connected?.knowledge;
    const domains =
      knowledge && (await untilKnown(knowledge, () => knowledge.current?.domains, { timeoutMs: patienceMs }));
    return new Map((domains ?? []).flatMap(({ name, macs }) => macs.map((mac) => [mac, name] as const)));
  }

  override async tooltip(): Promise<vscode.MarkdownString> {
    const model = await this.host.inventory?.networks.details(this.uuid);
    return tooltip(
      heading(t('Network {0}', this.name)),
      plain(this.#description()),
      facts([
        [t('Way out'), model && wayOut(model)],
        [t('Bridge'), model?.bridge],
        ...(model?.addresses ?? []).map(
          ({ address, prefix, netmask }) =>
            [t('Addresses'), `${address}/${prefix ?? netmask ?? ''}`] as const,
        ),
        [t('DNS domain'), model?.dnsDomain],
        [t('UUID'), this.uuid],
      ]),
    );
  }
}

/** How guests get out of a network. */
export function wayOut({ forwardMode, forwardDevice, forwardInterfaces }: NetworkModel): string {
  const device = forwardDevice ?? forwardInterfaces.join(', ');
  const through = (way: string): string => (device === '' ? way : t('{0} through {1}', way, device));
  switch (forwardMode) {
    case undefined:
      return t('none: guests reach the host and each other');
    case 'nat':
      return through(t('NAT'));
    case 'route':
      return through(t('routed'));
    case 'open':
      return t('open: libvirt sets no rules in the firewall');
    case 'bridge':
      return through(t('bridge of the host'));
    default:
      return through(forwardMode);
  }
}
