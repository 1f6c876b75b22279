import { t } from '../../../base/l10n.ts';
import type { GroupName } from '../../../hosts/inventory/inventory.ts';
import type { Filterable } from '../filter.ts';
import type { ExplorerNode, ObjectNode } from '../node.ts';
import type { TreeOptions } from '../treeOptions.ts';
import { DomainNode } from './domainNode.ts';
import { domainSections } from './domainSections.ts';
import { domainWords, networkWords, poolWords, secretWords } from './filterWords.ts';
import { GroupNode } from './groupNode.ts';
import { NetworkNode } from './networkNode.ts';
import { PoolNode } from './poolNode.ts';
import { SecretNode } from './secretNode.ts';

/** A group row, whatever it groups. */
type AnyGroupNode = ExplorerNode & {
  readonly hasMatches: boolean;
  objects(): readonly ObjectNode[];
  found(): readonly ObjectNode[];
  filterables(): readonly Filterable[];
  rowToRedraw(uuid: string): ExplorerNode;
};

/** The rows below a connected host, in their order. */
export type GroupNodes = Readonly<Record<GroupName, AnyGroupNode>>;

/** The row of an object of a group. */
export const createRow: Readonly<Record<GroupName, (parent: ExplorerNode, uuid: string) => ObjectNode>> = {
  domains: (parent, uuid) => new DomainNode(parent, uuid),
  pools: (parent, uuid) => new PoolNode(parent, uuid),
  networks: (parent, uuid) => new NetworkNode(parent, uuid),
  secrets: (parent, uuid) => new SecretNode(parent, uuid),
};

export function hostGroups(parent: ExplorerNode, options: TreeOptions): GroupNodes {
  return {
    domains: new GroupNode(parent, options, {
      key: 'domains',
      rows: 'domain',
      label: t('Domains'),
      icon: 'vm',
      group: (host) => host.inventory?.domains,
      createNode: (group, uuid) => new DomainNode(group, uuid),
      words: domainWords,
      sections: domainSections,
    }),
    pools: new GroupNode(parent, options, {
      key: 'pools',
      rows: 'pool',
      label: t('Storage Pools'),
      icon: 'database',
      whenLate: t(
        'libvirt lists no pools while one is being started or refreshed: with silent Ceph monitors up to 30 seconds.',
      ),
      group: (host) => host.inventory?.pools,
      createNode: (group, uuid) => new PoolNode(group, uuid),
      words: poolWords,
    }),
    networks: new GroupNode(parent, options, {
      key: 'networks',
      rows: 'network',
      label: t('Networks'),
      icon: 'type-hierarchy',
      group: (host) => host.inventory?.networks,
      createNode: (group, uuid) => new NetworkNode(group, uuid),
      words: networkWords,
    }),
    secrets: new GroupNode(parent, options, {
      key: 'secrets',
      rows: 'secret',
      label: t('Secrets'),
      icon: 'key',
      group: (host) => host.inventory?.secrets,
      createNode: (group, uuid) => new SecretNode(group, uuid),
      words: secretWords,
    }),
  };
}
