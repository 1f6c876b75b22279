import assert from 'node:assert/strict';
import {
  freeSnapshotName,
  proposedName,
  rbdSnapshotNameRefusal,
  snapshotNameRefusal,
} from '../../../../src/operations/snapshots/snapshotName.ts';

describe('the name of a snapshot', () => {
  const taken = new Set(['a', '2026-01-02-0304']);

  it('is proposed from the time, and free', () => {
    const proposed = proposedName(new Date(2026, 0, 2, 3, 4));
    assert.equal(proposed, '2026-01-02-0304');
    assert.equal(freeSnapshotName(proposed, taken), '2026-01-02-0304-2');
    assert.equal(freeSnapshotName('b', taken), 'b');
  });

  it('is refused where libvirt, QEMU or a file system would not take it', () => {
    for (const name of ['', ' a', 'a ', 'x/y', '../x', '.x', '-x', 'a\nb', 'a', 'ü'.repeat(101), '17']) {
      assert.notEqual(snapshotNameRefusal(name, taken), undefined, JSON.stringify(name));
    }
    for (const name of ['b', 'before the upgrade', '17a', `it's "x" $(y) %s`, '升级之前', 'x'.repeat(200)]) {
      assert.equal(snapshotNameRefusal(name, taken), undefined, name);
    }
  });

  it('may be a number in Ceph, and hold no @', () => {
    assert.equal(rbdSnapshotNameRefusal('17', taken), undefined);
    assert.notEqual(rbdSnapshotNameRefusal('a@b', taken), undefined);
    assert.notEqual(rbdSnapshotNameRefusal('a', taken), undefined);
  });
});
