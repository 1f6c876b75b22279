import type { Duplex } from 'node:stream';
import { CancelledError, messageOf, Problem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { waitFor, type WaitOptions } from '../../../base/waiting.ts';
import type { SourceHost } from '../../../libvirt/model/storageSource.ts';
import { mapInTurns } from '../../../operations/volumes/mapInTurns.ts';
import type { Transport } from '../../../transport/transport.ts';

/** What is at a port of a monitor, as seen from a host. */
export interface MonitorState {
  readonly address: string;
  readonly port: number;
  readonly kind:
    /** It says who it is, as a monitor does. */
    | 'answers'
    /** The machine takes the connection, but the monitor says nothing: it hangs. */
    | 'mute'
    /** The machine is there, and nothing listens. */
    | 'refused'
    /** No answer, or no way there. */
    | 'unreachable'
    /** Something else listens there. */
    | 'other'
    /** It could not be tried. */
    | 'not-tried';
  /** What was said instead. */
  readonly said?: string | undefined;
}

/** Of the second and the first version of Ceph's protocol. */
export const monitorPorts: readonly number[] = [3300, 6789];

const timeoutMs = 2500;
const atOnce = 6;

/** Connects from the host to each port of the monitors and listens for the first words. */
export async function lookAtMonitors(
  transport: Transport,
  hosts: readonly SourceHost[],
  { signal }: WaitOptions = {},
): Promise<readonly MonitorState[]> {
  const places = hosts.flatMap(({ name, port }) => {
    if (name === undefined) return [];
    const ports = new Set([...(port === undefined ? [] : [port]), ...monitorPorts]);
    return [...ports].map((each) => ({ name: name.replace(/^\[|\]$/g, ''), port: each }));
  });
  const each = new Map(places.map((place) => [`${place.name} ${place.port}`, place]));
  return mapInTurns([...each.values()], atOnce, ({ name, port }) =>
    lookAt(transport, name, port, { signal }),
  );
}

async function lookAt(
  transport: Transport,
  address: string,
  port: number,
  { signal }: WaitOptions,
): Promise<MonitorState> {
  const wait = { signal, timeoutMs };
  let stream: Duplex;
  try {
    stream = await transport.forwardTcp(address, port, wait);
  } catch (error) {
    if (!(error instanceof Problem) || error instanceof CancelledError) throw error;
    return { address, port, ...kindOfFailure(error) };
  }
  try {
    const banner = await waitFor(firstBytes(stream), wait, () => '');
    if (banner === '') return { address, port, kind: 'mute' };
    return /^ceph v\d/.test(banner)
      ? { address, port, kind: 'answers' }
      : { address, port, kind: 'other', said: banner.slice(0, 40) };
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    return { address, port, kind: 'mute' };
  } finally {
    stream.destroy();
  }
}

/** The first text that comes; empty when the connection ends without one. */
function firstBytes(stream: Duplex): Promise<string> {
  return new Promise((resolve) => {
    const end = (): void => {
      resolve('');
    };
    stream.once('data', (chunk: Buffer) => {
      resolve(chunk.toString('latin1'));
    });
    stream.once('end', end).once('close', end).once('error', end);
  });
}

/** sshd hands on what the host's kernel said: `Channel open failure: Connection refused`. */
export function kindOfFailure(error: Problem): Pick<MonitorState, 'kind' | 'said'> {
  const said = error.raw ?? messageOf(error);
  if (error.code === 'forwarding-prohibited') return { kind: 'not-tried', said: error.message };
  if (/refused/i.test(said)) return { kind: 'refused' };
  return { kind: 'unreachable', said: error.code === 'timeout' ? undefined : said };
}

/** A line of evidence. */
export function monitorInWords({ address, port, kind, said }: MonitorState): string {
  const place = `${address.includes(':') ? `[${address}]` : address}:${port}`;
  switch (kind) {
    case 'answers':
      return t('{0}: a monitor answers', place);
    case 'mute':
      return t('{0}: takes the connection and says nothing', place);
    case 'refused':
      return t('{0}: nothing listens there', place);
    case 'unreachable':
      return said === undefined ? t('{0}: no answer', place) : t('{0}: not reached ({1})', place, said);
    case 'other':
      return t('{0}: something else than a monitor answers ({1})', place, JSON.stringify(said ?? ''));
    case 'not-tried':
      return t('{0}: could not be tried ({1})', place, said ?? '');
  }
}
