import assert from 'node:assert/strict';
import { HostAddressError, parseHostAddress } from '../../../src/hosts/hostAddress.ts';

describe('the address of a host', () => {
  const ssh = (destination: string) => ({ kind: 'ssh', destination, keyFile: undefined });
  const accepted: readonly [given: string, expected: object][] = [
    [
      'kvm1',
      {
        uri: 'qemu+ssh://kvm1/system',
        reach: ssh('kvm1'),
        driverUri: 'qemu:///system',
        suggestedName: 'kvm1',
      },
    ],
    [' kvm1 ', { uri: 'qemu+ssh://kvm1/system' }],
    [
      'root@kvm1:2222',
      { uri: 'qemu+ssh://root@kvm1:2222/system', reach: ssh('root@kvm1:2222'), suggestedName: 'kvm1:2222' },
    ],
    ['ssh://root@kvm1:2222', { reach: ssh('root@kvm1:2222') }],
    ['10.0.0.7', { reach: ssh('10.0.0.7') }],
    ['root@[fe80::1]:22', { reach: ssh('root@[fe80::1]:22') }],
    ['qemu+ssh://root@kvm1/system', { reach: ssh('root@kvm1'), driver: 'qemu', session: false }],
    ['qemu+libssh2://kvm1/session', { reach: ssh('kvm1'), driverUri: 'qemu:///session', session: true }],
    ['qemu+ssh://kvm1/system?socket=/run/other&no_tty=1', { socket: '/run/other' }],
    [
      'qemu+ssh://kvm1/system?keyfile=/home/me/key',
      { reach: { kind: 'ssh', destination: 'kvm1', keyFile: '/home/me/key' } },
    ],
    [
      'qemu:///system',
      { reach: { kind: 'local' }, driverUri: 'qemu:///system', suggestedName: 'qemu:///system' },
    ],
    ['qemu:///session', { reach: { kind: 'local' }, session: true }],
    ['qemu+unix:///system', { reach: { kind: 'local' }, driverUri: 'qemu:///system' }],
    ['test:///default', { reach: { kind: 'local' }, driver: 'test', driverUri: 'test:///default' }],
    ['test+ssh://kvm1/default', { reach: ssh('kvm1'), driverUri: 'test:///default' }],
    ['xen+ssh://kvm1/system', { driver: 'xen' }],
  ];
  for (const [given, expected] of accepted) {
    it(`takes ${given}`, () => {
      const address = parseHostAddress(given);
      assert.deepEqual({ ...address, ...expected }, address);
    });
  }

  const refused: readonly [given: string, why: RegExp][] = [
    ['', /name of a host/],
    ['-oProxyCommand=evil', /not a host/],
    ['root@-oProxyCommand=evil', /not a host/],
    ['kvm1:99999', /not a host/],
    ['kvm 1', /not a host/],
    ['kvm1/../x', /not a host/],
    ['qemu+ssh:///system', /names no host/],
    ['qemu://kvm1/system', /TLS/],
    ['qemu+tls://kvm1/system', /not supported/],
    ['qemu+tcp://kvm1/system', /not supported/],
    ['qemu+ssh://kvm1/', /not a libvirt URI/],
    ['qemu+ssh://root:secret@kvm1/system', /password/],
    ['qemu+ssh://kvm1/system?no_verify=1', /always verified/],
    ['qemu+ssh://kvm1/system?pkipath=/x', /pkipath/],
    ['http://kvm1:bad/', /not a libvirt URI/],
  ];
  for (const [given, why] of refused) {
    it(`refuses ${given === '' ? 'nothing' : given}`, () => {
      assert.throws(
        () => parseHostAddress(given),
        (error) =>
          error instanceof HostAddressError && why.test(error.message) && !error.message.includes('secret'),
      );
    });
  }
});
