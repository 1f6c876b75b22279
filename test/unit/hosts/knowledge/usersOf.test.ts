import assert from 'node:assert/strict';
import type { DomainFacts } from '../../../../src/hosts/knowledge/domainFacts.ts';
import type { PoolFacts } from '../../../../src/hosts/knowledge/poolFacts.ts';
import {
  poolsUsingSecret,
  usersOf,
  type UsedObject,
  type Uses,
} from '../../../../src/hosts/knowledge/usersOf.ts';

const domain = (
  name: string,
  storages: readonly (string | undefined)[],
  more: Partial<DomainFacts> = {},
): Uses['domains'][number] => {
  const disks = storages.map((storage, index) => ({
    ...{ target: `vd${index}`, storage, isShareable: false, isReadOnly: false },
  }));
  const facts = {
    macs: [],
    disks,
    images: [],
    networks: [],
    nwfilters: [],
    secrets: [],
    cephLogins: [],
    ...more,
  };
  return { domain: { name, uuid: name, isActive: false, macs: [], disks }, facts };
};

const pool = (name: string, facts: PoolFacts): Uses['pools'][number] => ({ name, facts });

const uses: Uses = {
  domains: [
    domain('network', ['rbd:ceph/a'], { networks: ['lan'], secrets: [{ uuid: 's1' }] }),
    domain('snapshot', ['rbd:ceph/a@golden'], { secrets: [{ usage: 'client.x' }] }),
    domain('volume', ['volume:rbd-pool/a'], { nwfilters: ['clean'] }),
    domain('longer', ['rbd:ceph/a2', undefined]),
    domain('elsewhere', ['rbd:ceph2/a']),
    domain('file', ['file:/images/disk.qcow2']),
    domain('below', ['file:/images/sub/disk.qcow2']),
    domain('logical', ['block:/dev/vg/root']),
  ],
  pools: [
    pool('rbd-pool', {
      type: 'rbd',
      rbd: { name: 'rbd-pool', cephPool: 'ceph', hosts: [], auth: undefined },
      secret: { usage: 'client.x' },
      folder: undefined,
    }),
    pool('images', { type: 'dir', rbd: undefined, secret: undefined, folder: '/images' }),
    pool('vg', { type: 'logical', rbd: undefined, secret: undefined, folder: undefined }),
    pool('iscsi', { type: 'iscsi', rbd: undefined, secret: { uuid: 's1' }, folder: undefined }),
    pool('other', { type: 'iscsi', rbd: undefined, secret: { uuid: 's2' }, folder: undefined }),
  ],
  volumes: [{ pool: 'vg', name: 'root', path: '/dev/vg/root' }],
  secrets: [{ uuid: 's1', usageType: 'ceph', usageId: 'client.x' }],
};

const users = (object: UsedObject): readonly string[] => usersOf(object, uses).map(({ name }) => name);

describe('the domains that use something', () => {
  it('are those with a disk of an RBD image: by its name, as volume, or of a snapshot', () => {
    assert.deepEqual(users({ kind: 'rbdImage', name: 'ceph/a' }), ['network', 'snapshot', 'volume']);
    assert.deepEqual(users({ kind: 'volume', pool: 'rbd-pool', name: 'a' }), [
      ...['network', 'snapshot', 'volume'],
    ]);
  });

  it('are those with a disk anywhere in a pool', () => {
    assert.deepEqual(users({ kind: 'pool', name: 'rbd-pool' }), ['network', 'snapshot', 'volume', 'longer']);
    assert.deepEqual(users({ kind: 'pool', name: 'images' }), ['file']);
    assert.deepEqual(users({ kind: 'pool', name: 'vg' }), ['logical']);
  });

  it('are those with a volume by its path', () => {
    assert.deepEqual(users({ kind: 'volume', pool: 'images', name: 'disk.qcow2' }), ['file']);
    assert.deepEqual(users({ kind: 'volume', pool: 'vg', name: 'root' }), ['logical']);
    assert.deepEqual(users({ kind: 'volume', pool: 'unknown', name: 'root' }), []);
  });

  it('are those that refer to a secret by its UUID or its usage', () => {
    assert.deepEqual(users({ kind: 'secret', uuid: 's1' }), ['network', 'snapshot']);
    assert.deepEqual(users({ kind: 'secret', uuid: 'another' }), []);
  });

  it('are those on a network or with a filter', () => {
    assert.deepEqual(users({ kind: 'network', name: 'lan' }), ['network']);
    assert.deepEqual(users({ kind: 'nwfilter', name: 'clean' }), ['volume']);
  });
});

describe('the pools that log in with a secret', () => {
  it('are those that name it by UUID or by what it is for', () => {
    assert.deepEqual(poolsUsingSecret('s1', uses), ['rbd-pool', 'iscsi']);
    assert.deepEqual(poolsUsingSecret('s2', uses), ['other']);
  });

  it('are those that log in as a Ceph user, themselves or by the pool that their volume is in', () => {
    const auth = { username: 'vms', secret: { uuid: 's1' } };
    const rbd = { name: 'p', cephPool: 'c', hosts: [{ name: '10.0.0.1' }], auth };
    const login = (username: string, monitor: string): Partial<DomainFacts> => ({
      cephLogins: [{ username, monitors: [monitor] }],
    });
    const known: Uses = {
      ...{ volumes: [], secrets: [] },
      pools: [pool('p', { type: 'rbd', rbd, secret: undefined, folder: undefined })],
      domains: [
        domain('direct', ['rbd:c/a'], login('vms', '10.0.0.1')),
        domain('another user', ['rbd:c/b'], login('other', '10.0.0.1')),
        domain('another cluster', ['rbd:c/b'], login('vms', '10.9.9.9')),
        domain('by pool', ['volume:p/a']),
      ],
    };
    const reaches = (monitors: readonly string[]): boolean => monitors.includes('10.0.0.1');
    assert.deepEqual(
      usersOf({ kind: 'cephUser', name: 'vms', reaches }, known).map(({ name }) => name),
      ['direct', 'by pool'],
    );
  });
});
