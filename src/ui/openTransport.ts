import { homedir } from 'node:os';
import type { Log } from '../base/log.ts';
import type { TransportRequest } from '../hosts/hostSession.ts';
import type { Transport } from '../transport/transport.ts';
import { readSshConfigFile } from './settings/hostSettings.ts';

/** Reaches the machine of a host, with the person's ssh configuration, keys and known_hosts. */
export async function openTransport(
  { address: { reach }, signal, interactive, whileWaiting }: TransportRequest,
  log: Log,
): Promise<Transport> {
  if (reach.kind === 'local') {
    const { LocalTransport } = await import('../transport/local/localTransport.ts');
    return new LocalTransport();
  }
  const [{ resolveSshHost }, { connectSsh }, { silentPrompts, windowPrompts }] = await Promise.all([
    import('../transport/ssh/config/resolveSshHost.ts'),
    import('../transport/ssh/connectSsh.ts'),
    import('./prompts/windowPrompts.ts'),
  ]);
  const config = await resolveSshHost(reach.destination, {
    home: homedir(),
    env: process.env,
    log,
    keyFiles: reach.keyFile === undefined ? undefined : [reach.keyFile],
    userConfigFile: readSshConfigFile(),
  });
  return connectSsh(config, interactive ? windowPrompts : silentPrompts, log, { signal, whileWaiting });
}
