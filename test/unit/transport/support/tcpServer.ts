import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/** A TCP server that is no SSH server: says something, or nothing. */
export class TcpServer {
  readonly sockets = new Set<Socket>();
  readonly #server: Server;

  private constructor(connected: (socket: Socket) => void) {
    this.#server = createServer((socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => this.sockets.delete(socket));
      socket.resume();
      connected(socket);
    });
  }

  static async start(connected: (socket: Socket) => void): Promise<TcpServer> {
    const server = new TcpServer(connected);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** A port that answers no attempt to connect, as behind a firewall: its process is stopped and its queue full. */
export class DeadPort {
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #queued: Socket[];

  private constructor(port: number, child: ChildProcess, queued: Socket[]) {
    this.port = port;
    this.#child = child;
    this.#queued = queued;
  }

  static async create(): Promise<DeadPort> {
    const script = `require('net').createServer().listen({port: 0, host: '127.0.0.1', backlog: 1}, function () {
      console.log(this.address().port); })`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const port = Number(line.toString());
    child.kill('SIGSTOP');
    const queued = Array.from({ length: 2 }, () =>
      connect({ port, host: '127.0.0.1' }).on('error', () => undefined),
    );
    await Promise.all(queued.map((socket) => once(socket, 'connect')));
    return new DeadPort(port, child, queued);
  }

  async close(): Promise<void> {
    for (const socket of this.#queued) socket.destroy();
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }
}
