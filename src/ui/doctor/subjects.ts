import type { RbdImage } from '../../ceph/rbd.ts';
import type { Subject } from '../../doctor/subject.ts';
import type { HostRegistry } from '../../hosts/hostRegistry.ts';
import type { HostSession } from '../../hosts/hostSession.ts';
import type { Explorer } from '../explorer/explorer.ts';
import { findCephPoolRow, findImageRow, findObjectRow, findVolumeRow } from '../explorer/findRows.ts';
import { ObjectNode, type ExplorerNode } from '../explorer/node.ts';

const objectKinds = ['domain', 'pool', 'network', 'secret'] as const;

/** What a row of the tree is to the doctor; of a row within another thing that thing. */
export function subjectOf(row: ExplorerNode): Subject | undefined {
  const { kind, host, parent } = row;
  const objectKind = objectKinds.find((one) => one === kind);
  if (objectKind && row instanceof ObjectNode && row.uuid !== undefined)
    return { kind: objectKind, host: host.name, name: row.name, uuid: row.uuid };
  if (kind === 'volume' && row instanceof ObjectNode && parent instanceof ObjectNode)
    return { kind: 'volume', host: host.name, pool: parent.name, name: row.name };
  if (kind === 'host') return { kind: 'host', host: host.name };
  const cluster = clusterIdOf(row);
  if (cluster === undefined) return parent && subjectOf(parent);
  if (kind === 'image' && isImageRow(row)) return { kind: 'image', cluster, image: row.image };
  if (kind === 'cephPool' && row instanceof ObjectNode) return { kind: 'cephPool', cluster, pool: row.name };
  return kind === 'cluster' ? { kind: 'cluster', cluster } : parent && subjectOf(parent);
}

function clusterIdOf(row: ExplorerNode): string | undefined {
  if (!('cluster' in row) || typeof row.cluster !== 'object' || row.cluster === null) return undefined;
  return 'id' in row.cluster && typeof row.cluster.id === 'string' ? row.cluster.id : undefined;
}

function isImageRow(row: ExplorerNode): row is ExplorerNode & { readonly image: RbdImage } {
  return 'image' in row;
}

/** The host that a subject is on; undefined for what is in a cluster, and when the host is not in the settings. */
export function sessionOf(
  subject: Subject | undefined,
  registry: Pick<HostRegistry, 'get'>,
): HostSession | undefined {
  return subject && 'host' in subject ? registry.get(subject.host) : undefined;
}

/** The row of a subject; undefined when it is gone. */
export async function rowOf(subject: Subject, explorer: Explorer): Promise<ExplorerNode | undefined> {
  if ('host' in subject) {
    const row = explorer.hosts.find(({ name }) => name === subject.host);
    if (subject.kind === 'host' || !row) return row;
    if (subject.kind === 'volume') return findVolumeRow(explorer, row.host, subject.pool, subject.name);
    return findObjectRow(explorer, row.host, subject.kind, subject.uuid);
  }
  const row = (await explorer.clusters()).find(({ cluster }) => cluster.id === subject.cluster);
  if (subject.kind === 'cluster' || !row) return row;
  if (subject.kind === 'cephPool') return findCephPoolRow(explorer, row.cluster, subject.pool);
  return findImageRow(explorer, row.cluster, subject.image);
}
