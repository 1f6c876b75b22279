import type { LibvirtConnection } from '../libvirt/connection.ts';
import { getConnectionFacts, getNodeInfo, type ConnectionFacts, type NodeInfo } from '../libvirt/node.ts';

export type HostFacts = ConnectionFacts & { readonly node: NodeInfo };

export async function readHostFacts(connection: LibvirtConnection): Promise<HostFacts> {
  const [facts, node] = await Promise.all([getConnectionFacts(connection), getNodeInfo(connection)]);
  return { ...facts, node };
}
