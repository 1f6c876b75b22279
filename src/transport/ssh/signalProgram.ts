import type { ClientChannel } from 'ssh2';

/**
 * Sends a signal to the program of a channel (RFC 4254, section 6.9). ssh2's own `channel.signal` sends nothing once
 * standard input was closed, which is so for almost every program; this writes the same message in that state too.
 */
export function signalProgram(channel: ClientChannel, signalName: 'TERM' | 'KILL'): void {
  const inner = channel as unknown as ChannelInternals;
  if (inner.outgoing.state === 'open' || inner.outgoing.state === 'eof') {
    inner._client._protocol.signal(inner.outgoing.id, signalName);
  }
}

/** The parts of ssh2 1.17's Channel that its types leave out. */
interface ChannelInternals {
  readonly outgoing: { readonly id: number; readonly state: 'open' | 'eof' | 'closing' | 'closed' };
  readonly _client: { readonly _protocol: { signal(channelId: number, signalName: string): void } };
}
