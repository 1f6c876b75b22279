import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { versionRange, versionsInWords } from '../../../hosts/clusters/versionSkew.ts';
import { NodeCache, type ExplorerNode } from '../node.ts';
import { clientsRow } from './clientsRow.ts';
import { ClusterSection } from './clusterSection.ts';
import { FactRow, type Fact } from './factRow.ts';
import { managersFact, managerRows, monitorRows, monitorsFact } from './monitorRows.ts';
import { skewIcon, versionsOf } from './serviceVersions.ts';

/** The cluster's daemons by kind, with who runs which version, and the hosts that are its clients. */
export class ServicesSection extends ClusterSection {
  protected readonly label = t('Services');
  protected readonly icon = new vscode.ThemeIcon('server-process');
  readonly #daemons = new NodeCache<string, FactRow>();
  readonly #clients: FactRow;

  constructor(parent: ExplorerNode, cluster: CephCluster) {
    super(parent, cluster, 'services', [
      ...(['versions', 'monitors', 'quorum', 'managers'] as const),
      ...(['clientHosts', 'clientReleases'] as const),
    ]);
    this.#clients = clientsRow(this, cluster);
  }

  protected describe(): string {
    return versionRange([...new Set((this.cluster.versions.value ?? []).map(({ version }) => version))]);
  }

  protected async rows(): Promise<readonly ExplorerNode[]> {
    const versions = await this.cluster.versions.latest();
    const kinds = [...new Set(['mon', 'mgr', 'osd', ...versions.map(({ daemon }) => daemon)])];
    const daemons = this.#daemons.sync(kinds, (kind) => this.#rowOf(kind));
    return [...daemons, this.#clients];
  }

  #rowOf(kind: string): FactRow {
    const { cluster } = this;
    switch (kind) {
      case 'mon':
        return new FactRow(
          this,
          cluster,
          { kind: 'daemon', key: kind, fact: () => monitorsFact(cluster) },
          (row) => monitorRows(row, cluster),
        );
      case 'mgr':
        return new FactRow(
          this,
          cluster,
          { kind: 'daemon', key: kind, fact: () => managersFact(cluster) },
          (row) => managerRows(row, cluster),
        );
      default:
        return new FactRow(this, cluster, {
          kind: 'daemon',
          key: kind,
          fact: () => daemonsFact(cluster, kind),
        });
    }
  }
}

function daemonsFact(cluster: CephCluster, kind: string): Fact {
  const versions = versionsOf(cluster, kind);
  const count = versions.reduce((sum, one) => sum + one.count, 0);
  return {
    label: serviceName(kind),
    description: [count === 0 ? t('none runs') : String(count), versionsInWords(versions)]
      .filter((text) => text !== '')
      .join(' · '),
    icon: skewIcon(versions),
    details:
      versions.length > 1
        ? [
            t(
              'Different versions are right only while an upgrade goes on: monitors first, then managers, then OSDs.',
            ),
          ]
        : [],
  };
}

function serviceName(kind: string): string {
  switch (kind) {
    case 'osd':
      return t('OSDs');
    case 'mds':
      return t('Metadata servers (CephFS)');
    case 'rgw':
      return t('Object gateways');
    case 'rbd-mirror':
      return t('RBD mirroring');
    default:
      return kind;
  }
}
