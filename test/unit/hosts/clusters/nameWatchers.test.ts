import assert from 'node:assert/strict';
import { addressesIn, addressOfClient } from '../../../../src/hosts/clusters/hostAddresses.ts';
import type { ImageUser } from '../../../../src/hosts/clusters/imageUser.ts';
import { isRisky } from '../../../../src/hosts/clusters/imageReport.ts';
import { nameWatchers, type HostAddresses } from '../../../../src/hosts/clusters/nameWatchers.ts';
import { watcherWords } from '../../../../src/hosts/clusters/useWords.ts';
import { parseHostAddress } from '../../../../src/hosts/hostAddress.ts';
import { HostSession } from '../../../../src/hosts/hostSession.ts';
import { silentLog } from '../../../../src/base/log.ts';

const session = (name: string): HostSession =>
  new HostSession(name, parseHostAddress(name), {
    log: silentLog,
    autoReconnect: () => false,
    openTransport: () => Promise.reject(new Error('not here')),
  });
const [kvm1, kvm2, kvm3] = [session('kvm1'), session('kvm2'), session('kvm3')];

const user = (host: HostSession, name: string, change: Partial<ImageUser> = {}): ImageUser => ({
  session: host,
  domain: { name, uuid: name },
  target: 'vda',
  role: 'disk',
  snapshot: undefined,
  viaPool: undefined,
  isReadOnly: false,
  isShareable: false,
  isRunning: true,
  isDefined: true,
  ...change,
});

const hosts: HostAddresses = new Map([
  [kvm1, new Set(['10.0.0.1', '192.168.122.1', 'fd00::1'])],
  [kvm2, new Set(['10.0.0.2', '192.168.122.1'])],
  [kvm3, undefined],
]);

const named = (addresses: readonly string[], users: readonly ImageUser[]): readonly string[] =>
  nameWatchers(
    addresses.map((address, client) => ({ address, client })),
    users,
    hosts,
  ).map(watcherWords);

describe('who has an RBD image open', () => {
  it('is the domain that runs with it at the address of the watcher', () => {
    const users = [user(kvm1, 'web1'), user(kvm2, 'web2'), user(kvm2, 'off', { isRunning: false })];
    assert.deepEqual(named(['10.0.0.1:0/1', 'v1:10.0.0.2:0/2'], users), ['web1 on kvm1', 'web2 on kvm2']);
    assert.deepEqual(named(['[fd00::1]:0/3'], users), ['web1 on kvm1']);
  });

  it('is one of several that run there, or at an address that hosts share', () => {
    assert.deepEqual(named(['10.0.0.1:0/1'], [user(kvm1, 'a'), user(kvm1, 'b')]), [
      'one of: a on kvm1, b on kvm1',
    ]);
    assert.deepEqual(named(['192.168.122.1:0/1'], [user(kvm1, 'a'), user(kvm2, 'b')]), [
      'one of: a on kvm1, b on kvm2',
    ]);
    assert.deepEqual(named(['127.0.0.1:0/1'], [user(kvm1, 'a'), user(kvm3, 'b')]), [
      'one of: a on kvm1, b on kvm3',
    ]);
  });

  it('is one domain that has it twice', () => {
    const users = [user(kvm1, 'a'), user(kvm1, 'a', { target: 'vdb' })];
    assert.deepEqual(named(['10.0.0.1:0/1', '10.0.0.1:0/2'], users), ['a on kvm1', 'a on kvm1']);
  });

  it('is no domain that only reads, or reads a snapshot: those are no watchers', () => {
    const users = [user(kvm1, 'a', { isReadOnly: true }), user(kvm1, 'b', { snapshot: 's' })];
    assert.deepEqual(named(['10.0.0.1:0/1'], users), [
      'a program on kvm1 that is no domain, or one that has crashed',
    ]);
  });

  it('is a client at an address, perhaps a domain of a host that nobody else stands for', () => {
    assert.deepEqual(named(['10.9.9.9:0/1'], []), ['a client at 10.9.9.9, which is no connected host']);
    assert.deepEqual(named(['10.9.9.9:0/1', '10.0.0.1:0/2'], [user(kvm1, 'a'), user(kvm3, 'c')]), [
      'a client at 10.9.9.9, perhaps c on kvm3',
      'a on kvm1',
    ]);
  });
});

describe('addresses', () => {
  it('are read from what hostname and ip print', () => {
    assert.deepEqual(
      [...addressesIn('10.10.0.11 192.168.122.1 FD00::11 \n')],
      ['10.10.0.11', '192.168.122.1', 'fd00::11'],
    );
    const ip =
      '2: eth0    inet 10.10.0.11/24 scope global eth0\\       valid_lft forever\n2: eth0 inet6 fe80::1/64 scope link';
    assert.deepEqual([...addressesIn(ip)], ['10.10.0.11', 'fe80::1']);
  });

  it('are read from what Ceph calls a client', () => {
    assert.deepEqual(['10.0.0.5:0/3245', 'v2:10.0.0.5:0/1', 'v1:[FD00::1]:0/1'].map(addressOfClient), [
      '10.0.0.5',
      '10.0.0.5',
      'fd00::1',
    ]);
  });
});

describe('an image in two places', () => {
  it('is a danger unless all only read, or all are meant to share', () => {
    const one = user(kvm1, 'a');
    assert.equal(isRisky([one]), false);
    assert.equal(isRisky([one, user(kvm2, 'b')]), true);
    assert.equal(isRisky([one, user(kvm2, 'b', { isReadOnly: true })]), true);
    assert.equal(isRisky([user(kvm1, 'a', { isReadOnly: true }), user(kvm2, 'b', { snapshot: 's' })]), false);
    assert.equal(
      isRisky([user(kvm1, 'a', { isShareable: true }), user(kvm2, 'b', { isShareable: true })]),
      false,
    );
  });
});
