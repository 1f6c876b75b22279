import assert from 'node:assert/strict';
import { libvirtCan } from '../../../../src/operations/snapshots/libvirtAbilities.ts';

describe('what a version of libvirt can do with external snapshots', () => {
  it('is told by its number, and not known without one', () => {
    const can = (version: string | undefined): unknown => libvirtCan('revertToExternal', version);
    assert.deepEqual(['8.10.0', '9.0.0', '9.8.1', '9.9.0', '9.10.0', '10.0.0'].map(can), [
      false,
      false,
      false,
      true,
      true,
      true,
    ]);
    assert.equal(libvirtCan('deleteExternal', '9.0.0'), true);
    assert.equal(libvirtCan('deleteExternal', '8.10.0'), false);
    assert.equal(can(undefined), undefined);
  });
});
