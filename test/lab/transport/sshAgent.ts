import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { TemporaryHome } from '../../unit/transport/support/temporaryHome.ts';

/** A real ssh-agent. */
export class SshAgent {
  readonly socket: string;
  readonly #child: ChildProcess;
  readonly #askpass: string;

  private constructor(socket: string, child: ChildProcess, askpass: string) {
    this.socket = socket;
    this.#child = child;
    this.#askpass = askpass;
  }

  static async start(home: TemporaryHome): Promise<SshAgent> {
    const socket = home.in('agent.sock');
    const child = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    while (!existsSync(socket)) await delay(10);
    const askpass = home.in('askpass');
    await writeFile(askpass, '#!/bin/sh\necho "$PASSPHRASE"\n');
    await chmod(askpass, 0o700);
    return new SshAgent(socket, child, askpass);
  }

  /** ssh-add with these arguments; the passphrase is what it asks for. */
  add(args: readonly string[], passphrase = ''): void {
    const { status, stderr } = spawnSync('ssh-add', args, {
      encoding: 'utf8',
      env: {
        ...process.env,
        SSH_AUTH_SOCK: this.socket,
        SSH_ASKPASS: this.#askpass,
        SSH_ASKPASS_REQUIRE: 'force',
        PASSPHRASE: passphrase,
      },
    });
    if (status !== 0) throw new Error(stderr);
  }

  async stop(): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.kill();
    await exited;
  }
}
