import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { compareVersions, releaseOf, majorOf } from '../../../ceph/versions.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import type { ClientHost } from '../../../hosts/clusters/clientHosts.ts';
import { clientSkewInWords } from '../../../hosts/clusters/versionSkew.ts';
import type { ExplorerNode } from '../node.ts';
import { unreadableRow } from './clusterRow.ts';
import { FactRow, type Fact } from './factRow.ts';

/** The connected hosts that are clients of the cluster, with what they reach it with, beside its own release. */
export function clientsRow(parent: ExplorerNode, cluster: CephCluster): FactRow {
  return new FactRow(
    parent,
    cluster,
    { kind: 'clusterClient', key: 'clients', fact: () => clientsFact(cluster) },
    (row) => clientRows(row, cluster),
  );
}

/** The release that the monitors speak: the oldest of them. */
function clusterVersion(cluster: CephCluster): string | undefined {
  const versions = (cluster.versions.value ?? []).filter(({ daemon }) => daemon === 'mon');
  return versions.map(({ version }) => version).sort(compareVersions)[0];
}

function clientsFact(cluster: CephCluster): Fact {
  const hosts = cluster.clientHosts.value;
  const version = clusterVersion(cluster);
  const older = (hosts ?? []).filter(
    ({ librbd }) => librbd !== undefined && version !== undefined && majorOf(librbd) < majorOf(version),
  );
  const names = cluster.clients.map(({ name }) => name).join(', ');
  const isStale = hosts?.some(({ withReplacedLibrary }) => withReplacedLibrary > 0) === true;
  return {
    label: t('Clients'),
    description:
      older.length > 0 ? t('older than the cluster: {0}', older.map(({ host }) => host).join(', ')) : names,
    icon: new vscode.ThemeIcon(
      older.length > 0 || isStale ? 'warning' : 'vm',
      older.length > 0 || isStale ? new vscode.ThemeColor('list.warningForeground') : undefined,
    ),
    details: [t('What the connected hosts reach the cluster with, beside its own release.')],
  };
}

async function clientRows(parent: FactRow, cluster: CephCluster): Promise<readonly ExplorerNode[]> {
  const hosts = await cluster.clientHosts.latest();
  const rows = hosts.map((one) => hostRow(parent, cluster, one));
  try {
    return [...rows, ...(await releaseRows(parent, cluster))];
  } catch (error) {
    return [...rows, unreadableRow(parent, error)];
  }
}

function hostRow(parent: FactRow, cluster: CephCluster, client: ClientHost): FactRow {
  const { host, librbd, withReplacedLibrary, failure } = client;
  const facts = cluster.clients.find(({ name }) => name === host)?.facts;
  const version = clusterVersion(cluster);
  const skew = librbd === undefined || version === undefined ? undefined : clientSkewInWords(librbd, version);
  const replaced =
    withReplacedLibrary === 0
      ? undefined
      : t('{0} running programs still use a librbd that was replaced', withReplacedLibrary);
  const isOld = skew !== undefined && librbd !== undefined && majorOf(librbd) < majorOf(version ?? '');
  const fact: Fact = {
    label: host,
    description: [
      failure === undefined
        ? librbd === undefined
          ? t('no librbd')
          : `librbd ${librbd}`
        : t('does not answer'),
      facts && `QEMU ${facts.hypervisorVersion}`,
      facts && `libvirt ${facts.libvirtVersion}`,
      skew,
      replaced,
    ]
      .filter((text) => text !== undefined)
      .join(' · '),
    icon: new vscode.ThemeIcon(
      isOld || replaced !== undefined || failure !== undefined ? 'warning' : 'vm',
      isOld || replaced !== undefined ? new vscode.ThemeColor('list.warningForeground') : undefined,
    ),
    details: [
      ...(version === undefined ? [] : [t('The cluster runs {0} ({1}).', version, releaseOf(version) ?? '')]),
      ...(replaced === undefined
        ? []
        : [t('Domains take the new one when they are migrated, or shut down and started.')]),
      ...(failure === undefined ? [] : [failure]),
    ],
  };
  return new FactRow(parent, cluster, { kind: 'clusterClient', key: `host ${host}`, fact: () => fact });
}

/** Who is connected to the monitors right now, whatever host it is on. */
async function releaseRows(parent: FactRow, cluster: CephCluster): Promise<readonly FactRow[]> {
  const [releases, map] = await Promise.all([cluster.clientReleases.latest(), cluster.osdMap.latest()]);
  return releases.map(({ release, count }) => {
    const fact: Fact = {
      label: t('{0} connected with the features of {1}', count, release),
      description: t('{0} and newer are let in', map.requiredClient),
      icon: new vscode.ThemeIcon('plug'),
      details: [
        t(
          'Any newer client has these features as well: it is the oldest release that a client of this kind can be.',
        ),
      ],
    };
    return new FactRow(parent, cluster, {
      kind: 'clusterClient',
      key: `release ${release}`,
      fact: () => fact,
    });
  });
}
