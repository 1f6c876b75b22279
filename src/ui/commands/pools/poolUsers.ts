import { t } from '../../../base/l10n.ts';
import { untilKnown } from '../../../hosts/knowledge/untilKnown.ts';
import type { KnownDomain } from '../../../rules/hostKnowledge.ts';
import type { PoolNode } from '../../explorer/objects/poolNode.ts';

/** A question must not wait long for a host with hanging storage. */
const timeoutMs = 4000;
/** How many names a dialog has room for. */
const named = 8;

/**
 * One sentence on the domains with a disk in the pools, for a question about these; undefined when there are none.
 * Where that cannot be found out in time, it says so.
 */
export async function usersInWords(pools: readonly PoolNode[]): Promise<string | undefined> {
  const found = await Promise.all(pools.map(usersOf));
  if (found.includes(undefined))
    return t('Whether domains use it is not known: not all definitions could be read.');
  const users = found.flatMap((domains) => domains ?? []);
  if (users.length === 0) return undefined;
  const names = users
    .slice(0, named)
    .map(({ name, isActive }) => (isActive ? t('{0} (running)', name) : name));
  const more = users.length - names.length;
  return t(
    'Domains with disks in it: {0}.',
    [...names, ...(more > 0 ? [t('and {0} more', more)] : [])].join(', '),
  );
}

async function usersOf({ host, name }: PoolNode): Promise<readonly KnownDomain[] | undefined> {
  const knowledge = host.connected?.knowledge;
  if (!knowledge) return undefined;
  return untilKnown(knowledge, () => knowledge.usersOf({ kind: 'pool', name }), { timeoutMs });
}
