import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './commands.ts';
import { exists } from './files.ts';

export interface SshTarget {
  readonly name: string;
  readonly port: number;
  /** On the storage network. */
  readonly address: string;
  /** The content of its ssh_host_*_key.pub. */
  readonly hostKey: string;
}

/** What an SSH client needs to reach the hosts: a key, their host keys, and a configuration that names them. */
export class SshAccess {
  readonly identityPath: string;
  readonly knownHostsPath: string;
  readonly configPath: string;

  constructor(folder: string) {
    this.identityPath = join(folder, 'client_key');
    this.knownHostsPath = join(folder, 'known_hosts');
    this.configPath = join(folder, 'ssh_config');
  }

  /** Makes the key, unless there is one. */
  async create(): Promise<void> {
    if (await exists(this.identityPath)) return;
    await runCommand(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'lab', '-f', this.identityPath]);
    await writeFile(this.knownHostsPath, '');
    await writeFile(this.configPath, '');
  }

  async publicKey(): Promise<string> {
    return readFile(`${this.identityPath}.pub`, 'utf8');
  }

  async privateKey(): Promise<string> {
    return readFile(this.identityPath, 'utf8');
  }

  async knownHosts(): Promise<string> {
    return readFile(this.knownHostsPath, 'utf8');
  }

  async add({ name, port, address, hostKey }: SshTarget): Promise<void> {
    const [type = '', key = ''] = hostKey.split(' ');
    await appendFile(this.knownHostsPath, `[127.0.0.1]:${port},${name},${address} ${type} ${key}\n`);
    await appendFile(
      this.configPath,
      `Host ${name}
  HostName 127.0.0.1
  Port ${port}
  User root
  IdentityFile "${this.identityPath}"
  IdentitiesOnly yes
  UserKnownHostsFile "${this.knownHostsPath}"
  StrictHostKeyChecking yes

`,
    );
  }

  async remove({ name, port }: Pick<SshTarget, 'name' | 'port'>): Promise<void> {
    const known = await this.knownHosts();
    const others = known.split('\n').filter((line) => !line.startsWith(`[127.0.0.1]:${port},`));
    await writeFile(this.knownHostsPath, others.join('\n'));
    const config = await readFile(this.configPath, 'utf8');
    const entries = config.split(/^(?=Host )/m).filter((entry) => !entry.startsWith(`Host ${name}\n`));
    await writeFile(this.configPath, entries.join(''));
  }
}
