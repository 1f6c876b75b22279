import * as vscode from 'vscode';
import { messageOf, Problem, rootCause } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { FoundCeph } from '../../hosts/clusters/findRoutes.ts';
import type { Hindrance } from '../../hosts/clusters/hindrance.ts';
import type { HostSession } from '../../hosts/hostSession.ts';
import { formatBytes } from '../../base/sizes.ts';
import { MessageNode } from './messageNode.ts';
import { ObjectNode, type ExplorerNode, type Marks } from './node.ts';
import type { GroupNodes } from './objects/hostGroups.ts';
import { facts, heading, plain, tooltip } from './tooltip.ts';
import type { TreeOptions } from './treeOptions.ts';

/** A host that needs longer says that it is being connected to. */
const patienceMs = 1000;

export class HostNode extends ObjectNode {
  readonly kind = 'host';
  readonly id: string;
  readonly host: HostSession;
  readonly uuid = undefined;
  readonly #marks: Marks;
  readonly #options: TreeOptions;
  readonly #ceph: () => FoundCeph | undefined;
  #groups: GroupNodes | undefined;
  #opening: Promise<void> | undefined;

  /** @param ceph what has been found of Ceph on the host */
  constructor(
    host: HostSession,
    options: TreeOptions,
    marks: Marks,
    ceph: () => FoundCeph | undefined = () => undefined,
  ) {
    super(undefined);
    this.host = host;
    this.#marks = marks;
    this.#options = options;
    this.#ceph = ceph;
    this.id = `host/${host.name}`;
  }

  get name(): string {
    return this.host.name;
  }

  /** Why the host shows nothing of Ceph, although there is something on it. */
  get hindrance(): Hindrance | undefined {
    return this.#ceph()?.hindrance;
  }

  override get marks(): Marks {
    return this.#marks;
  }

  override get traits(): readonly string[] {
    const { state } = this.host;
    switch (state.kind) {
      case 'connected':
        return ['connected', 'online', ...(this.hindrance ? ['hindered'] : [])];
      case 'connecting':
        return ['connecting'];
      case 'lost':
        return ['lost', 'offline', 'online'];
      case 'failed':
      case 'disconnected':
        return [state.kind, 'offline'];
    }
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.name, vscode.TreeItemCollapsibleState.Collapsed);
    const { icon, text } = this.#appearance();
    item.iconPath = icon;
    item.description = text;
    item.accessibilityInformation = { label: t('Host {0}, {1}', this.name, this.#spoken(text)) };
    return item;
  }

  /** What the icon tells those who see it is said to those who do not. */
  #spoken(text: string): string {
    const { kind } = this.host.state;
    if (kind === 'failed') return t('failed: {0}', text);
    return kind === 'lost' ? t('connection lost: {0}', text) : text;
  }

