import assert from 'node:assert/strict';
import {
  daemonOfDriver,
  daemonOfSocket,
  parseDaemons,
  silentParts,
} from '../../../../src/doctor/failures/libvirt/daemonNotRunning/daemons.ts';

const monolithic = `libvirtd yes yes enabled enabled
virtqemud yes no disabled disabled
virtstoraged yes no disabled disabled`;
const modular = `libvirtd no no - -
virtqemud yes yes enabled enabled
virtstoraged yes no masked disabled
virtsecretd yes yes enabled disabled
virtnetworkd no no - -`;

describe('the daemons of libvirt on a host', () => {
  it('are all in libvirtd where that listens', () => {
    assert.deepEqual(silentParts(parseDaemons(monolithic)), []);
  });

  it('are silent where they are installed and have no socket, beside a virtqemud that has', () => {
    assert.deepEqual(silentParts(parseDaemons(modular)), [
      { name: 'virtstoraged', isInstalled: true, hasSocket: false, enabled: 'masked', service: 'disabled' },
    ]);
  });

  it('are known by their sockets and their drivers', () => {
    const sockets = ['/run/libvirt/libvirt-sock', '/var/run/libvirt/virtsecretd-sock-ro', '/tmp/other'];
    assert.deepEqual(sockets.map(daemonOfSocket), ['libvirtd', 'virtsecretd', undefined]);
    assert.deepEqual(['storage', 'qemu', 'vbox'].map(daemonOfDriver), [
      'virtstoraged',
      'virtqemud',
      undefined,
    ]);
  });
});
