import assert from 'node:assert/strict';
import { closestSet, compareVersions } from '../../../../src/xml/schemas/versions.ts';
import { setOf } from './setOf.ts';

const sets = ['11.3.0', '9.0.0', '10.10.0'].map((version) => setOf(undefined, version));
const closest = (version: string | undefined): string | undefined => closestSet(sets, version)?.version;

describe('versions of schemas', () => {
  it('are compared as numbers, one that is not known is the oldest', () => {
    const versions = ['10.10.0', undefined, '9.0.0', '10.9.0', '6.0.0', '10.9.1'];
    assert.deepEqual(versions.toSorted(compareVersions).slice(0, 5), [
      '6.0.0',
      '9.0.0',
      '10.9.0',
      '10.9.1',
      '10.10.0',
    ]);
    assert.ok(compareVersions(undefined, '6.0.0') < 0);
    assert.equal(compareVersions('9.0.0', '9.0'), 0);
  });

  it('that fit a libvirt are its own', () => {
    assert.equal(closest('9.0.0'), '9.0.0');
  });

  it('of the oldest libvirt that is newer fit when its own are not known', () => {
    assert.equal(closest('9.1.0'), '10.10.0');
    assert.equal(closest('6.0.0'), '9.0.0');
  });

  it('of the newest libvirt fit one that is newer still, or not known', () => {
    assert.equal(closest('12.0.0'), '11.3.0');
    assert.equal(closest(undefined), '11.3.0');
  });

  it('that were given first are taken of two with the same version', () => {
    const [first, second] = [setOf(undefined, '9.0.0'), setOf(undefined, '9.0.0')];
    assert.equal(closestSet([first, second], undefined), first);
    assert.equal(closestSet([second, first], '9.0.0'), second);
    assert.equal(closestSet([], '9.0.0'), undefined);
  });
});
