import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { tryCommand } from '../lab/commands.ts';
import { now } from './clock.ts';
import { Line } from './line.ts';
import { median } from './results.ts';
import type { Scene } from './scene.ts';

const echoes = 15;

/** How many programs want a processor, averaged over a minute. */
export function load(): string {
  return (loadavg()[0] ?? NaN).toFixed(1);
}

/** On what was measured, a line a thing. */
export function describeMachine(loadBefore: string): string[] {
  const processors = cpus();
  return [
    `${processors.length} × ${processors[0]?.model ?? 'processor'}, ${(totalmem() / 1e9).toFixed(0)} GB, Linux ${release()}, Node ${process.version}`,
    `load ${loadBefore} before, ${load()} after`,
  ];
}

/** With which programs and over which line was measured, a line a thing. */
export async function describeLab({ host, far }: Scene): Promise<string[]> {
  const libvirt = (await host.run(['libvirtd', '--version'])).trim();
  const openssh = (await tryCommand(['ssh', '-V'])).stderr.trim();
  const { roundTripMs } = far.line;
  return [
    `${libvirt}, ${openssh}`,
    `a line of ${roundTripMs} ms takes ${(await roundTripOf(roundTripMs)).toFixed(1)} ms for a round trip`,
  ];
}

/** What a round trip over a line really takes: timers are late when the machine is busy. */
async function roundTripOf(roundTripMs: number): Promise<number> {
  const echo = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  const line = await Line.start((echo.address() as AddressInfo).port, { kind: 'tcp', roundTripMs });
  const socket = connect(line.port, '127.0.0.1');
  const times: number[] = [];
  for (let turn = 0; turn <= echoes; turn++) times.push(await echoTime(socket));
  socket.destroy();
  await line.close();
  echo.close();
  // The first one had to wait for the handshake.
  return median(times.slice(1));
}

async function echoTime(socket: Socket): Promise<number> {
  const startedAt = now();
  socket.write('echo');
  await once(socket, 'data');
  return now() - startedAt;
}
