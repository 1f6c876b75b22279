import type { Transport } from '../transport/transport.ts';
import type { ConnectedHost } from './hostSession.ts';
import { Inventory } from './inventory/inventory.ts';
import { HostKnowledgeIndex } from './knowledge/hostKnowledgeIndex.ts';
import { openLibvirt, type OpenLibvirtOptions } from './openLibvirt.ts';

/** Speaks to the libvirt of a machine that was reached. Its inventory is not read yet. */
export async function openHost(transport: Transport, options: OpenLibvirtOptions): Promise<ConnectedHost> {
  const connection = await openLibvirt(transport, options);
  const inventory = new Inventory(connection);
  const knowledge = new HostKnowledgeIndex({ hostName: options.name, connection, transport, inventory });
  return { connection, transport, inventory, knowledge };
}
