import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';

/** A port of 127.0.0.1 that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The first bytes that a server on 127.0.0.1 says by itself; undefined when it refuses or says nothing and closes. */
export async function greeting(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', (chunk) => {
      socket.destroy();
      resolve(chunk.toString());
    });
    // Why it failed does not matter: whoever asks tries again or looks at the server.
    socket.once('error', () => undefined);
    socket.once('close', () => {
      resolve(undefined);
    });
  });
}
