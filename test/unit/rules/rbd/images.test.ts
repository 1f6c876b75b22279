import assert from 'node:assert/strict';
import { domain, fixed, found, foundOnce, host, rbdDisk, rbdPool, titles } from '../samples.ts';

describe('rbd-driver-not-raw', () => {
  const id = 'rbd-driver-not-raw';

  it('finds another format, and sets raw', () => {
    const text = domain(rbdDisk({ driver: 'qcow2' }));
    const { at, severity, fixes } = foundOnce(id, text);
    assert.deepEqual([at, severity], ['qcow2', 'warning']);
    assert.deepEqual(titles(fixes), ['Set the type to raw *']);
    assert.equal(fixed(id, text), domain(rbdDisk()));
  });

  it('leaves alone raw, no type, and other storage', () => {
    assert.deepEqual(found(id, domain(rbdDisk())), []);
    assert.deepEqual(found(id, domain(rbdDisk().replace(` type='raw'`, ''))), []);
    const file = `<disk type='file'><driver type='qcow2'/><source file='/a'/></disk>`;
    assert.deepEqual(found(id, domain(file)), []);
  });
});

describe('rbd-image-name', () => {
  const id = 'rbd-image-name';

  for (const image of ['rbd:vms/a', '/vms/a', 'vms//a', 'vms/a/', '//vms/a']) {
    it(`finds ${image}, and knows what is meant`, () => {
      const text = domain(rbdDisk({ image }));
      const { at, severity } = foundOnce(id, text);
      assert.deepEqual([at, severity], [image, 'error']);
      assert.equal(fixed(id, text), domain(rbdDisk()));
    });
  }

  it('finds a name without a pool, and offers the pools of the host', () => {
    const text = domain(rbdDisk({ image: 'a' }));
    assert.deepEqual(foundOnce(id, text).fixes, []);
    const images = { ...rbdPool, name: 'images', cephPool: 'images' };
    const knowledge = host({ rbdPools: [rbdPool, { ...rbdPool, name: 'twin' }, images] });
    assert.deepEqual(titles(foundOnce(id, text, knowledge).fixes), ['Name it vms/a', 'Name it images/a']);
    const volumes = [{ pool: 'images', name: 'a', path: 'images/a' }];
    assert.deepEqual(titles(foundOnce(id, text, { ...knowledge, volumes }).fixes), ['Name it images/a *']);
  });

  it('has no answer to what may mean anything', () => {
    for (const image of ['a/b/c/d', '/', 'vms/']) {
      assert.deepEqual(foundOnce(id, domain(rbdDisk({ image }))).fixes, []);
    }
  });

  it('leaves good names alone', () => {
    for (const image of ['vms/a', 'vms/space/a', 'vms/a@s', 'vms/a:b']) {
      assert.deepEqual(found(id, domain(rbdDisk({ image }))), []);
    }
  });
});

describe('rbd-image-missing', () => {
  const id = 'rbd-image-missing';
  const volumes = ['vm1-disk', 'vm2-disk', 'web', 'vm11-disk'].map((name) => ({
    pool: 'rbd-pool',
    name,
    path: `vms/${name}`,
  }));
  const knowledge = host({ listedPools: new Set(['rbd-pool']), volumes });

  it('finds an image that the pool does not list, and offers those of a similar name', () => {
    const text = domain(rbdDisk({ image: 'vms/vm1-disc' }));
    const { at, severity, message, fixes } = foundOnce(id, text, knowledge);
    assert.deepEqual([at, severity], ['vms/vm1-disc', 'warning']);
    assert.match(message, /^kvm1 has no image vm1-disc in pool vms/);
    assert.deepEqual(titles(fixes), [
      'Use image vms/vm1-disk',
      'Use image vms/vm2-disk',
      'Use image vms/vm11-disk',
    ]);
    assert.equal(fixed(id, text, knowledge), domain(rbdDisk({ image: 'vms/vm1-disk' })));
  });

  it('looks for no names where many images are missing: they are elsewhere', () => {
    const disks = Array.from({ length: 9 }, (_, i) => rbdDisk({ image: `vms/we${i}`, target: `vd${i}` }));
    const fixesOf = (count: number): readonly number[] =>
      found(id, domain(...disks.slice(0, count)), knowledge).map(({ fixes }) => fixes.length);
    assert.deepEqual(
      fixesOf(8),
      Array.from({ length: 8 }, () => 1),
    );
    assert.deepEqual(
      fixesOf(9),
      Array.from({ length: 9 }, () => 0),
    );
  });

  it('concludes nothing from pools that are not listed', () => {
    const text = domain(rbdDisk());
    assert.deepEqual(found(id, text), []);
    assert.deepEqual(found(id, text, host()), []);
    assert.deepEqual(found(id, text, host({ listedPools: new Set(), volumes })), []);
    const twin = { ...rbdPool, name: 'twin' };
    assert.deepEqual(found(id, text, { ...knowledge, rbdPools: [rbdPool, twin] }), []);
    foundOnce(id, text, {
      ...knowledge,
      rbdPools: [rbdPool, twin],
      listedPools: new Set(['rbd-pool', 'twin']),
    });
  });

  it('leaves alone what is there in any pool, with a snapshot too, and what pools do not list', () => {
    for (const image of ['vms/web', 'vms/web@snap', 'vms/space/web', 'images/x', 'x']) {
      assert.deepEqual(found(id, domain(rbdDisk({ image })), knowledge), []);
    }
  });
});
