import { t } from '../base/l10n.ts';
import type { Log } from '../base/log.ts';
import { openConnection } from '../libvirt/openConnection.ts';
import type { Transport } from '../transport/transport.ts';
import type { HostAddress } from './hostAddress.ts';
import type { ConnectedHost } from './hostSession.ts';
import { Inventory } from './inventory/inventory.ts';
import { HostKnowledgeIndex } from './knowledge/hostKnowledgeIndex.ts';
import { openLibvirtChannel } from './libvirtChannel.ts';

const handshakeMs = 20_000;

export interface OpenHostOptions {
  readonly name: string;
  readonly address: HostAddress;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Speaks to the libvirt of a machine that was reached. Its inventory is not read yet. */
export async function openHost(
  transport: Transport,
  { name, address, log, signal }: OpenHostOptions,
): Promise<ConnectedHost> {
  const stream = await openLibvirtChannel(transport, address, log, { signal, timeoutMs: handshakeMs });
  const connection = await openConnection(stream, {
    host: name,
    uri: address.driverUri,
    log,
    signal,
    timeoutMs: handshakeMs,
  });
  log.info(t('{0}: libvirt has opened {1}', name, address.driverUri));
  const inventory = new Inventory(connection);
  const knowledge = new HostKnowledgeIndex({ hostName: name, connection, transport, inventory });
  return { connection, transport, inventory, knowledge };
}
