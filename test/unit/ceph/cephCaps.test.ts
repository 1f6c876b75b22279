import assert from 'node:assert/strict';
import { isCapValue, parseOsdCap, rbdCaps, type RbdGrant } from '../../../src/ceph/cephCaps.ts';

const grant = (pool: string | undefined, more: Partial<RbdGrant> = {}): RbdGrant => ({
  pool,
  namespace: undefined,
  readOnly: false,
  ...more,
});

describe('capabilities of Ceph users', () => {
  it('are written as Ceph’s own documents have them', () => {
    const caps = rbdCaps([
      grant('vms'),
      grant('images', { readOnly: true }),
      grant('vms2', { namespace: 'a' }),
    ]);
    const pools =
      'profile rbd pool=vms, profile rbd-read-only pool=images, profile rbd pool=vms2 namespace=a';
    assert.deepEqual(
      [...caps],
      [
        ['mon', 'profile rbd'],
        ['osd', pools],
        ['mgr', pools],
      ],
    );
    assert.equal(rbdCaps([grant(undefined)]).get('osd'), 'profile rbd');
  });

  it('quote a name only where it must be', () => {
    const of = (pool: string): string | undefined => rbdCaps([grant(pool)]).get('mgr');
    assert.equal(of('a-b_c.1'), 'profile rbd pool=a-b_c.1');
    assert.equal(of(`it's, mine`), `profile rbd pool="it's, mine"`);
    assert.equal(of('a"b'), `profile rbd pool='a"b'`);
  });

  it('cannot hold a name with both kinds of quotes, or beyond ASCII', () => {
    assert.ok(isCapValue('a "b"'));
    for (const name of [`"'`, '漢字', 'a\nb', '']) assert.ok(!isCapValue(name), name);
  });

  it('are read back as they were written', () => {
    const grants = [grant('vms'), grant(`a, "b"`, { readOnly: true, namespace: 'n 1' }), grant(undefined)];
    assert.deepEqual(
      parseOsdCap(rbdCaps(grants).get('osd') ?? ''),
      grants.map((one) => ({ kind: 'rbd', ...one })),
    );
  });

  it('are understood in the older way of writing, and what is not for RBD stays as it is', () => {
    assert.deepEqual(parseOsdCap('allow *'), [{ kind: 'all' }]);
    assert.deepEqual(
      parseOsdCap(
        'allow class-read object_prefix rbd_children; allow rwx pool = vms,allow rw tag cephfs data=*',
      ),
      [
        { kind: 'other', text: 'allow class-read object_prefix rbd_children' },
        { kind: 'rbd', ...grant('vms') },
        { kind: 'other', text: 'allow rw tag cephfs data=*' },
      ],
    );
    assert.deepEqual(parseOsdCap(''), []);
    assert.deepEqual(parseOsdCap('allow rwx object_prefix x'), [
      { kind: 'other', text: 'allow rwx object_prefix x' },
    ]);
  });
});
