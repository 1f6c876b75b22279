import assert from 'node:assert/strict';
import { parseOsdCap, rbdCaps, type RbdGrant } from '../../../src/ceph/cephCaps.ts';
import type { CephAccess, CephClient } from '../../../src/ceph/cephAccess.ts';
import { Errno } from '../../../src/ceph/cephError.ts';
import {
  getCephKey,
  getCephUser,
  listCephUsers,
  removeCephUser,
  setCephCaps,
} from '../../../src/ceph/cephUsers.ts';
import { getMinimalConf } from '../../../src/ceph/minimalConf.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { createCephUser } from '../../../src/operations/cephUsers/createCephUser.ts';
import {
  exportKeyring,
  keyringPath,
  lookAtKeyring,
} from '../../../src/operations/cephUsers/exportKeyring.ts';
import { findKeySecrets, giveKey } from '../../../src/operations/cephUsers/keySecrets.ts';
import { secretUsageOf } from '../../../src/operations/cephUsers/userName.ts';
import { hostFile, removeHostFile } from '../../../src/operations/hostFiles/rootFile.ts';
import { decodeCephKey } from '../../../src/operations/secrets/cephKey.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';

const entity = 'client.vm-hosts';
const whole: RbdGrant = { pool: 'libvirt-pool', namespace: undefined, readOnly: false };

