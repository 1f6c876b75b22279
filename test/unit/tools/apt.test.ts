import assert from 'node:assert/strict';
import { notInstalled } from '../../../tools/apt.ts';

describe('packages of the system', () => {
  it('are missing when dpkg does not list them as installed', () => {
    const lines = 'ii chromium\nrc libvirt-clients\nun ceph-osd\nhi ceph-mon\n';
    const names = ['chromium', 'libvirt-clients', 'ceph-osd', 'ceph-mon', 'qemu-utils'];
    assert.deepEqual(notInstalled(names, lines), ['libvirt-clients', 'ceph-osd', 'qemu-utils']);
  });
});
