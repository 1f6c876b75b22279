import type { Log } from '../base/log.ts';
import type { WaitOptions } from '../base/waiting.ts';
import type { LibvirtConnection } from '../libvirt/connection.ts';
import { openConnection } from '../libvirt/openConnection.ts';
import type { HostSession } from './hostSession.ts';
import { openLibvirtChannel } from './libvirtChannel.ts';

const handshakeMs = 20_000;
/** Storage that is slow for a minute shall not end a transfer of hours. */
const keepalive = { intervalMs: 10_000, count: 12 };

/**
 * One more connection to the libvirt of a connected host, over the SSH connection that is there: for streams, which stop
 * all else on theirs while their consumer is slow. It is the caller's to dispose of.
 */
export async function openOwnConnection(
  session: HostSession,
  log: Log,
  options: WaitOptions = {},
): Promise<LibvirtConnection> {
  const { name, address } = session;
  const { transport } = session.require();
  const wait = { timeoutMs: handshakeMs, ...options };
  const stream = await openLibvirtChannel(transport, address, log, wait);
  return openConnection(stream, { ...wait, host: name, uri: address.driverUri, log, keepalive });
}
