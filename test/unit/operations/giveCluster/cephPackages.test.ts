import assert from 'node:assert/strict';
import { cephPackagesOf } from '../../../../src/operations/giveCluster/cephPackages.ts';
import { installCommand, parsePackageFacts } from '../../../../src/operations/packages/hostPackages.ts';
import { namesCluster } from '../../../../src/operations/giveCluster/namesCluster.ts';

describe('the packages that let a host use Ceph', () => {
  it('are called as the distribution, or the one it is like, calls them', () => {
    const blockDriver = (...distributions: readonly string[]): string | undefined =>
      cephPackagesOf(distributions)?.names.at(-1);
    assert.equal(blockDriver('debian'), 'qemu-block-extra');
    assert.equal(blockDriver('linuxmint', 'ubuntu', 'debian'), 'qemu-block-extra');
    assert.equal(blockDriver('fedora'), 'qemu-block-rbd');
    assert.equal(blockDriver('rocky', 'rhel', 'centos', 'fedora'), 'qemu-kvm-block-rbd');
    assert.equal(blockDriver('rhel', 'fedora'), 'qemu-kvm-block-rbd');
    assert.equal(blockDriver('opensuse-leap', 'suse', 'opensuse'), 'qemu-block-rbd');
    assert.equal(cephPackagesOf(['arch']), undefined);
  });

  it('are installed without a question', () => {
    assert.deepEqual(installCommand('apt-get', ['a']), ['apt-get', 'install', '--yes', 'a']);
    assert.deepEqual(installCommand('dnf', ['a']), ['dnf', 'install', '-y', 'a']);
    assert.deepEqual(installCommand('zypper', ['a']), ['zypper', '--non-interactive', 'install', 'a']);
  });

  it('are known to be there only when they are whole', () => {
    const facts = parsePackageFacts(
      'rights sudo\ninstalled ceph-common\nnot-installed qemu-block-extra\nhalf-configured x\n',
    );
    assert.deepEqual([...facts.installed], ['ceph-common']);
    assert.deepEqual([facts.rights, facts.storageDaemon], ['sudo', 'libvirtd']);
    assert.deepEqual(parsePackageFacts('daemon virtstoraged\n'), {
      ...{ installed: new Set(), rights: 'none', storageDaemon: 'virtstoraged' },
    });
  });
});

describe('a ceph.conf', () => {
  const fsid = '34b20f0e-cc93-421f-973d-62112df0b80e';
  const cluster = { fsid, monitors: [{ name: '10.0.0.1' }, { name: '10.0.0.2' }] };
  const conf = (monHost: string, id = fsid): string => `[global]\n  fsid = ${id}\n  mon_host = ${monHost}\n`;

  it('is for a cluster when it has its fsid and one of its monitors', () => {
    assert.ok(namesCluster(conf('[v2:10.0.0.9:3300/0,v1:10.0.0.9:6789/0], 10.0.0.2'), cluster));
    assert.ok(namesCluster(conf('mon1.example.org'), cluster));
    assert.ok(namesCluster(conf('10.0.0.1', fsid.toUpperCase()), cluster));
  });

  it('is not with another fsid, with monitors that are gone, or with none', () => {
    assert.ok(!namesCluster(conf('10.0.0.1', '11111111-2222-3333-4444-555555555555'), cluster));
    assert.ok(!namesCluster(conf('192.0.2.1'), cluster));
    assert.ok(!namesCluster(`[global]\nfsid = ${fsid}\n`, cluster));
    assert.ok(!namesCluster('', cluster));
  });
});
