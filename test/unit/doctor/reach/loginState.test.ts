import assert from 'node:assert/strict';
import { CancelledError, TimeoutError } from '../../../../src/base/errors.ts';
import { CephError } from '../../../../src/ceph/cephError.ts';
import { stateAfter } from '../../../../src/doctor/failures/reach/loginState.ts';

const refused = "rbd: couldn't connect to the cluster!\nrbd: listing images failed: ";
const listing = 'rbd: listing images failed: ';

/** How rbd of Ceph 16 ended, and what that means for a login with a user and one without. */
const ends: readonly (readonly [code: CephError['code'], stderr: string, user: string, without: string])[] = [
  [13, `${refused}(13) Permission denied`, 'refused', 'no-auth'],
  [95, `${refused}(95) Operation not supported`, 'refused', 'no-auth'],
  [1, `${refused}(1) Operation not permitted`, 'refused', 'no-auth'],
  [1, `${listing}(1) Operation not permitted`, 'forbidden', 'forbidden'],
  [
    2,
    `rbd: error opening pool 'x': (2) No such file or directory\n${listing}(2) No such file or directory`,
    'pool-missing',
    'pool-missing',
  ],
  [2, `${refused}(2) No such file or directory`, 'not-tried', 'not-tried'],
  [
    110,
    `2026-11-21T18:39:17.595+0000 7f3d6e8bf380  0 monclient(hunting): authenticate timed out after 4\n${refused}(110) Connection timed out`,
    'silent',
    'silent',
  ],
  [
    110,
    `2026-11-21T18:39:08.003+0000 7f7f191be380 -1 librbd::api::Image: list_images: error listing v1 images: (110) Connection timed out\n${listing}(110) Connection timed out`,
    'stalled',
    'stalled',
  ],
  [
    22,
    `server name not found: mon1 (Temporary failure in name resolution)\nunable to parse addrs in 'mon1'\n${refused}(22) Invalid argument`,
    'name-unknown',
    'name-unknown',
  ],
  [22, `${refused}(22) Invalid argument`, 'not-tried', 'not-tried'],
  ['no-program', 'sh: 1: rbd: not found', 'not-tried', 'not-tried'],
];

describe('how Ceph receives a login', () => {
  for (const [code, stderr, user, without] of ends) {
    it(`is ${user} after ${code}: ${stderr.split('\n').at(-1)}`, () => {
      const error = new CephError('rbd', 'kvm1', code, stderr);
      assert.equal(stateAfter(error, true).kind, user);
      assert.equal(stateAfter(error, false).kind, without);
    });
  }

  it('tells what rbd itself said, without the lines of librados', () => {
    const [, stderr] = ends[6] ?? assert.fail();
    const state = stateAfter(new CephError('rbd', 'kvm1', 110, stderr), true);
    assert.ok(state.kind === 'silent');
    assert.equal(state.said, `${listing}(110) Connection timed out`);
  });

  it('is not known when the program does not end, and nothing when it was cancelled', () => {
    assert.equal(stateAfter(new TimeoutError('too long'), true).kind, 'not-tried');
    assert.throws(() => stateAfter(new CancelledError(), true), CancelledError);
  });
});
