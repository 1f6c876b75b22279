import type { RbdImage } from '../../ceph/rbd.ts';
import type { CephCluster } from '../../hosts/clusters/cephCluster.ts';
import type { HostSession } from '../../hosts/hostSession.ts';
import type { Explorer } from './explorer.ts';
import type { ExplorerNode } from './node.ts';

/** The row of an object that libvirt knows by a UUID; undefined when its host does not have it any more. */
export async function findObjectRow(
  explorer: Explorer,
  session: HostSession,
  kind: 'domain' | 'pool' | 'network' | 'secret',
  uuid: string,
): Promise<ExplorerNode | undefined> {
  const host = explorer.hosts.find((row) => row.host === session);
  const groups = await host?.groups();
  return groups?.[`${kind}s`].objects().find((row) => row.uuid === uuid);
}

/** The row of a domain. */
export function findDomainRow(
  explorer: Explorer,
  session: HostSession,
  uuid: string,
): Promise<ExplorerNode | undefined> {
  return findObjectRow(explorer, session, 'domain', uuid);
}

/** The row of a volume of one of libvirt's pools. */
export async function findVolumeRow(
  explorer: Explorer,
  session: HostSession,
  pool: string,
  name: string,
): Promise<ExplorerNode | undefined> {
  const host = explorer.hosts.find((row) => row.host === session);
  const groups = await host?.groups();
  const row = groups?.pools.objects().find((one) => one.name === pool);
  return (await row?.children())?.find((one) => one.kind === 'volume' && 'name' in one && one.name === name);
}

/** The row of a pool below its cluster. */
export async function findCephPoolRow(
  explorer: Explorer,
  cluster: CephCluster,
  pool: string,
): Promise<ExplorerNode | undefined> {
  const rows = await explorer.clusters();
  const row = rows.find((one) => one.cluster === cluster);
  return childOf(await childOf(row, 'clusterSection', 'cephPools'), 'cephPool', pool);
}

/** The row of an image below its cluster. */
export async function findImageRow(
  explorer: Explorer,
  cluster: CephCluster,
  { pool, namespace, image }: RbdImage,
): Promise<ExplorerNode | undefined> {
  const poolRow = await findCephPoolRow(explorer, cluster, pool);
  const place = namespace === undefined ? poolRow : await childOf(poolRow, 'cephNamespace', namespace);
  return childOf(place, 'image', image);
}

async function childOf(
  parent: ExplorerNode | undefined,
  kind: ExplorerNode['kind'],
  name: string,
): Promise<ExplorerNode | undefined> {
  const rows = (await parent?.children()) ?? [];
  const found = rows.find(
    (row) =>
      row.kind === kind && ('key' in row && kind === 'clusterSection' ? row.key : nameOf(row)) === name,
  );
  if (found) return found;
  // Of very many, some are below each of several rows.
  const parts = await Promise.all(
    rows.filter((row) => row.kind === 'section').map((part) => childOf(part, kind, name)),
  );
  return parts.find((row) => row !== undefined);
}

function nameOf(row: ExplorerNode): unknown {
  return 'name' in row ? row.name : undefined;
}
