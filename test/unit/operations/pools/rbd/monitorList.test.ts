import assert from 'node:assert/strict';
import {
  formatServers,
  monitorsInConfiguration,
  monitorsOf,
  parseServers,
  refuseServers,
} from '../../../../../src/operations/pools/rbd/monitorList.ts';

describe('the monitors of a cluster', () => {
  const cases: readonly [monHost: string, monitors: string][] = [
    ['[v2:10.0.0.1:3300/0,v1:10.0.0.1:6789/0]', '10.0.0.1:6789'],
    [
      '[v2:10.0.0.1:3300/0,v1:10.0.0.1:6789/0] [v2:10.0.0.2:3300/0,v1:10.0.0.2:6790/0]',
      '10.0.0.1:6789, 10.0.0.2:6790',
    ],
    [
      '[v2:10.0.0.1:3300,v1:10.0.0.1:6789],[v2:10.0.0.2:3300,v1:10.0.0.2:6789]',
      '10.0.0.1:6789, 10.0.0.2:6789',
    ],
    ['[v1:10.0.0.1:6789/0]', '10.0.0.1:6789'],
    ['[v2:10.0.0.1:3300/0]', '10.0.0.1:3300'],
    ['v2:10.0.0.1:3301/0', '10.0.0.1:3301'],
    ['v1:10.0.0.1', '10.0.0.1:6789'],
    ['10.0.0.1,10.0.0.2;mon3:6790', '10.0.0.1:6789, 10.0.0.2:6789, mon3:6790'],
    ['10.0.0.1 10.0.0.1', '10.0.0.1:6789'],
    ['[v2:[fd00::1]:3300/0,v1:[fd00::1]:6789/0]', '[fd00::1]:6789'],
    ['[fd00::1]:6789, [fd00::2]', '[fd00::1]:6789, [fd00::2]:6789'],
    ['fd00::1', '[fd00::1]:6789'],
    ['', ''],
  ];
  for (const [monHost, monitors] of cases) {
    it(`of “${monHost}” are ${monitors === '' ? 'none' : monitors}`, () => {
      assert.equal(formatServers(monitorsOf(monHost)), monitors);
    });
  }

  it('are read from a ceph.conf however it spells their name', () => {
    for (const name of ['mon_host', 'mon host', 'mon-host', 'Mon Host']) {
      const text = `# mon_host = 1.1.1.1\n[global]\n  ${name} = 10.0.0.1,10.0.0.2 # both\nfsid = x\n`;
      assert.equal(formatServers(monitorsInConfiguration(text)), '10.0.0.1:6789, 10.0.0.2:6789');
    }
    const old = '[mon.a]\nmon addr = 10.0.0.1:6789\n[mon.b]\nmon addr = 10.0.0.2:6789\n';
    assert.equal(formatServers(monitorsInConfiguration(old)), '10.0.0.1:6789, 10.0.0.2:6789');
    assert.deepEqual(monitorsInConfiguration('[global]\nfsid = x\n'), []);
  });

  it('are typed with commas or spaces between, and come back as they were', () => {
    const servers = [{ name: 'mon1' }, { name: '10.0.0.2', port: 6789 }, { name: 'fd00::1', port: 6789 }];
    assert.deepEqual(parseServers('mon1, 10.0.0.2:6789  [fd00::1]:6789, mon1'), servers);
    assert.deepEqual(parseServers(formatServers(servers)), servers);
    assert.equal(refuseServers('mon1 mon2'), undefined);
  });

  it('are no command, no path and no port alone', () => {
    for (const text of [
      '',
      ' , ',
      '$(id)',
      'a b;c|d',
      '/etc',
      'mon1:99999',
      'mon1:0',
      ':6789',
      '-'.repeat(3) + '!',
    ])
      assert.notEqual(refuseServers(text), undefined, text);
  });
});
