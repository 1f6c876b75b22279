import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { TemporaryHome } from '../../unit/transport/support/temporaryHome.ts';

export type KeyType = 'ed25519' | 'ecdsa' | 'rsa';

/** A real sshd on a port of its own, for the account that runs the tests. */
export class Sshd {
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(port: number, child: ChildProcess, folder: string) {
    this.port = port;
    this.#child = child;
    this.#folder = folder;
  }

  /**
   * Starts sshd with host keys of the given types and further lines of sshd_config. It lets in whoever has a key of
   * which the public part was added with {@link authorize}.
   */
  static async start(
    home: TemporaryHome,
    settings: readonly string[] = [],
    hostKeys: readonly KeyType[] = ['ed25519'],
  ): Promise<Sshd> {
    const port = await freePort();
    const folder = home.in(`sshd-${port}`);
    await mkdir(folder);
    // Debian's sshd wants this folder, which systemd makes elsewhere.
    if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
    for (const type of hostKeys) makeKey(`${folder}/host_${type}`, type);
    await writeFile(`${folder}/authorized_keys`, '');
    const lines = [
      ...settings,
      'ListenAddress 127.0.0.1',
      `Port ${port}`,
      ...hostKeys.map((type) => `HostKey ${folder}/host_${type}`),
      `AuthorizedKeysFile ${folder}/authorized_keys`,
      'PidFile none',
      'UsePAM no',
      'StrictModes no',
      'PermitRootLogin prohibit-password',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'UseDNS no',
      'LogLevel VERBOSE',
    ];
    await writeFile(`${folder}/config`, `${lines.join('\n')}\n`);
    const child = spawn('/usr/sbin/sshd', ['-D', '-E', `${folder}/log`, '-f', `${folder}/config`], {
      stdio: 'inherit',
    });
    const sshd = new Sshd(port, child, folder);
    await sshd.#untilItListens();
    return sshd;
  }

  /** Lets the owner of a key in, given by its file without `.pub`. */
  async authorize(keyFile: string): Promise<void> {
    await writeFile(`${this.#folder}/authorized_keys`, await readFile(`${keyFile}.pub`), { flag: 'a' });
  }

  /** The line of known_hosts for one of its keys. */
  async knownHosts(type: KeyType = 'ed25519'): Promise<string> {
    return `[127.0.0.1]:${this.port} ${await readFile(`${this.#folder}/host_${type}.pub`, 'utf8')}`;
  }

  log(): Promise<string> {
    return readFile(`${this.#folder}/log`, 'utf8');
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill();
    await exited;
  }

  async #untilItListens(): Promise<void> {
    for (let attempt = 0; attempt < 400; attempt++) {
      const socket = connect(this.port, '127.0.0.1');
      const listens = await once(socket, 'connect').then(
        () => true,
        () => false,
      );
      socket.destroy();
      if (listens) return;
      if (this.#child.exitCode !== null) break;
      await delay(25);
    }
    throw new Error(`sshd did not start: ${await this.log()}`);
  }
}

/** Makes a key pair with ssh-keygen and gives the path of its private part. */
export function makeKey(path: string, type: KeyType = 'ed25519', passphrase = ''): string {
  const { status, stderr } = spawnSync(
    'ssh-keygen',
    ['-q', '-a', '1', '-t', type, '-N', passphrase, '-C', path, '-f', path],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return path;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