  #appearance(): { readonly icon: vscode.ThemeIcon; readonly text: string } {
    const { state } = this.host;
    const warning = new vscode.ThemeColor('list.warningForeground');
    switch (state.kind) {
      case 'connected':
        return {
          icon: new vscode.ThemeIcon('vm-connect', new vscode.ThemeColor('testing.iconPassed')),
          text: t('connected'),
        };
      case 'connecting':
        return { icon: new vscode.ThemeIcon('loading~spin'), text: t('connecting…') };
      case 'failed':
        return {
          icon: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
          text: messageOf(state.error),
        };
      case 'lost':
        return {
          icon: new vscode.ThemeIcon('warning', warning),
          text: messageOf(rootCause(state.error)),
        };
      case 'disconnected':
        return { icon: new vscode.ThemeIcon('vm-outline'), text: t('not connected') };
    }
  }

  /** The rows of what is on the host; undefined until they have been shown. */
  get shownGroups(): GroupNodes | undefined {
    return this.#groups;
  }

  async groups(): Promise<GroupNodes> {
    const { hostGroups } = await import('./objects/hostGroups.ts');
    return (this.#groups ??= hostGroups(this, this.#options));
  }

  /** Opening the row of a host is the wish to see it: the first time it is connected to. */
  override async children(): Promise<readonly ExplorerNode[]> {
    if (!this.host.attempted) {
      // How it goes on shows in the row itself.
      this.host.connect().catch(() => undefined);
      this.#opening = untilListed(this.host);
    }
    await this.#opening;
    const notice = this.#notice();
    const groups = this.host.inventory ? await this.#groupsToShow() : [];
    return [...(notice ? [notice] : []), ...groups, ...(await this.#cephNotice())];
  }

  async #groupsToShow(): Promise<readonly ExplorerNode[]> {
    const groups = Object.values(await this.groups());
    if (!this.#options.filter) return groups;
    const matching = groups.filter(({ hasMatches }) => hasMatches);
    if (matching.length > 0) return matching;
    return [
      new MessageNode(this, 'filtered', {
        icon: new vscode.ThemeIcon('filter'),
        text: t('Nothing on {0} matches the filter.', this.name),
      }),
    ];
  }

  async #cephNotice(): Promise<readonly ExplorerNode[]> {
    const { hindrance } = this;
    if (!hindrance || !this.host.connected || this.#options.filter) return [];
    const { hindranceRow } = await import('./clusters/hindranceRows.ts');
    return [hindranceRow(this, hindrance)];
  }

  #notice(): MessageNode | undefined {
    const { state } = this.host;
    const connect = { command: 'libvirt.host.connect', title: t('Connect'), arguments: [this] };
    switch (state.kind) {
      case 'connected':
        return undefined;
      case 'connecting':
        return this.host.inventory
          ? undefined
          : new MessageNode(this, 'connecting', {
              icon: new vscode.ThemeIcon('loading~spin'),
              text: t('Connecting to {0}…', this.name),
            });
      case 'disconnected':
        return new MessageNode(this, 'disconnected', {
          icon: new vscode.ThemeIcon('plug'),
          text: t('Not connected. Select to connect.'),
          command: connect,
        });
      case 'failed':
        return new MessageNode(this, 'failed', {
          icon: new vscode.ThemeIcon('debug-restart'),
          text: t('Select to try again.'),
          detail: adviceOf(state.error),
          command: connect,
        });
      case 'lost':
        return new MessageNode(this, 'lost', {
          icon: new vscode.ThemeIcon('debug-restart'),
          text: t('What is below was last known. Select to reconnect now.'),
          detail: adviceOf(state.error),
          command: connect,
        });
    }
  }

  override tooltip(): Promise<vscode.MarkdownString | undefined> {
    const { address, state, facts: known, inventory } = this.host;
    const problem = state.kind === 'failed' || state.kind === 'lost' ? state.error : undefined;
    const advice = adviceOf(problem);
    const unsupported = inventory?.unsupported.map(({ object, kind }) => `${object} ${kind}`).join(', ');
    return Promise.resolve(
      tooltip(
        heading(t('Host {0}', this.name)),
        problem === undefined ? undefined : plain(messageOf(problem)),
        advice === undefined ? undefined : plain(advice),
        facts([
          [t('Address'), address.uri],
          [t('Host name'), known?.hostname],
          [t('libvirt'), known?.libvirtVersion],
          [t('Hypervisor'), known === undefined ? undefined : `${known.type} ${known.hypervisorVersion}`],
          [t('CPU'), known === undefined ? undefined : t('{0} × {1}', known.node.cpus, known.node.model)],
          [t('Memory'), known === undefined ? undefined : formatBytes(known.node.memory * 1024)],
          [t('Ceph'), cephInWords(this.#ceph())],
          [t('Events this libvirt does not have'), unsupported === '' ? undefined : unsupported],
        ]),
      ),
    );
  }
}

/**
 * Until what is on a host that is being connected is listed, or it is clear that this takes longer or fails. Rows that
 * are given at once are drawn at once; what changes a moment later VS Code draws late, when changes have ceased.
 */
function untilListed(host: HostSession): Promise<void> {
  const isSettled = (): boolean => {
    const { state, inventory } = host;
    if (state.kind === 'connecting') return false;
    if (state.kind !== 'connected' || inventory === undefined) return true;
    const { domains, pools, networks, secrets } = inventory;
    return [domains, pools, networks, secrets].every(({ status }) => status.kind !== 'loading');
  };
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      for (const listener of listeners) listener.dispose();
      resolve();
    };
    const look = (): void => {
      if (isSettled()) done();
    };
    const timer = setTimeout(done, patienceMs);
    const listeners = [host.onDidChangeState(look), host.onDidChangeInventory(look)];
    look();
  });
}

function adviceOf(error: unknown): string | undefined {
  return error instanceof Problem ? error.advice : undefined;
}

/** Whom the host is to which cluster. */
function cephInWords(ceph: FoundCeph | undefined): string | undefined {
  const clients = (ceph?.routes ?? []).map(({ clusterName, route }) =>
    t('client.{0} of the cluster {1}', route.clientId, clusterName),
  );
  return clients.length === 0 ? undefined : [...new Set(clients)].join(', ');
}
