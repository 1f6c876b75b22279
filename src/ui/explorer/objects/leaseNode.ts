import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import type { NetworkClient } from '../../../operations/networks/networkClients.ts';
import { connectedTraits, ObjectNode } from '../node.ts';
import { facts, heading, tooltip } from '../tooltip.ts';
import type { NetworkNode } from './networkNode.ts';

/** What tells the addresses of a network apart. */
export function leaseKey({ ip, mac, clientId }: NetworkClient): string {
  return `${ip}/${mac ?? clientId ?? ''}`;
}

/** An address of a network: one that a guest has now, or one that is kept for it. */
export class LeaseNode extends ObjectNode {
  readonly kind = 'lease';
  readonly id: string;
  readonly host: HostSession;
  readonly uuid = undefined;
  readonly network: NetworkNode;
  #client: NetworkClient;
  #domain: string | undefined;

  constructor(network: NetworkNode, client: NetworkClient) {
    super(network);
    this.host = network.host;
    this.network = network;
    this.id = `${network.id}/lease/${leaseKey(client)}`;
    this.#client = client;
  }

  get client(): NetworkClient {
    return this.#client;
  }

  /** The domain of the host that has the MAC address, where one is known. */
  get domain(): string | undefined {
    return this.#domain;
  }

  /** What the network tells of it now. */
  update(client: NetworkClient, domain: string | undefined): this {
    this.#client = client;
    this.#domain = domain;
    return this;
  }

  /** The address. */
  get name(): string {
    return this.client.ip;
  }

  /** `kept` where the network keeps the address for this guest. */
  override get traits(): readonly string[] {
    return connectedTraits(this.host, [this.client.reservation ? 'kept' : 'unkept']);
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.name);
    const inUse = this.client.leaseEnds !== undefined;
    item.iconPath = new vscode.ThemeIcon(
      this.client.reservation ? 'pinned' : 'symbol-number',
      inUse ? new vscode.ThemeColor('testing.iconPassed') : undefined,
    );
    item.description = this.#words().join(' · ');
    item.accessibilityInformation = { label: t('Address {0}, {1}', this.name, item.description) };
    return item;
  }

  /** Whose it is, until when, and that it is kept. */
  #words(): readonly string[] {
    const { hostname, mac, leaseEnds, reservation } = this.client;
    const who = this.domain ?? hostname;
    return [
      ...(who === undefined ? [] : [who]),
      leaseEnds === undefined ? t('not in use') : endInWords(leaseEnds),
      ...(reservation ? [t('kept for it')] : []),
      ...(mac === undefined ? [] : [mac]),
    ];
  }

  override tooltip(): Promise<vscode.MarkdownString> {
    const { hostname, mac, clientId, leaseEnds, reservation } = this.client;
    return Promise.resolve(
      tooltip(
        heading(t('Address {0}', this.name)),
        facts([
          [t('Domain'), this.domain],
          [t('Says its name is'), hostname],
          [t('MAC address'), mac],
          [t('Client id'), clientId],
          [t('Given'), leaseEnds === undefined ? t('not in use') : endInWords(leaseEnds, true)],
          [
            t('Kept'),
            reservation &&
              (reservation.ip === this.name
                ? t('always this address')
                : t('{0}, from its next request on', reservation.ip ?? '')),
          ],
        ]),
      ),
    );
  }
}

/** `until 13:09`; of another day with its date. @param seconds since 1970 */
export function endInWords(seconds: number, isLong = false): string {
  if (seconds === 0) return t('for ever');
  const end = new Date(seconds * 1000);
  const now = new Date();
  const isToday = end.toDateString() === now.toDateString();
  const time = end.toLocaleTimeString(vscode.env.language, { hour: '2-digit', minute: '2-digit' });
  const date = end.toLocaleDateString(vscode.env.language, { day: 'numeric', month: 'short' });
  const when = isToday && !isLong ? time : `${date}, ${time}`;
  return end < now ? t('ended {0}', when) : t('until {0}', when);
}
