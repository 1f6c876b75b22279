import assert from 'node:assert/strict';
import { withoutKey } from '../../../src/ceph/cephProgram.ts';

describe('what a program of Ceph says on standard error', () => {
  it('is kept without a key that librados could not read, also over several lines', () => {
    const said = `2026-11-21T19:19:06.603+0000 7fdaddc9a380 -1 auth: failed to decode key 'bm90IGEga2V5IGF0IGFsbAo=
'
2026-11-21T19:19:06.607+0000 7fdaddc9a380 -1 monclient: keyring not found
rbd: couldn't connect to the cluster!
`;
    assert.equal(withoutKey(said + said), (said + said).replaceAll(/ 'bm90IGEga2V5IGF0IGFsbAo=\n'/g, ''));
    assert.doesNotMatch(withoutKey(said), /bm90/);
    assert.equal(withoutKey("rbd: couldn't connect"), "rbd: couldn't connect");
  });
});
