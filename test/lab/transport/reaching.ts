import { userInfo } from 'node:os';
import { resolveSshHost } from '../../../src/transport/ssh/config/resolveSshHost.ts';
import { connectSsh } from '../../../src/transport/ssh/connectSsh.ts';
import type { Transport } from '../../../src/transport/transport.ts';
import { RecordingLog } from '../../unit/transport/support/recordingLog.ts';
import { ScriptedPrompts } from '../../unit/transport/support/scriptedPrompts.ts';
import { TemporaryHome } from '../../unit/transport/support/temporaryHome.ts';
import { makeKey, Sshd, type KeyType } from './sshd.ts';
import { SshAgent } from './sshAgent.ts';

/** A home folder with a key, and whatever a test starts beside it. */
export class Reaching {
  readonly home: TemporaryHome;
  readonly log = new RecordingLog();
  readonly #transports: Transport[] = [];
  readonly #sshds: Sshd[] = [];
  #agent: SshAgent | undefined;

  private constructor(home: TemporaryHome) {
    this.home = home;
  }

  static async create(): Promise<Reaching> {
    return new Reaching(await TemporaryHome.create());
  }

  /** Starts an sshd whose first key is known, and which lets `id_ed25519` of the home folder in. */
  async sshd(settings: readonly string[] = [], hostKeys: readonly KeyType[] = ['ed25519']): Promise<Sshd> {
    const sshd = await Sshd.start(this.home, settings, hostKeys);
    this.#sshds.push(sshd);
    await this.home.write('known_hosts', await sshd.knownHosts(hostKeys[0]));
    await sshd.authorize(this.key('id_ed25519'));
    return sshd;
  }

  /** The path of a key pair in ~/.ssh, which is made when it is not there. */
  key(name: string, type: KeyType = 'ed25519', passphrase = ''): string {
    const path = this.home.in('.ssh', name);
    if (!this.#keys.has(name)) makeKey(path, type, passphrase);
    this.#keys.add(name);
    return path;
  }

  readonly #keys = new Set<string>();

  async agent(): Promise<SshAgent> {
    this.#agent ??= await SshAgent.start(this.home);
    return this.#agent;
  }

  /** ~/.ssh/config */
  config(text: string): Promise<string> {
    return this.home.write('config', text);
  }

  async connect(sshd: { readonly port: number }, prompts = new ScriptedPrompts()): Promise<Transport> {
    const config = await resolveSshHost(`${userInfo().username}@127.0.0.1:${sshd.port}`, {
      home: this.home.path,
      env: this.#agent ? { SSH_AUTH_SOCK: this.#agent.socket } : {},
      log: this.log,
      systemFolder: this.home.in('etc'),
    });
    const transport = await connectSsh(config, prompts, this.log);
    this.#transports.push(transport);
    return transport;
  }

  async end(): Promise<void> {
    for (const transport of this.#transports) transport.dispose();
    await Promise.all(this.#sshds.map((sshd) => sshd.stop()));
    await this.#agent?.stop();
    await this.home.remove();
  }
}
