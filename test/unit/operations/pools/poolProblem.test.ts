import assert from 'node:assert/strict';
import { explainPoolFailure, PoolProblem } from '../../../../src/operations/pools/poolProblem.ts';
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
  ];
  for (const [message, elapsedMs, code, words] of cases) {
    it(`says the cause of “${message}” after ${elapsedMs} ms`, () => {
      const problem = explainPoolFailure(libvirtError(message), 'rbd-pool', 'kvm1', elapsedMs);
      assert.ok(problem instanceof PoolProblem);
      assert.equal(problem.code, code);
      assert.match(problem.message, words);
      assert.match(problem.message, /rbd-pool/);
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
