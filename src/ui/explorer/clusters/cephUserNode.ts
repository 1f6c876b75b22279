import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { inCapOrder } from '../../../ceph/cephCaps.ts';
import type { CephUser } from '../../../ceph/cephUsers.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { readCephLogins, type CephLogins } from '../../../hosts/clusters/cephLogins.ts';
import { capsInWords, isForDaemons } from '../../../operations/cephUsers/capsInWords.ts';
import { MessageNode } from '../messageNode.ts';
import type { ExplorerNode } from '../node.ts';
import { facts, heading, plain, tooltip } from '../tooltip.ts';
import { ClusterRow } from './clusterRow.ts';

/** Somebody who may log in to a cluster; below are its capabilities, and what logs in as it. */
export class CephUserNode extends ClusterRow {
  readonly kind = 'cephUser';
  readonly id: string;
  /** `client.libvirt` */
  readonly name: string;

  constructor(parent: ExplorerNode, cluster: CephCluster, entity: string) {
    super(parent, cluster);
    this.name = entity;
    this.id = `${parent.id}/${entity}`;
  }

  get user(): CephUser | undefined {
    return this.cluster.users.value?.find(({ entity }) => entity === this.name);
  }

  /** `libvirt` of client.libvirt */
  get clientId(): string {
    return this.name.replace(/^client\./, '');
  }

  override get traits(): readonly string[] {
    return this.connectedTraits();
  }

  item(): vscode.TreeItem {
    const { user } = this;
    const words = user ? capsInWords(user.caps) : '';
    const item = new vscode.TreeItem(this.name, vscode.TreeItemCollapsibleState.Collapsed);
    item.iconPath = new vscode.ThemeIcon(user && isForDaemons(user) ? 'server-process' : 'account');
    item.description = words;
    item.accessibilityInformation = { label: t('Ceph user {0}, {1}', this.name, words) };
    return item;
  }

  override async children(): Promise<readonly ExplorerNode[]> {
    const caps = inCapOrder(this.user?.caps ?? new Map<string, string>()).map(
      ([daemon, cap]) =>
        new MessageNode(this, `cap ${daemon}`, {
          icon: new vscode.ThemeIcon('shield'),
          text: `${daemon}: ${cap}`,
          detail: t('Capability of {0} at the daemons of kind {1}', this.name, daemon),
        }),
    );
    return [...caps, ...(await this.#logins()).flatMap((logins) => this.#loginRows(logins))];
  }

  override async tooltip(): Promise<vscode.MarkdownString | undefined> {
    const { user } = this;
    const logins = await this.#logins();
    return tooltip(
      heading(t('Ceph user {0}', this.name)),
      user && plain(capsInWords(user.caps)),
      user && facts(inCapOrder(user.caps)),
      facts([
        [t('Storage pools that log in with it'), named(logins, ({ pools }) => pools)],
        [t('Domains that log in with it'), named(logins, ({ domains }) => domains.map(({ name }) => name))],
      ]),
    );
  }

  #logins(): Promise<readonly CephLogins[]> {
    return readCephLogins(this.cluster, this.clientId, this.cluster.clients);
  }

  #loginRows({ session, pools, domains, isComplete }: CephLogins): readonly MessageNode[] {
    const row = (key: string, icon: string, text: string, detail?: string): MessageNode =>
      new MessageNode(this, `${session.name} ${key}`, { icon: new vscode.ThemeIcon(icon), text, detail });
    return [
      ...pools.map((pool) =>
        row(
          `pool ${pool}`,
          'database',
          t('{0} on {1}', pool, session.name),
          t('This storage pool logs in with {0}.', this.name),
        ),
      ),
      ...domains.map(({ name, uuid, isActive }) =>
        row(
          `domain ${uuid}`,
          'vm',
          t('{0} on {1}', name, session.name),
          isActive
            ? t('This domain logs in with {0}, and runs.', this.name)
            : t('This domain logs in with {0}.', this.name),
        ),
      ),
      ...(isComplete
        ? []
        : [row('unknown', 'question', t('What logs in with it on {0} is not known yet.', session.name))]),
    ];
  }
}

/** `a on kvm1, b on kvm2`; undefined for none. */
function named(
  logins: readonly CephLogins[],
  names: (logins: CephLogins) => readonly string[],
): string | undefined {
  const all = logins.flatMap((one) => names(one).map((name) => t('{0} on {1}', name, one.session.name)));
  return all.length === 0 ? undefined : all.join(', ');
}
