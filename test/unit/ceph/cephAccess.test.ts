import assert from 'node:assert/strict';
import { accessArguments, monitorAddress, type CephAccess } from '../../../src/ceph/cephAccess.ts';
import { cephCommand } from '../../../src/ceph/cephProgram.ts';

const access: CephAccess = {
  monitors: ['10.0.0.1:6789', monitorAddress('fd00::1', 3300), monitorAddress('mon3')],
  clientId: 'libvirt',
  key: 'c2VjcmV0',
  configFile: undefined,
  settings: new Map([
    ['client_mount_timeout', '5'],
    ['rbd cache', 'false'],
    ['key', 'another'],
    ['keyring', '/etc/shadow'],
    ['x; touch hostile', '1'],
  ]),
};

describe('the arguments of Ceph’s programs', () => {
  it('say who and where, with the settings of the pool, but no key', () => {
    assert.deepEqual(accessArguments(access), [
      '--mon_host=10.0.0.1:6789,[fd00::1]:3300,mon3',
      '--id=libvirt',
      '--client_mount_timeout=5',
      '--rbd_cache=false',
    ]);
  });

  it('leave to the host’s ceph.conf what is not known', () => {
    const open = {
      monitors: [],
      clientId: undefined,
      key: undefined,
      configFile: undefined,
      settings: new Map(),
    };
    assert.deepEqual(accessArguments(open), ['--client_mount_timeout=30']);
  });

  it('never hold the key: it goes by standard input, as the first line', () => {
    const { command, input } = cephCommand('rbd', ['ls'], access);
    assert.equal(input, 'c2VjcmV0\n');
    assert.ok(!command.join(' ').includes('c2VjcmV0'));
    assert.equal(command[0], 'sh');
  });

  it('are those of the program itself where there is no key; what $CEPH_ARGS of the host says is not added', () => {
    const { command, input } = cephCommand('rbd', ['ls'], { ...access, key: undefined });
    assert.equal(input, '');
    assert.deepEqual([command.slice(0, 3), command.at(-1)], [['env', 'CEPH_ARGS=', 'rbd'], 'ls']);
  });
});
