import { t } from '../../../base/l10n.ts';
import type { GroupName } from '../../../hosts/inventory/inventory.ts';
import { DomainNode } from './domainNode.ts';
import { GroupNode } from './groupNode.ts';
import { NetworkNode } from './networkNode.ts';
import type { ExplorerNode, ObjectNode } from '../node.ts';
import { PoolNode } from './poolNode.ts';
import { SecretNode } from './secretNode.ts';

/** A group row, whatever it groups. */
type AnyGroupNode = ExplorerNode & { nodeOf(uuid: string): ObjectNode | undefined };

/** The rows below a connected host, in their order. */
export type GroupNodes = Readonly<Record<GroupName, AnyGroupNode>>;

export function hostGroups(parent: ExplorerNode): GroupNodes {
  return {
    domains: new GroupNode(parent, {
      key: 'domains',
      label: t('Domains'),
      icon: 'vm',
      group: (host) => host.inventory?.domains,
      createNode: (group, uuid) => new DomainNode(group, uuid),
    }),
    pools: new GroupNode(parent, {
      key: 'pools',
      label: t('Storage Pools'),
      icon: 'database',
      whenLate: t(
        'libvirt lists no pools while one is being started or refreshed: with silent Ceph monitors up to 30 seconds.',
      ),
      group: (host) => host.inventory?.pools,
      createNode: (group, uuid) => new PoolNode(group, uuid),
    }),
    networks: new GroupNode(parent, {
      key: 'networks',
      label: t('Networks'),
      icon: 'type-hierarchy',
      group: (host) => host.inventory?.networks,
      createNode: (group, uuid) => new NetworkNode(group, uuid),
    }),
    secrets: new GroupNode(parent, {
      key: 'secrets',
      label: t('Secrets'),
      icon: 'key',
      group: (host) => host.inventory?.secrets,
      createNode: (group, uuid) => new SecretNode(group, uuid),
    }),
  };
}
