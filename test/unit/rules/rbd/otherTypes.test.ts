import assert from 'node:assert/strict';
import { parseQemuRbdFile } from '../../../../src/rules/rbd/qemuFileName.ts';
import { domain, fixed, found, foundOnce, host, rbdDisk, rbdPool, titles } from '../samples.ts';
import { define, hasVirsh } from '../../xml/virsh.ts';

const other = { ...rbdPool, name: 'other', hosts: [{ name: 'mon9' }] };

/** A disk of another type, written as {@link rbdDisk} is. */
const diskOf = (type: string, source: string): string =>
  `<disk type='${type}' device='disk'>
  <driver name='qemu' type='raw'/>
  <source ${source}/>
  <target dev='vda' bus='virtio'/>
</disk>`;

describe('rbd-pool-as-volume', () => {
  const id = 'rbd-pool-as-volume';
  const text = domain(diskOf('volume', `pool='rbd-pool' volume='a'`));

  it('finds a volume of an RBD pool, and makes it a network disk as the pool reaches it', () => {
    const { at, severity, fixes } = foundOnce(id, text, host());
    assert.deepEqual([at, severity], ['volume', 'error']);
    assert.deepEqual(titles(fixes), ['Make it a network disk on vms/a *']);
    assert.equal(fixed(id, text, host()), domain(rbdDisk()));
  });

  it('keeps what else the source holds, and leaves out what network disks do not take', () => {
    const written = domain(
      diskOf('volume', `index='1' pool="rbd-pool" volume="a'&amp;" mode='host' startupPolicy='optional'`),
    );
    assert.match(fixed(id, written, host()), /<source protocol='rbd' name='vms\/a&apos;&amp;' index='1'>/);
    const whole = text.replace(`volume='a'/>`, `volume='a'><encryption format='luks'/></source>`);
    assert.match(fixed(id, whole, host()), /<host name='mon2' port='6789'\/><encryption/);
  });

  it('leaves alone other pools, and all while no host is known', () => {
    assert.deepEqual(found(id, text), []);
    assert.deepEqual(found(id, text.replace('rbd-pool', 'default'), host()), []);
    assert.deepEqual(found(id, text.replace(` volume='a'`, ''), host()), []);
  });
});

describe('rbd-as-file', () => {
  const id = 'rbd-as-file';

  it('finds QEMU’s way to name an image in a file or block device', () => {
    for (const [type, name] of [
      ['file', 'file'],
      ['block', 'dev'],
    ] as const) {
      const text = domain(diskOf(type, `${name}='rbd:vms/a'`));
      const { at, severity } = foundOnce(id, text, host());
      assert.deepEqual([at, severity], ['rbd:vms/a', 'error']);
      assert.equal(fixed(id, text, host()), domain(rbdDisk()));
    }
  });

  it('finds a path that is relative and begins with a Ceph pool of the host', () => {
    assert.equal(fixed(id, domain(diskOf('file', `file='vms/a'`)), host()), domain(rbdDisk()));
    assert.deepEqual(found(id, domain(diskOf('file', `file='images/a'`)), host()), []);
    assert.deepEqual(found(id, domain(diskOf('file', `file='vms/a'`))), []);
  });

  it('takes what the name says before what the pool says, and leaves the key out', () => {
    const file = String.raw`rbd:vms/a@snap:id=libvirt:key=AQsecret==:mon_host=m\:6789;[fe80\:\:1]\:3300:conf=/etc/ceph/x.conf`;
    const after = fixed(id, domain(diskOf('file', `file='${file}'`)), host());
    assert.doesNotMatch(after, /AQsecret|mon1/);
    assert.equal(
      after,
      domain(
        rbdDisk({
          inSource: `<host name='m' port='6789'/>
<host name='fe80::1' port='3300'/>
<snapshot name='snap'/>
<config file='/etc/ceph/x.conf'/>`,
        }),
      ),
    );
  });

  it('does not give the key of one user to another', () => {
    const after = fixed(id, domain(diskOf('file', `file='rbd:vms/a:id=admin'`)), host());
    assert.equal(after, domain(rbdDisk({ auth: '' })));
  });

  it('works without a host, and offers every pool that reaches the image another way', () => {
    const text = domain(diskOf('file', `file='rbd:vms/a'`));
    assert.equal(fixed(id, text), domain(rbdDisk({ auth: '', inSource: '' })));
    assert.deepEqual(titles(foundOnce(id, text, host({ rbdPools: [rbdPool, other] })).fixes), [
      'Make it a network disk on vms/a, as pool rbd-pool reaches it',
      'Make it a network disk on vms/a, as pool other reaches it',
    ]);
  });

  it('leaves other files alone', () => {
    for (const file of ['/vms/a', '/dev/rbd0', 'rbd:', 'rbd:a', '']) {
      assert.deepEqual(found(id, domain(diskOf('file', `file='${file}'`)), host()), []);
    }
  });

  it('gives what libvirt accepts', function () {
    if (!hasVirsh) this.skip();
    const text = domain(diskOf('file', `file='rbd:vms/a@s:conf=/x'`)).replace(
      '<devices>',
      '<os><type>hvm</type></os><devices>',
    );
    const after = fixed(id, text, host()).replace("'kvm'", "'test'");
    assert.equal(define('domain', after, { validate: true }), '');
  });
});

describe('parseQemuRbdFile', () => {
  it('undoes what a backslash does, and is not fooled by unfinished names', () => {
    assert.equal(parseQemuRbdFile(String.raw`rbd:p/a\:b\\c`)?.image, String.raw`p/a:b\c`);
    assert.equal(parseQemuRbdFile('rbd:p/n/i:conf=x')?.image, 'p/n/i');
    for (const name of ['', 'rbd', 'rbd:', 'rbd:p', 'rbd:p/', 'rbd:/i', 'rbd:p/n/i/x', 'p/i', 'rbd:\\']) {
      assert.equal(parseQemuRbdFile(name), undefined, name);
    }
  });

  it('leaves out monitors that it cannot read', () => {
    const file = String.raw`rbd:p/i:mon_host=a,[v2\:10.0.0.1\:3300/0] b\:x c\:6789`;
    assert.deepEqual(parseQemuRbdFile(file)?.hosts, [
      { name: 'a', port: undefined },
      { name: 'c', port: 6789 },
    ]);
  });
});

describe('rbd-through-kernel', () => {
  const id = 'rbd-through-kernel';

  it('finds a device of the kernel, and knows another way where a pool has the image', () => {
    const text = domain(diskOf('block', `dev='/dev/rbd/vms/a'`));
    const { at, severity, fixes } = foundOnce(id, text, host());
    assert.deepEqual([at, severity], ['/dev/rbd/vms/a', 'information']);
    assert.deepEqual(titles(fixes), ['Make it a network disk on vms/a, as pool rbd-pool reaches it']);
    assert.equal(fixed(id, text, host()), domain(rbdDisk()));
  });

  it('has no other way for a number, a partition, or an image that no pool has', () => {
    for (const dev of ['/dev/rbd0', '/dev/rbd12p1', '/dev/rbd/vms/a-part1', '/dev/rbd/images/a']) {
      assert.deepEqual(foundOnce(id, domain(diskOf('block', `dev='${dev}'`)), host()).fixes, []);
    }
  });

  it('leaves other devices alone', () => {
    for (const dev of ['/dev/sda', '/dev/rbdx', '/srv/dev/rbd0', '']) {
      assert.deepEqual(found(id, domain(diskOf('block', `dev='${dev}'`)), host()), []);
    }
  });
});
