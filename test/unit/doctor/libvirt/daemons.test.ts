import assert from 'node:assert/strict';
import {
  daemonOfDriver,
  daemonOfSocket,
  parseDaemons,
  silentParts,
} from '../../../../src/doctor/failures/libvirt/daemonNotRunning/daemons.ts';

const monolithic = `libvirtd yes yes enabled enabled
virtqemud yes yes disabled disabled
virtstoraged yes no disabled disabled`;
/** The socket of libvirtd is virtproxyd's here. */
const modular = `libvirtd no yes - -
virtqemud yes yes enabled enabled
virtstoraged yes no masked disabled
virtsecretd yes yes enabled disabled
virtnetworkd no no - -
virtinterfaced yes no disabled disabled`;

describe('the daemons of libvirt on a host', () => {
  it('are all in libvirtd where that listens', () => {
    assert.deepEqual(silentParts(parseDaemons(monolithic)), []);
  });

  it('are silent where they are needed, installed and have no socket, beside a virtqemud that has', () => {
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
