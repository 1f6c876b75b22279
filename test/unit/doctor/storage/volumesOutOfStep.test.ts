import assert from 'node:assert/strict';
import { suspect } from '../../../../src/doctor/complaint.ts';
import {
  differenceOf,
  parseFolder,
} from '../../../../src/doctor/failures/storage/volumesOutOfStep/compareVolumes.ts';
import { volumesOutOfStepFailure as failure } from '../../../../src/doctor/failures/storage/volumesOutOfStep/volumesOutOfStep.ts';

describe('volumes that are out of step', () => {
  const nameIn = (said: string): string | undefined =>
    suspect(new Error(said), undefined, [failure])[0]?.complaint.match[1];

  it('are suspected when libvirt does not find a volume, or not its image', () => {
    for (const { example, pattern } of failure.symptoms) assert.equal(pattern.exec(example)?.[1], 'cli-made');
    assert.equal(nameIn("error: Storage volume not found: no storage vol with matching name 'big'"), 'big');
    assert.equal(nameIn("failed to open the RBD image 'it's': No such file or directory"), "it's");
  });

  it('are not suspected when a pool or a secret is not found, or QEMU does not find an image', () => {
    for (const said of [
      "Storage pool not found: no storage pool with matching name 'nosuch'",
      "Secret not found: no secret with matching uuid '99999999-2222-4333-8444-555555555555'",
      'error reading header from nosuch: No such file or directory',
      'storage volume name already in use',
    ])
      assert.equal(nameIn(said), undefined, said);
  });

  it('are those in one list alone', () => {
    const contents = { volumes: ['a', 'b'], names: new Set(['a', 'b', 'folder']) };
    assert.deepEqual(differenceOf(['a', 'folder', 'c'], contents), { unlisted: ['b'], gone: ['c'] });
    assert.deepEqual(differenceOf(['b', 'a'], contents), { unlisted: [], gone: [] });
  });

  it('are read of a folder, where only plain files must be volumes', () => {
    const { volumes, names } = parseFolder('f a b\0f .nfs0000001\0d lost+found\0l link\0f with\nnewline\0');
    assert.deepEqual(volumes, ['a b', 'with\nnewline']);
    assert.deepEqual([...names], ['a b', '.nfs0000001', 'lost+found', 'link', 'with\nnewline']);
    assert.deepEqual(parseFolder('').volumes, []);
  });
});
