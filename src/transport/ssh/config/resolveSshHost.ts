import type { Log } from '../../../base/log.ts';
import type { SshHostConfig } from './sshHostConfig.ts';

export interface ResolveOptions {
  /** The home folder: `~`. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  /** Key files tried before those of the configuration, as with `ssh -i`. */
  readonly keyFiles?: readonly string[] | undefined;
  /** Default: /etc/ssh/ssh_config. */
  readonly systemConfigFile?: string | undefined;
}

/**
 * Resolves what one gives to `ssh` (`kvm1`, `root@kvm1:2222`, `[fe80::1]:22`, `ssh://root@kvm1:2222`) through
 * ~/.ssh/config and the system's. Rejects with an SshError: `bad-destination`, `bad-config`, `proxy-unsupported`.
 */
export function resolveSshHost(destination: string, options: ResolveOptions): Promise<SshHostConfig> {
  return Promise.reject(new Error(`not resolved: ${destination} ${options.home}`));
}
