import { accessArguments, type CephAccess } from '../../ceph/cephAccess.ts';

const usualConfiguration = '/etc/ceph/ceph.conf';

/** What a person types for a program of Ceph: only what differs from Ceph's own defaults is said. */
export function cephArgv(access: CephAccess, program: string, args: readonly string[]): readonly string[] {
  const { configFile, clientId, keyring, clusterName = 'ceph', settings } = access;
  const isUsual = configFile === undefined || configFile === usualConfiguration;
  const usualKeyring = `/etc/ceph/${clusterName}.client.${clientId ?? 'admin'}.keyring`;
  const given = accessArguments({
    ...access,
    configFile: isUsual || configFile === `/etc/ceph/${clusterName}.conf` ? undefined : configFile,
    clientId: clientId === 'admin' ? undefined : clientId,
    keyring: keyring === usualKeyring ? undefined : keyring,
  }).filter(
    (argument) => settings.has('client_mount_timeout') || !argument.includes('client_mount_timeout='),
  );
  return [...(access.viaSudo === true ? ['sudo'] : []), program, ...given, ...args];
}

/** The same of `ceph`, whose words are never taken for options. */
export function monitorsArgv(access: CephAccess, words: readonly string[]): readonly string[] {
  const isPlain = words.every((word) => !word.startsWith('-'));
  return cephArgv(access, 'ceph', isPlain ? words : ['--', ...words]);
}
