import type { WaitOptions } from '../../../../src/base/waiting.ts';
import { resolveSshHost } from '../../../../src/transport/ssh/config/resolveSshHost.ts';
import type { SshHostConfig } from '../../../../src/transport/ssh/config/sshHostConfig.ts';
import { connectSsh } from '../../../../src/transport/ssh/connectSsh.ts';
import type { Transport } from '../../../../src/transport/transport.ts';
import type { RecordingLog } from './recordingLog.ts';
import { ScriptedPrompts } from './scriptedPrompts.ts';
import type { TemporaryHome } from './temporaryHome.ts';

export interface Place {
  readonly home: TemporaryHome;
  readonly log: RecordingLog;
}

/** The configuration for `tester` on a server of a test, as ~/.ssh/config has it. */
export function configFor(port: number, { home, log }: Place): Promise<SshHostConfig> {
  return resolveSshHost(`tester@127.0.0.1:${port}`, {
    home: home.path,
    env: {},
    log,
    systemFolder: home.in('etc'),
  });
}

export async function connectTo(
  port: number,
  place: Place,
  prompts = new ScriptedPrompts(),
  options?: WaitOptions,
): Promise<Transport> {
  return connectSsh(await configFor(port, place), prompts, place.log, options);
}
