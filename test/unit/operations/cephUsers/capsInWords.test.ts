import assert from 'node:assert/strict';
import { rbdCaps, type RbdGrant } from '../../../../src/ceph/cephCaps.ts';
import { capsInWords, isForDaemons, lostCaps } from '../../../../src/operations/cephUsers/capsInWords.ts';

const grant = (pool: string | undefined, more: Partial<RbdGrant> = {}): RbdGrant => ({
  ...{ pool, namespace: undefined, readOnly: false },
  ...more,
});
const caps = (...pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, string> =>
  new Map(pairs);

describe('what a Ceph user may do, in words', () => {
  it('names the pools and namespaces that it may use, and those it may only read', () => {
    assert.equal(capsInWords(rbdCaps([grant('vms'), grant('images')])), 'may use RBD in vms, images');
    assert.equal(
      capsInWords(rbdCaps([grant('vms', { namespace: 'a' }), grant('images', { readOnly: true })])),
      'may use RBD in vms/a · may read RBD in images',
    );
    assert.equal(capsInWords(rbdCaps([grant(undefined)])), 'may use RBD in all pools');
  });

  it('tells an administrator from one who only reaches all data', () => {
    assert.equal(capsInWords(caps(['mon', 'allow *'], ['osd', 'allow *'])), 'may do anything');
    assert.equal(capsInWords(caps(['mon', 'allow r'], ['osd', 'allow *'])), 'may use all data');
    assert.equal(capsInWords(caps()), 'may do nothing');
  });

  it('understands the older way of writing, and repeats what it does not understand', () => {
    const older = 'allow class-read object_prefix rbd_children, allow rwx pool=vms';
    assert.equal(capsInWords(caps(['mon', 'allow r'], ['osd', older])), 'may use RBD in vms');
    assert.equal(
      capsInWords(caps(['mon', 'allow r'], ['osd', 'allow rw tag cephfs data=*'])),
      'allow rw tag cephfs data=*',
    );
    assert.equal(capsInWords(caps(['mon', 'profile crash'])), 'profile crash');
  });

  it('says that one without a capability for the monitors cannot ask them', () => {
    assert.equal(
      capsInWords(caps(['osd', 'profile rbd pool=vms'])),
      'may use RBD in vms · may not ask the monitors',
    );
  });

  it('knows those that are there for Ceph’s own programs', () => {
    const bootstrap = caps(['mon', 'allow profile bootstrap-osd']);
    assert.equal(capsInWords(bootstrap), 'sets up daemons: osd');
    assert.ok(isForDaemons({ entity: 'client.bootstrap-osd', caps: bootstrap }));
    assert.ok(isForDaemons({ entity: 'client.crash.kvm1', caps: caps(['mon', 'profile crash']) }));
    assert.ok(!isForDaemons({ entity: 'client.libvirt', caps: rbdCaps([grant('vms')]) }));
  });
});

describe('what a Ceph user loses by other capabilities', () => {
  const lost = (before: readonly RbdGrant[], after: readonly RbdGrant[]): readonly string[] =>
    lostCaps(rbdCaps(before), rbdCaps(after));

  it('is nothing when it may do the same or more', () => {
    assert.deepEqual(lost([grant('vms')], [grant('vms'), grant('images')]), []);
    assert.deepEqual(lost([grant('vms', { namespace: 'a' })], [grant('vms')]), []);
    assert.deepEqual(lost([grant('vms', { readOnly: true })], [grant(undefined)]), []);
  });

  it('is a pool, the whole of it, or writing to it', () => {
    assert.deepEqual(lost([grant('vms'), grant('images')], [grant('vms')]), ['to use RBD images in images']);
    assert.deepEqual(lost([grant('vms')], [grant('vms', { namespace: 'a' })]), ['to use RBD images in vms']);
    assert.deepEqual(lost([grant('vms')], [grant('vms', { readOnly: true })]), [
      'to write to RBD images in vms',
    ]);
    assert.deepEqual(lost([grant(undefined)], [grant('vms')]), ['to use RBD images in all pools']);
  });

  it('is told as it is written where there are no words', () => {
    assert.deepEqual(
      lostCaps(
        caps(['mon', 'allow *'], ['osd', 'allow *'], ['mds', 'allow *']),
        caps(['mon', 'profile rbd'], ['osd', 'profile rbd pool=vms']),
      ),
      ['to use all data', 'mon: allow * → profile rbd', 'mds: allow *'],
    );
    assert.deepEqual(
      lostCaps(caps(['osd', 'allow rw tag cephfs data=*, profile rbd']), caps(['osd', 'profile rbd'])),
      ['osd: allow rw tag cephfs data=*'],
    );
  });
});
