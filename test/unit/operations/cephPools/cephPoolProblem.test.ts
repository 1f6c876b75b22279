import assert from 'node:assert/strict';
import { CephError, Errno } from '../../../../src/ceph/cephError.ts';
import { explainedFor } from '../../../../src/operations/cephPools/cephPoolProblem.ts';
import { parsePgLimit } from '../../../../src/operations/cephPools/pgLimit.ts';
import { refusePoolName } from '../../../../src/operations/cephPools/poolNames.ts';

function refused(stderr: string, errno: number): Promise<unknown> {
  return explainedFor('vms', () => Promise.reject(new CephError('ceph', 'kvm1', errno, stderr)));
}

const creation =
  'Error ERANGE:  pg_num 333 size 3 would mean 1002 total pgs, which exceeds max 750 (mon_max_pg_per_osd 250 * num_in_osds 3)';
const change =
  'Error ERANGE: pool id 1 pg_num 1024 size 1 would mean 1537 total pgs, which exceeds max 750 (mon_max_pg_per_osd 250 * num_in_osds 3)';
const newer =
  "Error ERANGE:  pg_num 64 size 3 for this pool would result in 288 cumulative PGs per OSD (1155 total PG replicas on 4 'in' root OSDs by crush rule) which exceeds the mon_max_pg_per_osd value of 250";
const onePool =
  "Error ERANGE: 'pg_num' must be greater than 0 and less than or equal to 65536 (you may adjust 'mon max pool pg num' for higher values)";

describe('what Ceph says of too many placement groups', () => {
  it('is read in the words of every release', () => {
    const tooMany = { kind: 'tooMany', maxPerOsd: 250 } as const;
    assert.deepEqual(parsePgLimit(creation), { ...tooMany, groups: 333, size: 3, copies: 1002, osds: 3 });
    assert.deepEqual(parsePgLimit(change), { ...tooMany, groups: 1024, size: 1, copies: 1537, osds: 3 });
    assert.deepEqual(parsePgLimit(newer), { ...tooMany, groups: 64, size: 3, copies: 1155, osds: 4 });
    assert.deepEqual(parsePgLimit(onePool), { kind: 'onePool', max: 65_536 });
    assert.equal(parsePgLimit('Error EPERM: access denied'), undefined);
  });

  it('is explained with what there is room for', async () => {
    await assert.rejects(refused(creation, Errno.ERANGE), {
      code: 'too-many-groups',
      message:
        'Ceph refuses 333 placement groups of 3 copies for vms: with those of the other pools that is 1002 copies on 3 OSDs, and each may have 250, which is 750 in all.',
      advice: /There is room for 249: take 128/,
      raw: creation,
    });
    await assert.rejects(refused(newer, Errno.ERANGE), { advice: /There is room for 12: take 8/ });
    const full = creation.replace('1002', '1900');
    await assert.rejects(refused(full, Errno.ERANGE), { advice: /no room for another group/ });
    await assert.rejects(refused(onePool, Errno.ERANGE), { message: /one pool can have 65536/ });
  });
});

describe('what else Ceph refuses of pools', () => {
  it('is explained with the command that allows it', async () => {
    const deletion =
      'Error EPERM: pool deletion is disabled; you must first set the mon_allow_pool_delete config option to true before you can destroy a pool';
    await assert.rejects(refused(deletion, Errno.EPERM), {
      code: 'deletion-disabled',
      advice: /ceph config set mon mon_allow_pool_delete true/,
    });
    const flag =
      'Error EPERM: pool pg_num change is disabled; you must unset nopgchange flag for the pool first';
    await assert.rejects(refused(flag, Errno.EPERM), { code: 'protected', message: /nopgchange/ });
    const single = 'Error EPERM: configuring pool size as 1 is disabled by default.';
    await assert.rejects(refused(single, Errno.EPERM), {
      code: 'single-disabled',
      advice: /mon_allow_pool_size_one/,
    });
    await assert.rejects(refused('Error EACCES: access denied', Errno.EACCES), { code: 'not-allowed' });
  });

  it('stays as it is where there is nothing to explain', async () => {
    await assert.rejects(refused('Error EINVAL: pool size must be between 1 and 10', Errno.EINVAL), {
      code: Errno.EINVAL,
      message: /pool size must be between 1 and 10/,
    });
  });
});

describe('the name of a new Ceph pool', () => {
  it('is one that RBD and libvirt can write', () => {
    const why = (name: string): string | undefined => refusePoolName(name, new Set(['vms']));
    for (const name of ['libvirt-pool', 'a b', '漢字', "it's"]) assert.equal(why(name), undefined);
    for (const name of [
      '',
      ' ',
      'a ',
      'vms',
      'a/b',
      'a@b',
      '-rf',
      '--size=3',
      '.mgr',
      'a\nb',
      'x'.repeat(256),
    ])
      assert.notEqual(why(name), undefined, name);
  });
});
