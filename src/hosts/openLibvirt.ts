import { t } from '../base/l10n.ts';
import type { Log } from '../base/log.ts';
import type { LibvirtConnection } from '../libvirt/connection.ts';
import { openConnection } from '../libvirt/openConnection.ts';
import type { Transport } from '../transport/transport.ts';
import type { HostAddress } from './hostAddress.ts';
import { openLibvirtChannel } from './libvirtChannel.ts';

const handshakeMs = 20_000;

export interface OpenLibvirtOptions {
  /** What the host is called. */
  readonly name: string;
  readonly address: HostAddress;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** A connection to the libvirt of a machine that was reached. There can be several at a time. */
export async function openLibvirt(
  transport: Transport,
  { name, address, log, signal }: OpenLibvirtOptions,
): Promise<LibvirtConnection> {
  const stream = await openLibvirtChannel(transport, address, log, { signal, timeoutMs: handshakeMs });
  const connection = await openConnection(stream, {
    host: name,
    uri: address.driverUri,
    log,
    signal,
    timeoutMs: handshakeMs,
  });
  log.info(t('{0}: libvirt has opened {1}', name, address.driverUri));
  return connection;
}