describe('users of a real cluster', function () {
  this.timeout(60_000);
  let lab: Lab;
  let kvm: LabHost;
  let root: HostSession;
  let client: CephClient;

  const access = (change: Partial<CephAccess> = {}): CephAccess => ({
    monitors: [],
    clientId: 'admin',
    key: undefined,
    keyring: '/etc/ceph/ceph.client.admin.keyring',
    configFile: '/etc/ceph/ceph.conf',
    settings: new Map(),
    ...change,
  });
  const auth = async (name: string): Promise<string> => lab.ceph.run(['ceph', 'auth', 'get', name]);
  const key = async (name = entity): Promise<Buffer> => decodeCephKey(await getCephKey(client, name));

  before(async () => {
    lab = await sharedLab();
    kvm = await lab.addHost({ name: 'users1', pool: 'absent', secret: 'absent' });
    root = await labSession(lab, 'qemu+ssh://users1/system');
    await root.connect();
    client = { transport: root.require().transport, access: access() };
    await createCephUser(client, entity, rbdCaps([whole]));
  });

  after(async () => {
    await removeCephUser(client, entity);
    root.dispose();
    await lab.removeHost('users1');
  });

  it('are made with “profile rbd” for monitors, OSDs and manager, and can then use their pool', async () => {
    const shown = await auth(entity);
    assert.match(shown, /caps mon = "profile rbd"/);
    assert.match(shown, /caps osd = "profile rbd pool=libvirt-pool"/);
    assert.match(shown, /caps mgr = "profile rbd pool=libvirt-pool"/);
    const found = (await listCephUsers(client)).find((user) => user.entity === entity);
    assert.deepEqual(found, await getCephUser(client, entity));
    assert.ok(!JSON.stringify(found).includes('AQ'), 'holds a key');
  });

  it('that exist are not made again: what they may do is said', async () => {
    const others = rbdCaps([{ ...whole, readOnly: true }]);
    await assert.rejects(createCephUser(client, entity, others), {
      code: 'exists',
      message: `There is a Ceph user ${entity} already: may use RBD in libvirt-pool.`,
    });
    await assert.rejects(createCephUser(client, entity, rbdCaps([whole])), /has these capabilities/);
  });

  it('may use one namespace, or only read, as the capabilities say and the cluster holds them to', async () => {
    await lab.ceph.run(['rbd', 'namespace', 'create', 'libvirt-pool/for-users']);
    try {
      await setCephCaps(
        client,
        entity,
        rbdCaps([
          { ...whole, readOnly: true },
          { ...whole, namespace: 'for-users' },
        ]),
      );
      const keyFile = '/root/vm-hosts.keyring';
      await kvm.machine.writeFile(keyFile, await auth(entity), 0o600);
      const rbd = (...args: string[]): ReturnType<LabHost['exec']> =>
        kvm.exec(['rbd', '--id', 'vm-hosts', '--keyring', keyFile, ...args]);
      assert.equal((await rbd('ls', 'libvirt-pool')).exitCode, 0);
      assert.equal((await rbd('create', '--size', '1', 'libvirt-pool/denied')).exitCode, Errno.EPERM);
      assert.equal((await rbd('create', '--size', '1', 'libvirt-pool/for-users/mine')).exitCode, 0);
      assert.equal((await rbd('rm', '--no-progress', 'libvirt-pool/for-users/mine')).exitCode, 0);
      await kvm.run(['rm', keyFile]);
    } finally {
      await setCephCaps(client, entity, rbdCaps([whole]));
      await lab.ceph.run(['rbd', 'namespace', 'remove', 'libvirt-pool/for-users']);
    }
  });

  it('keep names of pools that must be quoted: the cluster gives back the same', async () => {
    const grants = [`it's, mine`, 'a "b"', '$(touch hostile)', 'plain'].map((pool) => ({ ...whole, pool }));
    await setCephCaps(client, entity, rbdCaps(grants));
    const caps = (await getCephUser(client, entity))?.caps;
    assert.deepEqual(
      parseOsdCap(caps?.get('osd') ?? '').map((grant) => grant.kind === 'rbd' && grant.pool),
      grants.map(({ pool }) => pool),
    );
    assert.equal(caps?.get('mgr'), caps?.get('osd'));
    await setCephCaps(client, entity, rbdCaps([whole]));
  });

  it('keep what they had when new capabilities cannot be read', async () => {
    await assert.rejects(setCephCaps(client, entity, new Map([['osd', 'bogus']])), { code: Errno.EINVAL });
    assert.match(await auth(entity), /profile rbd pool=libvirt-pool/);
    await assert.rejects(setCephCaps(client, 'client.nobody', rbdCaps([whole])), { code: Errno.ENOENT });
    assert.equal(await getCephUser(client, 'client.nobody'), undefined);
  });

  it('of hostile names are data', async () => {
    const hostile = 'client.-x $(touch /tmp/hostile) "\'\nb';
    await createCephUser(client, hostile, new Map([['mon', 'allow r']]));
    assert.ok((await listCephUsers(client)).some((user) => user.entity === hostile));
    await removeCephUser(client, hostile);
    assert.equal(await getCephUser(client, hostile), undefined);
    assert.notEqual((await kvm.exec(['ls', '/tmp/hostile'])).exitCode, 0);
  });

  it('may not be seen, nor what they may do, by a client with “profile rbd” alone', async () => {
    const own = {
      ...client,
      access: access({ clientId: 'vm-hosts', key: (await key()).toString('base64'), keyring: undefined }),
    };
    await Promise.all(
      [
        listCephUsers(own),
        getCephUser(own, entity),
        getCephKey(own, entity),
        createCephUser(own, 'client.more', rbdCaps([whole])),
      ].map((asked) => assert.rejects(asked, { code: Errno.EACCES })),
    );
    const conf = await getMinimalConf(own);
    assert.match(conf, /mon_host = 10\.10\.0\.1:6789/);
    await kvm.machine.writeFile('/tmp/minimal.conf', conf);
    const { exitCode } = await kvm.exec([
      ...['ceph', '--conf', '/tmp/minimal.conf', '--id', 'admin'],
      ...['--keyring', '/etc/ceph/ceph.client.admin.keyring', 'status'],
    ] as [string, ...string[]]);
    assert.equal(exitCode, 0);
  });

  it('give their key to a secret of libvirt, which is then known to be the same', async () => {
    const host = { name: 'users1', connection: root.require().connection };
    const own = await key();
    assert.deepEqual(await findKeySecrets(host, entity, own, []), []);
    const gift = { kind: 'define', uuid: undefined, usageId: secretUsageOf(entity) } as const;
    const ref = await giveKey(host, entity, own, gift);
    try {
      assert.equal((await kvm.virsh('secret-get-value', ref.uuid)).trim(), own.toString('base64'));
      assert.match(await kvm.virsh('secret-dumpxml', ref.uuid), /<name>client\.vm-hosts secret<\/name>/);
      const states = async (): Promise<readonly string[]> =>
        (await findKeySecrets(host, entity, own, [])).map(({ state }) => state);
      assert.deepEqual(await states(), ['same']);
      await giveKey(host, entity, await key('client.libvirt'), { kind: 'set', secret: ref });
      assert.deepEqual(await states(), ['different']);
      await giveKey(host, entity, own, { kind: 'set', secret: ref });
      assert.deepEqual(await states(), ['same']);
    } finally {
      await kvm.virsh('secret-undefine', ref.uuid);
    }
  });

  it('are exported as a keyring that only root reads and Ceph logs in with', async () => {
    const path = keyringPath('ceph', entity);
    const file = await hostFile(root.require(), path);
    const own = await key();
    assert.deepEqual(await lookAtKeyring(file, entity, own), { kind: 'free' });
    await exportKeyring(file, entity, own);
    assert.equal((await kvm.run(['stat', '-c', '%a %U %G', path])).trim(), '600 root root');
    assert.deepEqual(await lookAtKeyring(file, entity, own), { kind: 'same', isPrivate: true });
    assert.equal((await kvm.exec(['rbd', '--id', 'vm-hosts', 'ls', 'libvirt-pool'])).exitCode, 0);
    const other = await key('client.libvirt');
    assert.deepEqual(await lookAtKeyring(file, 'client.libvirt', other), {
      kind: 'taken',
      entities: [entity],
    });
    const backup = `${path}.before`;
    await exportKeyring(file, 'client.libvirt', other, { backup });
    assert.match(await kvm.run(['cat', backup]), /\[client\.vm-hosts\]/);
    await removeHostFile(file, { backup });
    assert.match(await kvm.run(['cat', path]), /\[client\.vm-hosts\]/);
    assert.equal((await kvm.exec(['ls', backup])).exitCode, 2);
    await removeHostFile(file);
    assert.deepEqual((await kvm.run(['ls', '/etc/ceph'])).trim().split('\n'), [
      'ceph.client.admin.keyring',
      'ceph.conf',
    ]);
  });

  it('are exported by sudo where only root may write, and not at all where there is no sudo', async () => {
    const path = keyringPath('ceph', entity);
    const admin = await labSession(lab, 'qemu+ssh://vmadmin@users1/system');
    await admin.connect();
    try {
      await assert.rejects(hostFile(admin.require(), path), { code: 'forbidden' });
      await kvm.machine.writeFile('/etc/sudoers.d/vmadmin', 'vmadmin ALL=(ALL) NOPASSWD: ALL\n', 0o440);
      const file = await hostFile(admin.require(), path);
      assert.ok(file.viaSudo);
      await exportKeyring(file, entity, await key());
      assert.equal((await kvm.run(['stat', '-c', '%a %U', path])).trim(), '600 root');
      await removeHostFile(file);
      const home = await hostFile(admin.require(), '/home/vmadmin/keys/own.keyring');
      assert.ok(!home.viaSudo);
      await exportKeyring(home, entity, await key());
      assert.equal((await kvm.run(['stat', '-c', '%a %U', home.path])).trim(), '600 vmadmin');
    } finally {
      admin.dispose();
      await kvm.run(['rm', '-f', '/etc/sudoers.d/vmadmin']);
    }
  });

  it('leave a hostile place alone: a folder, a path with quotes, a link', async () => {
    const own = await key();
    const folder = await hostFile(root.require(), '/etc/ceph');
    await assert.rejects(lookAtKeyring(folder, entity, own), { code: 'not-written' });
    await assert.rejects(exportKeyring(folder, entity, own), { code: 'not-written' });
    const odd = await hostFile(root.require(), `/root/-x 'a' $(touch hostile)/"key".ring`);
    await exportKeyring(odd, entity, own);
    assert.deepEqual(await lookAtKeyring(odd, entity, own), { kind: 'same', isPrivate: true });
    await kvm.run(['ln', '-s', '/etc/shadow', '/root/link']);
    const shadow = await kvm.run(['cat', '/etc/shadow']);
    await exportKeyring(await hostFile(root.require(), '/root/link'), entity, own);
    assert.equal(await kvm.run(['cat', '/etc/shadow']), shadow);
  });
});
