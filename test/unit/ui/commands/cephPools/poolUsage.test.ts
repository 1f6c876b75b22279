import assert from 'node:assert/strict';
import { refuseNamespace } from '../../../../../src/ui/commands/cephPools/namespaceNames.ts';
import { poolUsage } from '../../../../../src/ui/commands/cephPools/poolUsage.ts';

describe('what the images of a pool take', () => {
  it('is one line an image with its snapshots, those that take most first', () => {
    const line = (image: string, snapshot: string | undefined, used: number) => ({
      ...{ image, snapshot, used, provisioned: 100 },
    });
    assert.deepEqual(
      poolUsage([line('a', undefined, 5), line('b', 's1', 10), line('b', 's2', 1), line('b', undefined, 2)]),
      [
        { image: 'b', provisioned: 100, used: 2, snapshots: 11 },
        { image: 'a', provisioned: 100, used: 5, snapshots: 0 },
      ],
    );
  });
});

describe('the name of a namespace', () => {
  it('is refused where Ceph would refuse it', () => {
    assert.ok(refuseNamespace('', []));
    assert.ok(refuseNamespace('a/b', []));
    assert.ok(refuseNamespace('a@b', []));
    assert.ok(refuseNamespace('known', ['known']));
    assert.equal(refuseNamespace('-x $(y) ü', ['known']), undefined);
  });
});
