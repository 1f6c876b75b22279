import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import ssh2, {
  type AuthContext,
  type Connection,
  type ParsedKey,
  type PublicKeyAuthContext,
  type ServerConfig,
} from 'ssh2';
import { makeKeyPair } from './keys.ts';

export const hostKey = makeKeyPair();
export const otherHostKey = makeKeyPair();

interface ServerScript {
  readonly config?: Partial<ServerConfig>;
  /** Default: lets everybody in. */
  readonly authenticate?: (context: AuthContext, server: SshServer) => void;
  readonly connected?: (connection: Connection) => void;
}

/** An SSH server in this process: the other end of the wire, which does what the test wants. */
export class SshServer {
  /** Methods that were tried, in order; `publickey?` is the question whether a key would be taken. */
  readonly tried: string[] = [];
  readonly connections: Connection[] = [];
  /** Connections that are open. */
  readonly sockets = new Set<Socket>();
  readonly #server: ssh2.Server;

  private constructor(script: ServerScript) {
    this.#server = new ssh2.Server({ hostKeys: [hostKey.private], ...script.config }, (connection) => {
      this.connections.push(connection);
      connection.on('error', () => undefined);
      connection.on('authentication', (context) => {
        const asking = context.method === 'publickey' && context.signature === undefined;
        this.tried.push(asking ? 'publickey?' : context.method);
        if (script.authenticate) script.authenticate(context, this);
        else context.accept();
      });
      script.connected?.(connection);
    });
  }

  static async start(script: ServerScript = {}): Promise<SshServer> {
    const server = new SshServer(script);
    const tcp = (server.#server as unknown as { _srv: NodeJS.EventEmitter })._srv;
    tcp.on('connection', (socket: Socket) => {
      socket.setNoDelay(true);
      server.sockets.add(socket);
      socket.once('close', () => server.sockets.delete(socket));
    });
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The line of known_hosts for this server. */
  knownHosts(key: string = hostKey.public): string {
    return `[127.0.0.1]:${this.port} ${key}\n`;
  }

  /** Cuts all connections. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** Whether the client has shown, or signed with, this key. */
export function usesKey(context: PublicKeyAuthContext, key: ParsedKey): boolean {
  if (!context.key.data.equals(key.getPublicSSH())) return false;
  if (context.signature === undefined || context.blob === undefined) return true;
  return key.verify(context.blob, context.signature, context.hashAlgo);
}

/** A public key as `ssh-keygen` writes it, read. */
export function readPublic(text: string): ParsedKey {
  const key = ssh2.utils.parseKey(text);
  if (key instanceof Error) throw key;
  return key;
}
