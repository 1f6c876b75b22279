import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that is slow. */
export interface DelayedPort {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Ends its connections too. */
  close(): Promise<void>;
}

/** A port of 127.0.0.1 that leads to another one, with this many milliseconds added each way. */
export async function startDelayProxy(targetPort: number, milliseconds: number): Promise<DelayedPort> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1');
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.setNoDelay();
      socket.once('close', () => sockets.delete(socket));
    }
    relay(client, target, milliseconds);
    relay(target, client, milliseconds);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

/** Passes on what one side sends, and that it ended or broke, each after the delay. */
function relay(from: Socket, to: Socket, milliseconds: number): void {
  const later = (action: () => void): void => {
    setTimeout(() => {
      if (!to.destroyed) action();
    }, milliseconds);
  };
  from.on('data', (chunk) => {
    later(() => to.write(chunk));
  });
  from.once('end', () => {
    later(() => to.end());
  });
  from.once('error', () => {
    later(() => to.destroy());
  });
}
