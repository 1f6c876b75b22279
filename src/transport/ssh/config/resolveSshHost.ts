import { homedir, hostname, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { t } from '../../../base/l10n.ts';
import type { Log } from '../../../base/log.ts';
import { SshError } from '../sshError.ts';
import { ConfigReader } from './configReader.ts';
import { parseDestination } from './destination.ts';
import type { AuthMethodName, SshHostConfig } from './sshHostConfig.ts';
import { expandPath, expandTokens, type ExpandContext } from './tokens.ts';
import { booleanValue, durationMs, hostKeyPolicy, numberValue, portValue } from './values.ts';

export interface ResolveOptions {
  /** The home folder: `~`. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  /** Key files tried before those of the configuration, as with `ssh -i`. */
  readonly keyFiles?: readonly string[] | undefined;
  /** The person's own configuration file, as with `ssh -F`; it must exist. Default: ~/.ssh/config. */
  readonly userConfigFile?: string | undefined;
  /** The folder of the system's ssh_config and ssh_known_hosts. Default: /etc/ssh, %PROGRAMDATA%\ssh on Windows. */
  readonly systemFolder?: string | undefined;
}

const defaultKeyNames = ['id_ed25519', 'id_ecdsa', 'id_rsa'];
const defaultKeepaliveMs = 15_000;
const defaultKeepaliveCount = 4;
const methodSwitches: Readonly<Record<AuthMethodName, string>> = {
  publickey: 'PubkeyAuthentication',
  'keyboard-interactive': 'KbdInteractiveAuthentication',
  password: 'PasswordAuthentication',
};

/**
 * Resolves what one gives to `ssh` (`kvm1`, `root@kvm1:2222`, `[fe80::1]:22`, `ssh://root@kvm1:2222`) through
 * ~/.ssh/config and the system's. Rejects with an SshError: `bad-destination`, `bad-config`, `proxy-unsupported`.
 */
export async function resolveSshHost(destination: string, options: ResolveOptions): Promise<SshHostConfig> {
  const { home, env, log } = options;
  const { user: givenUser, host: alias, port: givenPort } = parseDestination(destination);
  const systemFolder = options.systemFolder ?? defaultSystemFolder(env);
  const reader = new ConfigReader({ alias, home, env, log });
  if (givenUser !== undefined) reader.set('User', [givenUser]);
  if (givenPort !== undefined) reader.set('Port', [String(givenPort)]);
  if (options.keyFiles) reader.set('IdentityFile', options.keyFiles);
  const { userConfigFile } = options;
  const userFolder = join(home, '.ssh');
  await reader.readFiles([
    {
      path: userConfigFile ?? join(userFolder, 'config'),
      includeFolder: userFolder,
      required: userConfigFile !== undefined,
    },
    { path: join(systemFolder, 'ssh_config'), includeFolder: systemFolder, required: false },
  ]);
  refuseProxy(reader, alias);

  const hostName = reader.hostName();
  const port = portValue(reader.first('Port'));
  const tokens = baseTokens(alias, hostName, port, home);
  const user = expandTokens(reader.first('User') ?? '%u', 'User', { tokens, env });
  const hostKeyAlias = reader.first('HostKeyAlias');
  const expand: ExpandContext = { home, env, tokens: { ...tokens, r: user, k: hostKeyAlias ?? alias } };
  const paths = (keyword: string, defaults: readonly string[]): string[] =>
    (reader.settings.get(keyword.toLowerCase()) ?? defaults)
      .filter((path) => path.toLowerCase() !== 'none')
      .map((path) => resolve(home, expandPath(path, keyword, expand)));
  if (reader.first('CertificateFile') !== undefined) {
    log.warn(
      t('CertificateFile of the SSH configuration is not supported: {0} is asked for without it.', alias),
    );
  }
  const interval = durationMs(reader.first('ServerAliveInterval'), 'ServerAliveInterval');
  return {
    label: `${user}@${alias}${givenPort === undefined ? '' : `:${givenPort}`}`,
    alias,
    hostName,
    port,
    user,
    identityFiles: paths(
      'IdentityFile',
      defaultKeyNames.map((name) => `~/.ssh/${name}`),
    ),
    identityFilesConfigured: reader.settings.has('identityfile'),
    identityAgent: identityAgent(reader.first('IdentityAgent'), expand),
    identitiesOnly: booleanValue(reader.first('IdentitiesOnly'), 'IdentitiesOnly', false),
    userKnownHostsFiles: paths('UserKnownHostsFile', ['~/.ssh/known_hosts', '~/.ssh/known_hosts2']),
    globalKnownHostsFiles: paths('GlobalKnownHostsFile', [
      join(systemFolder, 'ssh_known_hosts'),
      join(systemFolder, 'ssh_known_hosts2'),
    ]),
    hostKeyAlias,
    strictHostKeyChecking: hostKeyPolicy(reader.first('StrictHostKeyChecking'), alias, log),
    hashKnownHosts: booleanValue(reader.first('HashKnownHosts'), 'HashKnownHosts', false),
    hostKeyAlgorithms: reader.first('HostKeyAlgorithms'),
    connectTimeoutMs: durationMs(reader.first('ConnectTimeout'), 'ConnectTimeout'),
    keepaliveIntervalMs: interval ?? defaultKeepaliveMs,
    keepaliveCountMax: numberValue(
      reader.first('ServerAliveCountMax'),
      'ServerAliveCountMax',
      interval === undefined ? defaultKeepaliveCount : 3,
    ),
    preferredAuthentications: methods(reader, alias),
  };
}

/** To connect directly where a way around is asked for could reach another machine. */
function refuseProxy(reader: ConfigReader, alias: string): void {
  const { proxy } = reader;
  if (!proxy || proxy.value.toLowerCase() === 'none') return;
  throw new SshError(
    'proxy-unsupported',
    t('The SSH configuration reaches {0} by {1}, which is not supported yet.', alias, proxy.keyword),
    {
      advice: t(
        'Add a host that can be reached directly, or forward a port to it with “ssh -L” and add that.',
      ),
      raw: `${proxy.keyword} ${proxy.value}`,
    },
  );
}

function baseTokens(alias: string, hostName: string, port: number, home: string): Record<string, string> {
  const { uid, username } = userInfo();
  const local = hostname();
  const [short = local] = local.split('.');
  return {
    d: home,
    h: hostName,
    i: String(uid),
    l: local,
    L: short,
    n: alias,
    p: String(port),
    u: username,
  };
}

function identityAgent(configured: string | undefined, context: ExpandContext): string | undefined {
  const { env } = context;
  if (configured?.toLowerCase() === 'none') return undefined;
  if (configured !== undefined && configured !== 'SSH_AUTH_SOCK') {
    const variable = /^\$(\w+)$/.exec(configured)?.[1];
    return variable === undefined ? expandPath(configured, 'IdentityAgent', context) : env[variable];
  }
  const byEnvironment = env['SSH_AUTH_SOCK'];
  if (byEnvironment !== undefined && byEnvironment !== '') return byEnvironment;
  return process.platform === 'win32' ? '\\\\.\\pipe\\openssh-ssh-agent' : undefined;
}

function methods(reader: ConfigReader, alias: string): AuthMethodName[] {
  const preferred = reader.first('PreferredAuthentications') ?? Object.keys(methodSwitches).join(',');
  const supported = Object.keys(methodSwitches) as AuthMethodName[];
  const chosen = preferred
    .split(',')
    .flatMap((name) => supported.filter((each) => each === name.trim().toLowerCase()))
    .filter((name) => booleanValue(reader.first(methodSwitches[name]), methodSwitches[name], true));
  if (chosen.length > 0) return chosen;
  throw new SshError(
    'bad-config',
    t(
      'The SSH configuration allows no way to log in to {0} that is supported: {1}.',
      alias,
      supported.join(', '),
    ),
    { advice: t('Look for PreferredAuthentications in it.') },
  );
}

function defaultSystemFolder(env: ResolveOptions['env']): string {
  return process.platform === 'win32' ? join(env['PROGRAMDATA'] ?? homedir(), 'ssh') : '/etc/ssh';
}
