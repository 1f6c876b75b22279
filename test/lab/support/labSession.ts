import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Event } from '../../../src/base/events.ts';
import { silentLog } from '../../../src/base/log.ts';
import { parseHostAddress } from '../../../src/hosts/hostAddress.ts';
import { HostSession, type HostState } from '../../../src/hosts/hostSession.ts';
import { resolveSshHost } from '../../../src/transport/ssh/config/resolveSshHost.ts';
import { connectSsh } from '../../../src/transport/ssh/connectSsh.ts';
import type { SshPrompts } from '../../../src/transport/ssh/sshPrompts.ts';
import type { Lab } from '../../../tools/lab/lab.ts';

/** The hosts of a lab are known and their key is enough: nobody is to be asked. */
const noPrompts: SshPrompts = {
  confirmHostKey: (question) => assert.fail(`asked about the key of ${question.host}`),
  passphrase: (question) => assert.fail(`asked for the passphrase of ${question.keyFile}`),
  password: (question) => assert.fail(`asked for a password for ${question.host}`),
  keyboardInteractive: (question) => assert.fail(`asked by ${question.host}`),
};

export interface LabSessionOptions {
  readonly autoReconnect?: boolean;
}

/** A session for a URI such as `qemu+ssh://kvm1/system`, as the extension makes it, by the lab's ssh configuration. */
export async function labSession(
  lab: Lab,
  uri: string,
  options: LabSessionOptions = {},
): Promise<HostSession> {
  const home = await mkdtemp(join(lab.folder, 'session-'));
  await mkdir(join(home, '.ssh'));
  await cp(lab.ssh.configPath, join(home, '.ssh', 'config'));
  const address = parseHostAddress(uri);
  return new HostSession(address.suggestedName, address, {
    log: silentLog,
    autoReconnect: () => options.autoReconnect ?? false,
    openTransport: async ({ address: { reach }, signal }) => {
      assert.ok(reach.kind === 'ssh');
      const config = await resolveSshHost(reach.destination, { home, env: {}, log: silentLog });
      return connectSsh(config, noPrompts, silentLog, { signal });
    },
  });
}

/** Waits until `isThere` holds, looking whenever `event` fires. Fails with `what` after ten seconds. */
export async function until<T>(event: Event<T>, isThere: () => boolean, what: string): Promise<void> {
  if (isThere()) return;
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      listener.dispose();
      reject(new Error(`Waited in vain until ${what}.`));
    }, 10_000);
    const listener = event(() => {
      if (!isThere()) return;
      clearTimeout(timer);
      listener.dispose();
      resolve();
    });
  });
}

export function untilState(session: HostSession, kind: HostState['kind']): Promise<void> {
  return until(session.onDidChangeState, () => session.state.kind === kind, `${session.name} is ${kind}`);
}
