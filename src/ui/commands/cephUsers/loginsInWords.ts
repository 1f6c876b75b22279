import { t } from '../../../base/l10n.ts';
import { readCephLogins, type CephLogins } from '../../../hosts/clusters/cephLogins.ts';
import type { ClusterRow } from '../../explorer/clusters/clusterRow.ts';
import type { CommandServices } from '../command.ts';

/** How many names a dialog has room for. */
const listed = 8;

/** Sentences on what logs in as a user, on any connected host, for a question about it; empty when nothing does. */
export async function loginsInWords(
  { cluster }: ClusterRow,
  clientId: string,
  { registry }: CommandServices,
): Promise<string> {
  const logins = await readCephLogins(cluster, clientId, registry.sessions);
  const unknown = logins.filter(({ isComplete }) => !isComplete).map(({ session }) => session.name);
  const own = cluster.routes
    .filter((route) => route.clientId === clientId && route.from.kind === 'configuration')
    .map(({ session }) => session.name);
  const pools = onHosts(logins, (one) => one.pools);
  const domains = onHosts(logins, (one) =>
    one.domains.map(({ name, isActive }) => (isActive ? t('{0} (running)', name) : name)),
  );
  return [
    ...(pools.length > 0 ? [t('Storage pools that log in with it: {0}.', list(pools))] : []),
    ...(domains.length > 0 ? [t('Domains that log in with it: {0}.', list(domains))] : []),
    ...(own.length > 0 ? [t('Hosts that have its keyring: {0}.', list(own))] : []),
    ...(unknown.length > 0
      ? [t('What logs in with it on these hosts is not known: {0}.', list(unknown))]
      : []),
  ].join('\n');
}

function list(names: readonly string[]): string {
  const more = names.length - listed;
  return [...names.slice(0, listed), ...(more > 0 ? [t('and {0} more', more)] : [])].join(', ');
}

function onHosts(
  logins: readonly CephLogins[],
  names: (logins: CephLogins) => readonly string[],
): readonly string[] {
  return logins.flatMap((one) => names(one).map((name) => t('{0} on {1}', name, one.session.name)));
}
