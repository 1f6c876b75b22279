import type { Log } from '../../../base/log.ts';
import type { SshHostConfig } from '../config/sshHostConfig.ts';
import type { Ssh2 } from '../loadSsh2.ts';
import { readAgentKeys } from './agentKeys.ts';
import { chooseIdentities } from './chooseIdentities.ts';
import type { Identity } from './identity.ts';
import { readKeyFile, type AskPassphrase, type KeyFile } from './keyFile.ts';

export interface FindContext {
  readonly askPassphrase: AskPassphrase;
  /** Wraps a wait for a person. */
  readonly waitForPerson: <T>(work: Promise<T>) => Promise<T>;
  readonly log: Log;
}

/** The identities that a login at the host is to be tried with, in order. */
export async function findIdentities(
  ssh2: Ssh2,
  config: SshHostConfig,
  context: FindContext,
): Promise<Identity[]> {
  if (!config.preferredAuthentications.includes('publickey')) return [];
  const { log, waitForPerson } = context;
  const path = config.identityAgent;
  const keyFileContext = { ...context, parseKey: ssh2.utils.parseKey };
  const [agentKeys, files] = await Promise.all([
    path === undefined ? [] : readAgentKeys(ssh2.createAgent(path), path, waitForPerson, log),
    Promise.all(config.identityFiles.map((file) => readKeyFile(file, keyFileContext))),
  ]);
  const found = files.filter((file): file is KeyFile => file !== undefined);
  return chooseIdentities(config, agentKeys, found, log);
}
