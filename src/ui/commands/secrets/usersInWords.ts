import { t } from '../../../base/l10n.ts';
import { readSecretUsers } from '../../../hosts/knowledge/secretUsers.ts';
import type { SecretNode } from '../../explorer/objects/secretNode.ts';

/** A question must not wait long for a host with hanging storage. */
const timeoutMs = 4000;
/** How many names a dialog has room for. */
const named = 8;

/**
 * Sentences on what uses the secret, for a question about it; undefined when nothing does. Where that cannot be found out
 * in time, it says so.
 */
export async function usersInWords({ host, uuid }: SecretNode): Promise<string | undefined> {
  const knowledge = host.connected?.knowledge;
  const users = knowledge && (await readSecretUsers(knowledge, uuid, { timeoutMs }));
  if (!users) return t('What uses it is not known: not all definitions could be read.');
  const domains = users.domains.map(({ name, isActive }) => (isActive ? t('{0} (running)', name) : name));
  const words = [
    ...(domains.length > 0 ? [t('Domains that use it: {0}.', listed(domains))] : []),
    ...(users.pools.length > 0 ? [t('Pools that log in with it: {0}.', listed(users.pools))] : []),
  ];
  return words.length === 0 ? undefined : words.join('\n');
}

function listed(names: readonly string[]): string {
  const more = names.length - named;
  return [...names.slice(0, named), ...(more > 0 ? [t('and {0} more', more)] : [])].join(', ');
}
