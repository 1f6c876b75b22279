/** Methods of authentication that are supported, by their names in RFC 4252 and 4256. */
export type AuthMethodName = 'publickey' | 'keyboard-interactive' | 'password';

/** How one host is reached: the ssh configuration resolved for it, all tokens expanded. See ssh_config(5). */
export interface SshHostConfig {
  /** For people: `root@kvm1`, with `:port` when the destination named one. */
  readonly label: string;
  /** The host as it was given: what `Host` patterns match. */
  readonly alias: string;
  readonly hostName: string;
  readonly port: number;
  readonly user: string;
  /** Absolute paths in the order they are tried; they need not exist. */
  readonly identityFiles: readonly string[];
  /** Whether `identityFiles` were asked for, and are not merely the default names. */
  readonly identityFilesConfigured: boolean;
  /** Path of the agent's socket or named pipe; undefined: no agent. */
  readonly identityAgent: string | undefined;
  readonly identitiesOnly: boolean;
  readonly userKnownHostsFiles: readonly string[];
  readonly globalKnownHostsFiles: readonly string[];
  readonly hostKeyAlias: string | undefined;
  readonly strictHostKeyChecking: 'yes' | 'ask' | 'accept-new';
  readonly hashKnownHosts: boolean;
  /** As written, `+`, `-` or `^` and patterns included; undefined: the default. */
  readonly hostKeyAlgorithms: string | undefined;
  readonly connectTimeoutMs: number | undefined;
  /** 0: no keepalive messages. */
  readonly keepaliveIntervalMs: number;
  readonly keepaliveCountMax: number;
  readonly preferredAuthentications: readonly AuthMethodName[];
}
