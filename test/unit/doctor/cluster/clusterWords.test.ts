import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/doctor/failure.ts';
import { cephFullFailure, poolsIn } from '../../../../src/doctor/failures/cluster/cephFull.ts';
import { raised } from '../../../../src/doctor/failures/cluster/clusterHealth.ts';
import { clockSkewFailure, skewIn } from '../../../../src/doctor/failures/cluster/clockSkew.ts';
import { osdDownFailure } from '../../../../src/doctor/failures/cluster/osdDown.ts';
import { pgLimitFailure, refusalInWords } from '../../../../src/doctor/failures/cluster/pgLimit.ts';
import { slowOpsFailure, slowOpsIn } from '../../../../src/doctor/failures/cluster/slowOps.ts';
import type { HealthCheck } from '../../../../src/ceph/clusterStatus.ts';
import { knownTo } from '../absentPatient.ts';

const texts = {
  full: '[WRN] POOL_FULL: 1 pool(s) full',
  nearfull: '2 backfillfull osd(s); 2 pool(s) backfillfull',
  quota: 'rbd: create error: (122) Disk quota exceeded',
  down: '[WRN] OSD_DOWN: 2 osds down',
  reach: '[WRN] PG_AVAILABILITY: Reduced data availability: 8 pgs inactive, 10 pgs stale',
  slow: '30 slow ops, oldest one blocked for 12 sec, daemons [osd.0,osd.1] have slow ops.',
  skew: '[WRN] MON_CLOCK_SKEW: clock skew detected on mon.b',
  groups:
    'Error ERANGE:  pg_num 1024 size 1 would mean 1033 total pgs, which exceeds max 750 (mon_max_pg_per_osd 250 * num_in_osds 3)',
  groupsOfRule:
    "Error ERANGE:  pg_num 128 size 3 for this pool would result in 288 cumulative PGs per OSD (1155 total PG replicas on 4 'in' root OSDs by crush rule) which exceeds the mon_max_pg_per_osd value of 250",
  groupsOfPool:
    "Error ERANGE: 'pg_num' must be greater than 0 and less than or equal to 65536 (you may adjust 'mon max pool pg num' for higher values)",
  flags: '[WRN] OSDMAP_FLAGS: noup flag(s) set',
  range: 'Error ERANGE: invalid pool size',
  space: 'qemu-img: No space left on device',
} as const;

const own: readonly (readonly [Failure, readonly (keyof typeof texts)[]])[] = [
  [cephFullFailure, ['full', 'nearfull', 'quota']],
  [osdDownFailure, ['down', 'reach']],
  [slowOpsFailure, ['slow']],
  [clockSkewFailure, ['skew']],
  [pgLimitFailure, ['groups', 'groupsOfRule', 'groupsOfPool']],
];

const check = (details: readonly string[], isMuted = false): HealthCheck => ({
  code: 'POOL_FULL',
  severity: 'HEALTH_WARN',
  summary: '',
  details,
  isMuted,
  mute: undefined,
});

describe('what Ceph says of itself', () => {
  for (const [failure, names] of own) {
    it(`is taken for ${failure.id} where it is that, and nowhere else`, () => {
      assert.deepEqual(
        knownTo(failure, Object.values(texts)),
        names.map((name) => texts[name]),
      );
    });
  }

  it('names the pools that are full, whatever they are called', () => {
    const details = [
      "pool 'vms' is full (running out of quota)",
      "pool 'a' is full' is full (no space)",
      'osd.1 is full',
    ];
    assert.deepEqual(poolsIn(check(details)), ['vms', "a' is full"]);
  });

  it('does not count where somebody has muted it', () => {
    const health = { status: 'HEALTH_OK', checks: [check([], true)] } as const;
    assert.deepEqual(raised(health, 'POOL_FULL'), []);
    assert.equal(raised({ ...health, checks: [check([])] }, 'POOL_FULL').length, 1);
  });

  it('says how many requests wait where, and since when', () => {
    assert.deepEqual(slowOpsIn(texts.slow), { count: 30, seconds: 12, daemons: ['osd.0', 'osd.1'] });
    assert.deepEqual(slowOpsIn('1 slow ops, oldest one blocked for 34 sec, mon.a has slow ops').daemons, [
      'mon.a',
    ]);
    assert.deepEqual(slowOpsIn('Slow OSD heartbeats'), { count: undefined, seconds: undefined, daemons: [] });
  });

  it('says by how much clocks differ', () => {
    assert.deepEqual(skewIn('mon.b clock skew 0.33s > max 0.05s (latency 0.001s)'), {
      monitor: 'mon.b',
      seconds: 0.33,
    });
    assert.deepEqual(skewIn('mon.b addr 10.0.0.2:6789/0 clock skew -1.5s > max 0.05s (latency 0.001s)'), {
      monitor: 'mon.b',
      seconds: -1.5,
    });
    assert.equal(skewIn('mon.b is low on available space'), undefined);
  });

  it('is counted after: what was asked for, and what would have had room', () => {
    assert.deepEqual(refusalInWords({ said: texts.groups }), [
      '1024 groups with 1 copies each are 1024 copies; with those of the other pools 1033. 3 OSDs × 250 = 750 are allowed.',
      '741 groups would have had room: take 512, a power of two.',
    ]);
    assert.match(
      refusalInWords({ said: texts.groupsOfRule })[0] ?? '',
      /384 copies.*1155\. 4 OSDs × 250 = 1000/,
    );
    assert.match(refusalInWords({ said: texts.groupsOfPool })[0] ?? '', /65536 groups at most/);
    assert.deepEqual(refusalInWords({ said: texts.range }), []);
  });
});
