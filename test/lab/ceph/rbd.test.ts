import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { CancelledError } from '../../../src/base/errors.ts';
import type { CephClient } from '../../../src/ceph/cephAccess.ts';
import { Errno } from '../../../src/ceph/cephError.ts';
import { exportRbdImage } from '../../../src/ceph/rbdDiff.ts';
import {
  createRbdImage,
  getRbdInfo,
  listRbdChildren,
  listRbdImages,
  listRbdSizes,
  listRbdSnapshots,
  listRbdWatchers,
  removeRbdImage,
  renameRbdImage,
  resizeRbdImage,
  type RbdImage,
  type RbdPlace,
} from '../../../src/ceph/rbd.ts';
import type { PoolModel } from '../../../src/libvirt/model/storagePool.ts';
import { cephClientOfPool, rbdPlaceOfPool } from '../../../src/operations/volumes/cephClientOf.ts';
import { readPool } from '../../../src/operations/volumes/rbdVolume.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { eventually } from '../support/eventually.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { volumeHost, type VolumeHost } from '../volumes/volumeHost.ts';

const MiB = 1024 * 1024;
const hostile = ['-rf', "it's $(touch hostile)", 'a b%s 漢字 🙂\n"'];

describe('rbd on a host, as libvirt is to Ceph', function () {
  this.timeout(60_000);
  let lab: Lab;
  let kvm1: LabHost;
  let host: VolumeHost;
  let pool: PoolModel;
  let client: CephClient;
  let place: RbdPlace;

  before(async () => {
    lab = await sharedLab();
    kvm1 = lab.host('kvm1');
    host = await volumeHost(lab);
    pool = await readPool(host, 'rbd-pool');
    client = await cephClientOfPool(host, pool);
    place = rbdPlaceOfPool(pool);
  });

  after(() => {
    host.session.dispose();
  });

  const named = (image: string): RbdImage => ({ ...place, image });
  const withAccess = (change: Partial<CephClient['access']>): CephClient => ({
    ...client,
    access: { ...client.access, ...change },
  });

  it('lists what Ceph has, with sizes', async () => {
    const names = (await lab.ceph.rbd('ls', lab.ceph.pool)) as string[];
    assert.deepEqual([...(await listRbdImages(client, place))].sort(), names.sort());
    const sizes = await listRbdSizes(client, place);
    assert.equal(sizes.get('web1-data'), 4096 * MiB);
    assert.deepEqual([...sizes.keys()].sort(), names);
  });

  it('tells of an image who has it open, its parent and its children', async () => {
    const info = await getRbdInfo(client, named('web1'));
    assert.deepEqual(info.parent, { ...named('template-linux'), snapshot: 'golden' });
    assert.equal((await listRbdWatchers(client, named('web1'))).length, 1);
    assert.deepEqual(await listRbdWatchers(client, named('db1')), []);
    const children = await listRbdChildren(client, named('template-linux'));
    assert.deepEqual(children.map(({ image }) => image).sort(), ['db1', 'web1']);
    const [golden] = await listRbdSnapshots(client, named('template-linux'));
    assert.ok(golden?.name === 'golden' && golden.protected);
  });

  it('takes any name for a name', async () => {
    for (const name of hostile) {
      await createRbdImage(client, named(name), MiB);
      await resizeRbdImage(client, named(name), 2 * MiB);
      await renameRbdImage(client, named(name), `${name}2`);
      assert.equal((await getRbdInfo(client, named(`${name}2`))).size, 2 * MiB);
      await removeRbdImage(client, named(`${name}2`));
    }
    assert.equal((await kvm1.exec(['test', '-e', '/root/hostile'])).exitCode, 1);
  });

  it('fails with the number and the words of the program', async () => {
    await assert.rejects(getRbdInfo(client, named('nosuch')), { code: Errno.ENOENT });
    await assert.rejects(createRbdImage(client, named('web1'), MiB), { code: Errno.EEXIST });
    await assert.rejects(removeRbdImage(client, named('web1')), { code: Errno.EBUSY, message: /watchers/ });
    await assert.rejects(removeRbdImage(client, named('template-linux')), { code: Errno.ENOTEMPTY });
    await assert.rejects(resizeRbdImage(client, named('web1-data'), MiB), { code: Errno.EINVAL });
    await assert.rejects(exportRbdImage(client, named('nosuch')), { code: Errno.ENOENT });
    const stranger = withAccess({ key: 'AQBgQX9nAAAAABAAZZZZZZZZZZZZZZZZZZZZZQ==' });
    await assert.rejects(listRbdImages(stranger, place), (error: Error) => {
      assert.match(error.message, /Permission denied/);
      assert.doesNotMatch(error.message, /ZZZZ/);
      return true;
    });
  });

  it('works where the host has no ceph.conf, and with the host’s own where nothing else is known', async () => {
    const own = withAccess({ monitors: [], clientId: 'admin', key: undefined, configFile: undefined });
    assert.ok((await listRbdImages(own, place)).includes('web1'));
    await kvm1.run(['mount', '-t', 'tmpfs', 'none', '/etc/ceph']);
    try {
      assert.ok((await listRbdImages(client, place)).includes('web1'));
      await assert.rejects(listRbdImages(own, place));
    } finally {
      await kvm1.run(['umount', '/etc/ceph']);
    }
  });

  it('uses the host’s own keyring where the secret is private', async () => {
    const uuid = randomUUID();
    const xml = `<secret ephemeral="yes" private="yes"><uuid>${uuid}</uuid></secret>`;
    await kvm1.machine.writeFile('/tmp/private.xml', xml);
    await kvm1.virsh('secret-define', '/tmp/private.xml');
    try {
      await kvm1.virsh('secret-set-value', uuid, '--base64', 'c2VjcmV0');
      const auth = { username: 'admin', type: 'ceph', secret: { uuid, usage: undefined } };
      const other = await cephClientOfPool(host, { ...pool, auth });
      assert.equal(other.access.key, undefined);
      assert.equal(other.access.clientId, 'admin');
      assert.ok((await listRbdImages(other, place)).includes('web1'));
    } finally {
      await kvm1.virsh('secret-undefine', uuid);
    }
  });

  it('shows the key to nobody, and leaves nothing behind when it is given up', async () => {
    const { key } = client.access;
    assert.ok(key);
    const abort = new AbortController();
    const silent = withAccess({ monitors: ['10.10.0.250:6789'] });
    const listing = listRbdImages(silent, place, { signal: abort.signal });
    listing.catch(() => undefined);
    const running = (): Promise<string> =>
      kvm1.run(['sh', '-c', 'cat /proc/[0-9]*/cmdline | tr "\\0" " " | grep -a 10.10.0.250 || true']);
    const shown = await eventually('rbd runs', async () => {
      const lines = await running();
      return lines.includes('--keyfile /') && lines;
    });
    assert.ok(!shown.includes(key));
    const file = /--keyfile (\/\S+)/.exec(shown)?.[1] ?? '';
    assert.equal((await kvm1.run(['stat', '--format=%a', file])).trim(), '600');
    abort.abort();
    await assert.rejects(listing, CancelledError);
    await eventually('rbd has ended', async () => !(await running()).includes('mon_host'));
    await eventually(
      'its key file is gone',
      async () => (await kvm1.exec(['test', '-e', file])).exitCode === 1,
    );
  });

  it('gives up on monitors that do not answer', async () => {
    const silent = withAccess({
      monitors: ['10.10.0.250:6789'],
      settings: new Map([['client_mount_timeout', '1']]),
    });
    await assert.rejects(listRbdImages(silent, place), { code: Errno.ETIMEDOUT });
  });

  it('says that it is not installed', async () => {
    await kvm1.run(['mount', '--bind', '/dev/null', '/usr/bin/rbd']);
    try {
      await assert.rejects(listRbdImages(client, place), (error: { code: unknown }) =>
        ['no-program', 126].includes(error.code as string),
      );
    } finally {
      await kvm1.run(['umount', '/usr/bin/rbd']);
    }
  });
});
