import assert from 'node:assert/strict';
import { domainText } from '../domainText.ts';
import { fixed, found, foundOnce, host, titles } from '../samples.ts';

const nic = (network: string, filter = ''): string =>
  `<interface type='network'><source network='${network}'/>${
    filter === '' ? '' : `<filterref filter='${filter}'/>`
  }</interface>`;
const volume = (pool: string, name: string): string =>
  `<disk type='volume' device='disk'><source pool='${pool}' volume='${name}'/><target dev='vda' bus='virtio'/></disk>`;
const on = (devices: string): string => domainText({ devices });

const network = { uuid: 'u', bridge: undefined, portgroups: [] };
const pool = { uuid: 'u', type: 'dir' };
const known = host({
  networks: [
    { ...network, name: 'default', isActive: true },
    { ...network, name: 'lan', isActive: false },
  ],
  pools: [
    { ...pool, name: 'images', isActive: true },
    { ...pool, name: 'backup', isActive: false },
  ],
  listedPools: new Set(['images']),
  volumes: ['a.qcow2', 'b.qcow2', 'c.qcow2', 'd.qcow2'].map((name) => ({
    pool: 'images',
    name,
    path: `/images/${name}`,
  })),
  nwfilters: ['clean-traffic'],
});

describe('unknown-object', () => {
  const id = 'unknown-object';

  for (const [what, devices, at, message] of [
    ['network', nic('defualt'), 'defualt', 'kvm1 has no network defualt.'],
    ['pool', volume('imags', 'a.qcow2'), 'imags', 'kvm1 has no storage pool imags.'],
    ['volume', volume('images', 'x.qcow2'), 'x.qcow2', 'Pool images on kvm1 has no volume x.qcow2.'],
    ['network filter', nic('default', 'clean'), 'clean', 'kvm1 has no network filter clean.'],
  ] as const) {
    it(`finds a ${what} that the host does not have`, () => {
      const finding = foundOnce(id, on(devices), known);
      assert.equal(finding.at, at);
      assert.equal(finding.message, message);
      fixed(id, on(devices), known);
    });
  }

  it('offers all of few, and of many what looks like it', () => {
    assert.deepEqual(titles(foundOnce(id, on(nic('x')), known).fixes), ['Use default', 'Use lan']);
    assert.deepEqual(titles(foundOnce(id, on(volume('images', 'something else')), known).fixes), []);
  });

  it('accepts what the host has, and volumes of pools that it has not listed', () => {
    const devices = nic('lan', 'clean-traffic') + volume('backup', 'x');
    assert.deepEqual(found(id, on(devices), known), []);
  });

  it('says nothing of what is not known, or is being typed', () => {
    assert.deepEqual(found(id, on(nic('x', 'y') + volume('images', 'x')), host()), []);
    assert.deepEqual(found(id, on(nic('x'))), []);
    assert.deepEqual(found(id, on(`<interface type='network'><source network='x'`), known), []);
  });
});

describe('inactive-object', () => {
  const id = 'inactive-object';

  it('finds a network and a pool that are not active', () => {
    assert.equal(foundOnce(id, on(nic('lan')), known).message, 'Network lan is not active on kvm1.');
    assert.equal(
      foundOnce(id, on(volume('backup', 'x')), known).message,
      'Storage pool backup is not active on kvm1.',
    );
  });

  it('accepts active ones, and says nothing of unknown ones', () => {
    assert.deepEqual(found(id, on(nic('default') + volume('images', 'x')), known), []);
    assert.deepEqual(found(id, on(nic('lan') + volume('backup', 'x')), host()), []);
  });
});
