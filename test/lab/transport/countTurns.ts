import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

const oneWayMs = 60;

interface SlowWay {
  readonly port: number;
  /** How often the client spoke after it had heard something, or for the first time. */
  readonly turns: () => number;
  readonly close: () => void;
}

/** A way to a port that is slow enough to tell what the client says at once from what it says to an answer. */
export async function countTurns(port: number): Promise<SlowWay> {
  let turns = 0;
  let clientSpokeLast = false;
  const server = createServer((client) => {
    const host = connect({ port, host: '127.0.0.1', noDelay: true });
    client.setNoDelay(true);
    pass(client, host, () => {
      if (!clientSpokeLast) turns++;
      clientSpokeLast = true;
    });
    pass(host, client, () => {
      setTimeout(() => {
        clientSpokeLast = false;
      }, oneWayMs);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, turns: () => turns, close: () => server.close() };
}

function pass(from: Socket, to: Socket, seen: () => void): void {
  from.on('data', (chunk) => {
    seen();
    setTimeout(() => to.write(chunk), oneWayMs);
  });
  from.on('error', () => to.destroy());
  from.on('close', () => setTimeout(() => to.destroy(), oneWayMs));
}
