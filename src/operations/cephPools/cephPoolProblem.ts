import { CodedProblem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { CephError, Errno } from '../../ceph/cephError.ts';
import { parsePgLimit, type PgLimitRefusal } from './pgLimit.ts';

export type CephPoolCode =
  | 'too-many-groups'
  | 'deletion-disabled'
  | 'protected'
  | 'single-disabled'
  | 'in-use'
  | 'not-allowed'
  | 'needs-bluestore'
  | 'exists'
  | 'missing'
  | 'no-other-rule'
  | 'still-allowed'
  | 'not-active';

/** Why a pool of Ceph is not made, changed or deleted. */
export class CephPoolProblem extends CodedProblem<CephPoolCode> {}

/** Does it to a pool; what Ceph refuses is put in words that say what to do. */
export async function explainedFor<T>(pool: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof CephError ? explain(pool, error) : error;
  }
}

function explain(pool: string, error: CephError): Error {
  const said = error.raw ?? error.message;
  const problem = (code: CephPoolCode, message: string, advice?: string): CephPoolProblem =>
    new CephPoolProblem(code, message, { advice, cause: error, raw: error.raw });
  const limit = parsePgLimit(said);
  if (limit) return problem('too-many-groups', limitInWords(pool, limit), limitAdvice(limit));
  if (said.includes('mon_allow_pool_delete'))
    return problem(
      'deletion-disabled',
      t('Ceph does not delete {0}: its monitors do not allow that pools are deleted.', pool),
      t(
        'Allow it with “ceph config set mon mon_allow_pool_delete true”, delete the pool, and take it back with “ceph config rm mon mon_allow_pool_delete”.',
      ),
    );
  const flag = /you must unset (\w+) flag/.exec(said)?.[1];
  if (flag !== undefined)
    return problem(
      'protected',
      t('Ceph does not do this to {0}: it has the flag {1}.', pool, flag),
      t('Take the flag away with “Change Pool Flags…”, then try again.'),
    );
  if (said.includes('configuring pool size as 1 is disabled'))
    return problem(
      'single-disabled',
      t('Ceph does not let {0} have a single copy: its monitors do not allow that.', pool),
      t(
        'With one copy, every disk that fails loses data. “ceph config set mon mon_allow_pool_size_one true” allows it.',
      ),
    );
  if (said.includes('must only be stored on bluestore'))
    return problem(
      'needs-bluestore',
      t(
        '{0} cannot hold RBD images: an erasure-coded pool that is written to needs BlueStore on all its OSDs.',
        pool,
      ),
      t('Use a replicated pool, or OSDs with BlueStore.'),
    );
  if (error.code === Errno.EBUSY)
    return problem('in-use', t('Ceph does not let {0} go: {1}', pool, error.message));
  if (error.code === Errno.EEXIST) return problem('exists', t('There is a Ceph pool of this name already.'));
  if (error.code === Errno.EACCES)
    return problem(
      'not-allowed',
      t('The client may not change the pools of this cluster.'),
      t(
        'That needs the capabilities “mon allow *” or “mon allow command "osd pool …"”: connect a host that has the keyring of client.admin.',
      ),
    );
  return error;
}

function limitInWords(pool: string, limit: PgLimitRefusal): string {
  if (limit.kind === 'onePool')
    return t('Ceph refuses so many placement groups for {0}: one pool can have {1}.', pool, limit.max);
  const { groups, size, copies, maxPerOsd, osds } = limit;
  return t(
    'Ceph refuses {0} placement groups of {1} copies for {2}: with those of the other pools that is {3} copies on {4} OSDs, and each may have {5}, which is {6} in all.',
    groups,
    size,
    pool,
    copies,
    osds,
    maxPerOsd,
    maxPerOsd * osds,
  );
}

function limitAdvice(limit: PgLimitRefusal): string {
  if (limit.kind === 'onePool') return t('Take fewer. The limit is mon_max_pool_pg_num.');
  const { groups, size, copies, maxPerOsd, osds } = limit;
  const left = Math.floor((maxPerOsd * osds - (copies - groups * size)) / size);
  return left < 1
    ? t(
        'There is no room for another group: shrink or delete another pool, add OSDs, or raise mon_max_pg_per_osd.',
      )
    : t(
        'There is room for {0}: take {1}, shrink another pool, or add OSDs. Raising mon_max_pg_per_osd costs memory and time on every OSD.',
        left,
        2 ** Math.floor(Math.log2(left)),
      );
}
