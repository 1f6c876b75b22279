import assert from 'node:assert/strict';
import { backendPackageOf } from '../../../../src/operations/packages/backendPackage.ts';
import type { PoolType } from '../../../../src/operations/pools/newPool.ts';

describe('the package of a storage backend', () => {
  const bookworm = 9_000_000;
  const trixie = 11_003_000;
  const named = (
    type: PoolType,
    version: number | undefined,
    ...distributions: readonly string[]
  ): string => {
    const found = backendPackageOf(distributions, type, version);
    return found ? `${found.manager} ${found.names.join(' ')}` : 'unknown';
  };

  it('is one of its own everywhere for RBD', () => {
    const rbd = 'libvirt-daemon-driver-storage-rbd';
    assert.equal(named('rbd', bookworm, 'debian'), `apt-get ${rbd}`);
    assert.equal(named('rbd', undefined, 'ubuntu', 'debian'), `apt-get ${rbd}`);
    assert.equal(named('rbd', trixie, 'fedora'), `dnf ${rbd}`);
    assert.equal(named('rbd', trixie, 'rocky', 'rhel', 'centos', 'fedora'), `dnf ${rbd}`);
    assert.equal(named('rbd', trixie, 'sles', 'suse'), `zypper ${rbd}`);
    assert.equal(named('rbd', trixie, 'opensuse-leap', 'suse', 'opensuse'), `zypper ${rbd}`);
  });

  it('is the daemon’s own for many types on Debian before libvirt 10.6, and one of its own since', () => {
    assert.equal(named('logical', bookworm, 'debian'), 'unknown');
    assert.equal(named('logical', trixie, 'debian'), 'apt-get libvirt-daemon-driver-storage-logical');
    assert.equal(named('zfs', bookworm, 'debian'), 'apt-get libvirt-daemon-driver-storage-zfs');
    assert.equal(named('dir', trixie, 'debian'), 'apt-get libvirt-daemon-driver-storage');
  });

  it('is the core of the storage driver for folders elsewhere', () => {
    assert.equal(named('netfs', trixie, 'fedora'), 'dnf libvirt-daemon-driver-storage-core');
    assert.equal(named('iscsi-direct', trixie, 'fedora'), 'dnf libvirt-daemon-driver-storage-iscsi-direct');
  });

  it('is unknown where nobody builds it, and on other distributions', () => {
    assert.equal(named('zfs', trixie, 'rhel', 'fedora'), 'unknown');
    assert.equal(named('vstorage', trixie, 'debian'), 'unknown');
    assert.equal(named('rbd', trixie, 'arch'), 'unknown');
  });
});
