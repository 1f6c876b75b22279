import assert from 'node:assert/strict';
import { explainPoolFailure } from '../../../../src/operations/pools/poolFailures.ts';
import { PoolProblem } from '../../../../src/operations/pools/poolProblem.ts';
import { libvirtError } from '../libvirtError.ts';

describe('the failure of a pool', () => {
  const silent =
    'failed to connect to the RADOS monitor on: 10.0.0.1:6789,10.0.0.2:6789,: No such file or directory';
  const cases: readonly [message: string, elapsedMs: number, code: PoolProblem['code'], words: RegExp][] = [
    [
      'internal error: missing backend for pool type 9 (rbd)',
      3,
      'backend-missing',
      /backend for rbd pools is not installed/,
    ],
    [silent, 30_012, 'monitors-silent', /no Ceph monitor answers \(10\.0\.0\.1:6789,10\.0\.0\.2:6789\)/],
    [silent, 15, 'ceph-refused', /Ceph refuses the login at 10\.0\.0\.1:6789,10\.0\.0\.2:6789/],
    [
      'failed to connect to the RADOS monitor on: 127.0.0.1:6789,: Success',
      20,
      'ceph-refused',
      /127\.0\.0\.1:6789\)?/,
    ],
    [
      'internal error: failed to set RADOS option: auth_supported',
      5,
      'ceph-client-too-new',
      /newer than its libvirt/,
    ],
    [
      "failed to create the RBD IoCTX. Does the pool 'vms/ns' exist?: No such file or directory",
      8,
      'ceph-pool-missing',
      /Ceph has no pool vms\/ns/,
    ],
    [
      "cannot open directory '/srv/rbd-pool': No such file or directory",
      1,
      'not-built',
      /\/srv\/rbd-pool is not there/,
    ],
    [
      "Storage pool probe failed: Device '/dev/sdb' is unrecognized, requires build",
      1,
      'not-built',
      /\/dev\/sdb is not there yet, or is empty/,
    ],
    [
      "unsupported configuration: cannot find logical volume group name 'vg0'",
      1,
      'not-built',
      /vg0 is not there/,
    ],
    [
      "Storage pool already built: Device '/dev/sdb' already formatted using 'gpt'",
      1,
      'already-built',
      /\/dev\/sdb holds data already \(gpt\)/,
    ],
    [
      "operation failed: Storage source conflict with pool: 'images'",
      1,
      'source-in-use',
      /the pool images uses the same storage/,
    ],
    [
      "operation failed: pool 'rbd-pool' already exists with uuid 75bf003e-80fb-4cfe-ad38-51057b8d4dc3",
      1,
      'name-taken',
      /has a storage pool rbd-pool already/,
    ],
    [
      "Secret not found: no secret with matching uuid '11111111-1111-4111-8111-111111111111'",
      1,
      'secret-missing',
      /no secret 11111111-1111/,
    ],
    [
      "Secret not found: secret '11111111-1111-4111-8111-111111111111' does not have a value",
      1,
      'secret-without-value',
      /secret 11111111-1111.* has no value/,
    ],
    [
      "internal error: /usr/bin/iscsiadm failed new mode for target 'iqn.2026-01.com.example:t1' with status '127'",
      1,
      'program-missing',
      /iscsiadm is not installed/,
    ],
    [
      "internal error: Child process (/bin/mount -t cifs //a/e /srv/n1) unexpected exit status 32: mount: /srv/n1: unknown filesystem type 'cifs'.",
      1,
      'program-missing',
      /cannot mount cifs/,
    ],
    ["failed to remove pool '/srv/a': Directory not empty", 1, 'not-empty', /\/srv\/a .*is not empty/],
    [
      'this function is not supported by the connection driver: pool does not support pool deletion',
      1,
      'not-deletable',
      /cannot delete the storage/,
    ],
  ];
  for (const [message, elapsedMs, code, words] of cases) {
    it(`says the cause of “${message}” after ${elapsedMs} ms`, () => {
      const problem = explainPoolFailure(libvirtError(message), 'rbd-pool', 'kvm1', elapsedMs);
      assert.ok(problem instanceof PoolProblem);
      assert.equal(problem.code, code);
      assert.match(problem.message, words);
      assert.match(problem.message, /kvm1/);
      assert.equal(problem.raw, message);
      assert.ok(problem.advice);
    });
  }

  it('leaves alone what it does not know', () => {
    const other = libvirtError('Storage pool not found');
    assert.equal(explainPoolFailure(other, 'p', 'h', 0), other);
    const plain = new Error('x');
    assert.equal(explainPoolFailure(plain, 'p', 'h', 0), plain);
  });
});
