import assert from 'node:assert/strict';
import type { HostKnowledge } from '../../../../src/rules/hostKnowledge.ts';
import { mentionsOf } from '../../../../src/rules/references/mentionsOf.ts';
import { resolveName } from '../../../../src/rules/references/resolveName.ts';
import { scan } from '../../../../src/xml/scanner/scan.ts';

const uuid = '11111111-2222-4333-8444-555555555555';
const monitors = [{ name: 'mon1', port: 6789 }];
const basics: HostKnowledge = {
  hostName: 'kvm1',
  rbdPools: [{ name: 'rbd', cephPool: 'cp', hosts: monitors, auth: undefined }],
  secrets: [{ uuid, usageType: 'ceph', usageId: 'client.libvirt' }],
};
const knowledge: HostKnowledge = {
  ...basics,
  pools: [
    { name: 'rbd', uuid, type: 'rbd', isActive: true },
    { name: 'images', uuid, type: 'dir', isActive: true },
  ],
  listedPools: new Set(['images']),
  volumes: [
    { pool: 'images', name: 'a.img', path: '/images/a.img' },
    { pool: 'rbd', name: 'vm1', path: 'cp/vm1' },
  ],
  networks: [{ name: 'default', uuid, isActive: true, bridge: 'virbr0', portgroups: [] }],
  domains: [{ name: 'web', uuid, isActive: false, macs: [], disks: [] }],
  nwfilters: ['clean-traffic'],
};

describe('resolveName', () => {
  it('finds what the host has', () => {
    assert.deepEqual(resolveName({ kind: 'pool', name: 'rbd' }, knowledge), [{ kind: 'pool', name: 'rbd' }]);
    assert.deepEqual(resolveName({ kind: 'volume', pool: 'images', name: 'a.img' }, knowledge), [
      { kind: 'volume', pool: 'images', name: 'a.img' },
    ]);
    assert.deepEqual(resolveName({ kind: 'domain-uuid', uuid }, knowledge), [
      { kind: 'domain', name: 'web' },
    ]);
    assert.deepEqual(
      resolveName({ kind: 'secret-usage', usageType: 'ceph', usage: 'client.libvirt' }, knowledge),
      [{ kind: 'secret', name: uuid }],
    );
    assert.deepEqual(resolveName({ kind: 'storage', path: '/images/a.img' }, knowledge), [
      { kind: 'volume', pool: 'images', name: 'a.img' },
    ]);
    assert.deepEqual(resolveName({ kind: 'storage', path: 'cp/vm1' }, knowledge), [
      { kind: 'volume', pool: 'rbd', name: 'vm1' },
    ]);
  });

  it('takes the pool over the Ceph pool for an image that is not listed', () => {
    assert.deepEqual(resolveName({ kind: 'storage', path: 'cp/other' }, knowledge), [
      { kind: 'pool', name: 'rbd' },
    ]);
    assert.deepEqual(resolveName({ kind: 'storage', path: '/cp/other' }, knowledge), []);
  });

  it('finds nothing that the host is known not to have', () => {
    for (const name of [
      { kind: 'pool', name: 'none' },
      { kind: 'network', name: 'none' },
      { kind: 'domain', name: 'none' },
      { kind: 'nwfilter', name: 'none' },
      { kind: 'volume', pool: 'images', name: 'none' },
      { kind: 'secret-uuid', uuid: 'none' },
      { kind: 'secret-usage', usageType: 'iscsi', usage: 'client.libvirt' },
      { kind: 'storage', path: '/none' },
    ] as const) {
      assert.deepEqual(resolveName(name, knowledge), [], JSON.stringify(name));
    }
  });

  it('trusts names while the host has not told what it has', () => {
    for (const known of [undefined, basics]) {
      assert.deepEqual(resolveName({ kind: 'network', name: 'x' }, known), [{ kind: 'network', name: 'x' }]);
      assert.deepEqual(resolveName({ kind: 'volume', pool: 'p', name: 'v' }, known), [
        { kind: 'volume', pool: 'p', name: 'v' },
      ]);
      assert.deepEqual(resolveName({ kind: 'domain-uuid', uuid }, known), []);
    }
    assert.deepEqual(resolveName({ kind: 'secret-uuid', uuid: 'x' }, undefined), [
      { kind: 'secret', name: 'x' },
    ]);
  });
});

describe('mentionsOf', () => {
  const text = `<domain><devices>
    <disk><auth><secret type='ceph' usage='client.libvirt'/></auth><source protocol='rbd' name='cp/vm1'/></disk>
    <disk><source pool='rbd' volume='vm1'/></disk>
    <disk><source file='/images/a.img'/></disk>
    <interface><source network='default'/></interface>
  </devices></domain>`;
  const document = scan(text);
  const mentions = (object: Parameters<typeof mentionsOf>[1], known?: HostKnowledge): string[] =>
    mentionsOf(document, object, known).map(({ range }) => text.slice(range.start, range.end));

  it('finds an object by each of its names', () => {
    const volume = { names: [], addresses: [{ kind: 'volume', pool: 'rbd', name: 'vm1' }] } as const;
    assert.deepEqual(mentions(volume, knowledge), ['cp/vm1', 'vm1']);
    const secret = { names: [], addresses: [{ kind: 'secret', name: uuid }] } as const;
    assert.deepEqual(mentions(secret, knowledge), ['client.libvirt']);
  });

  it('finds a pool by what is in it, once for each disk', () => {
    const pool = { names: [], addresses: [{ kind: 'pool', name: 'rbd' }] } as const;
    assert.deepEqual(mentions(pool, knowledge), ['cp/vm1', 'rbd']);
    const images = { names: [], addresses: [{ kind: 'pool', name: 'images' }] } as const;
    assert.deepEqual(mentions(images, knowledge), ['/images/a.img']);
  });

  it('finds the same name without knowing the host', () => {
    const name = { kind: 'secret-usage', usageType: 'ceph', usage: 'client.libvirt' } as const;
    assert.deepEqual(mentions({ names: [name], addresses: [] }), ['client.libvirt']);
    assert.deepEqual(mentions({ names: [{ kind: 'network', name: 'other' }], addresses: [] }), []);
  });
});
