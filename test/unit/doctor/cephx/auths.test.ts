import assert from 'node:assert/strict';
import { poolWithAuth, withAuth } from '../../../../src/doctor/failures/cephx/authSteps.ts';
import { mayReadAny, qemuUser } from '../../../../src/doctor/failures/cephx/qemuKeyring.ts';
import { parseXml } from '../../../../src/libvirt/model/element.ts';
import { parsePool } from '../../../../src/libvirt/model/storagePool.ts';
import { deviceXml } from '../../../../src/operations/devices/deviceElement.ts';

const secret = { uuid: '3f2b1c9a-7d54-4e0b-9a16-5c8e2d7f4b60', usage: undefined };
const auth = { username: `o'neil "&<x>`, type: 'ceph', secret };

describe('a login that is put into a definition', () => {
  it('stands before the source of a disk alone, wherever one was, and the rest stays', async () => {
    const disk = await parseXml(`<disk type='network' device='disk'><driver name='qemu' type='raw'/>
      <auth username='old'><secret type='ceph' uuid='x'/></auth>
      <source protocol='rbd' name='vms/a'><host name='mon1'/><auth username='older'/></source>
      <target dev='vda' bus='virtio'/><serial>x&amp;y</serial></disk>`);
    const written = await parseXml(deviceXml(withAuth(disk, auth)));
    assert.deepEqual(
      written.elements.map(({ name }) => name),
      ['driver', 'auth', 'source', 'target', 'serial'],
    );
    assert.equal(written.child('auth')?.attribute('username'), auth.username);
    assert.equal(written.child('auth')?.child('secret')?.attribute('uuid'), secret.uuid);
    assert.deepEqual(
      written.child('source')?.elements.map(({ name }) => name),
      ['host'],
    );
    assert.equal(written.textOf('serial'), 'x&y');
  });

  it('stands in the source of a pool in place of another, by UUID or by usage', async () => {
    const pool = `<pool type='rbd'>\n  <name>a&lt;b</name>\n  <source>\n    <host name='mon1' port='6789'/>\n    <name>vms</name>\n    <auth type='ceph' username='old'>\n      <secret usage='x'/>\n    </auth>\n  </source>\n</pool>\n`;
    const byUuid = await parsePool(poolWithAuth(pool, auth));
    assert.deepEqual([byUuid.auth, byUuid.name, byUuid.sourceName], [auth, 'a<b', 'vms']);
    const usage = { ...auth, secret: { uuid: undefined, usage: "it's" } };
    const byUsage = await parsePool(poolWithAuth(pool, usage));
    assert.deepEqual(byUsage.auth, usage);
    const without = pool.replace(/ *<auth[\s\S]*<\/auth>\n/, '');
    assert.equal(poolWithAuth(without, usage), poolWithAuth(pool, usage));
  });
});

describe('the keyring that QEMU finds by itself', () => {
  const capabilities = (labels: string): string =>
    `<capabilities><host><secmodel><model>none</model><doi>0</doi></secmodel><secmodel><model>dac</model>${labels}</secmodel></host></capabilities>`;

  it('is read as the user that libvirt names for the kind of domain', async () => {
    const labels = `<baselabel type='kvm'>+64055:+108</baselabel><baselabel type='qemu'>+0:+0</baselabel>`;
    assert.deepEqual(await qemuUser(capabilities(labels), 'kvm'), { uid: 64055, gid: 108 });
    assert.deepEqual(await qemuUser(capabilities(labels), 'qemu'), { uid: 0, gid: 0 });
    assert.equal(await qemuUser(capabilities(''), 'kvm'), undefined);
  });

  it('may be read by its owner, by a group of the user, or by all, and by root', () => {
    const user = { uid: 64055, gid: 108 };
    const may = (output: string, one = user): boolean => mayReadAny(output, one);
    assert.equal(may('file 600 0 0\n'), false);
    assert.equal(may('file 600 0 0\n', { uid: 0, gid: 0 }), true);
    assert.equal(may('file 644 0 0\n'), true);
    assert.equal(may('file 640 0 64045\n'), false);
    assert.equal(may('groups 108 64045\nfile 640 0 64045\n'), true);
    assert.equal(may('file 604 0 108\n'), false);
    assert.equal(may('file 60 64055 108\n'), false);
    assert.equal(may('file 400 64055 0\n'), true);
    assert.equal(may(''), false);
  });
});
