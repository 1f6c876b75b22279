import { t } from '../../../base/l10n.ts';
import type { Log } from '../../../base/log.ts';
import type { SshHostConfig } from '../config/sshHostConfig.ts';
import type { AgentKey } from './agentKeys.ts';
import type { Identity } from './identity.ts';
import type { KeyFile } from './keyFile.ts';

/** sshd hangs up after MaxAuthTries failures, which are 6 unless configured; one is left for a password. */
const maxIdentities = 5;

/**
 * The identities to try, in OpenSSH's order: keys of the agent that the configuration names, other keys of the agent
 * unless IdentitiesOnly forbids it, key files. Those that would be too many are left out, unnamed ones first.
 */
export function chooseIdentities(
  config: SshHostConfig,
  agentKeys: readonly AgentKey[],
  files: readonly KeyFile[],
  log: Log,
): Identity[] {
  const isSame = (key: AgentKey, file: KeyFile): boolean =>
    file.publicKey?.getPublicSSH().equals(key.publicKey.getPublicSSH()) === true;
  const named = agentKeys.filter((key) => files.some((file) => isSame(key, file)));
  const others = config.identitiesOnly ? [] : agentKeys.filter((key) => !named.includes(key));
  const fromFiles = files.filter((file) => !agentKeys.some((key) => isSame(key, file)));
  for (const { path, identity } of fromFiles) {
    if (!identity) log.info(t('{0} is a public key, and no agent holds its private key.', path));
  }
  const namedIdentities = named.map((key) => key.identity);
  const fileIdentities = fromFiles.flatMap(({ identity }) => (identity ? [identity] : []));
  const inOrder = [...namedIdentities, ...others.map((key) => key.identity), ...fileIdentities];
  const wanted = config.identityFilesConfigured ? [...namedIdentities, ...fileIdentities] : inOrder;
  const kept = new Set([...new Set([...wanted, ...inOrder])].slice(0, maxIdentities));
  const skipped = inOrder.filter((identity) => !kept.has(identity));
  if (skipped.length > 0) {
    log.warn(
      t(
        '{0}: these keys are not tried, because hosts hang up after a few: {1}. Name the right one with IdentityFile and IdentitiesOnly.',
        config.label,
        skipped.map(({ name }) => name).join(', '),
      ),
    );
  }
  return inOrder.filter((identity) => kept.has(identity));
}
