import assert from 'node:assert/strict';
import { Emitter } from '../../../../src/base/events.ts';
import { silentLog } from '../../../../src/base/log.ts';
import { isForbidden } from '../../../../src/ceph/cephError.ts';
import type { CephCluster } from '../../../../src/hosts/clusters/cephCluster.ts';
import { CephClusters } from '../../../../src/hosts/clusters/cephClusters.ts';
import type { RouteChoice } from '../../../../src/hosts/clusters/clusterRoute.ts';
import type { HostSession } from '../../../../src/hosts/hostSession.ts';
import type { LabHost } from '../../../../tools/lab/host.ts';
import type { Lab } from '../../../../tools/lab/lab.ts';
import { labSession } from '../../support/labSession.ts';
import { sharedLab } from '../../support/sharedLab.ts';

const conf = '/etc/ceph/ceph.conf';
const adminKeyring = '/etc/ceph/ceph.client.admin.keyring';

describe('the Ceph clusters behind hosts', function () {
  this.timeout(60_000);
  let lab: Lab;
  let fsid: string;
  let host: LabHost;
  const toDispose: { dispose(): void }[] = [];

  before(async () => {
    lab = await sharedLab();
    fsid = ((await lab.ceph.ceph('fsid')) as { fsid: string }).fsid;
    host = await lab.addHost({ name: 'kvmc', pool: 'absent', secret: 'absent' });
    await lab.ceph.run([
      ...['ceph', 'auth', 'get-or-create', 'client.discovered'],
      ...['mon', 'profile rbd', 'osd', `profile rbd pool=${lab.ceph.pool}`],
    ]);
  });

  afterEach(async () => {
    for (const disposable of toDispose.splice(0)) disposable.dispose();
    // As it was made.
    await host.run(['sh', '-c', 'rm -rf /etc/ceph/* /etc/sudoers.d/lab /srv/keys /root/.bashrc']);
    await host.machine.writeFile(conf, await lab.ceph.clientConf());
    await host.machine.writeFile(adminKeyring, await lab.ceph.machine.readFile(adminKeyring), 0o600);
  });

  after(async () => {
    await lab.removeHost('kvmc');
    await lab.ceph.run(['ceph', 'auth', 'rm', 'client.discovered']);
  });

  const restrictedKeyring = (): Promise<string> => lab.ceph.run(['ceph', 'auth', 'get', 'client.discovered']);

  async function connected(...uris: readonly string[]): Promise<readonly HostSession[]> {
    const sessions = await Promise.all(uris.map((uri) => labSession(lab, uri)));
    toDispose.push(...sessions);
    await Promise.all(sessions.map(async (session) => (await session.connect()).inventory.pools.load()));
    return sessions;
  }

  async function found(
    sessions: readonly HostSession[],
    choices = new Map<string, RouteChoice>(),
  ): Promise<CephClusters> {
    const clusters = new CephClusters({ sessions, onDidChange: new Emitter<undefined>().event }, silentLog, {
      get: (id) => choices.get(id),
      set: (id, choice) => (choice ? choices.set(id, choice) : choices.delete(id)),
    });
    toDispose.push(clusters);
    await clusters.settled();
    return clusters;
  }

  function only(clusters: CephClusters): CephCluster {
    const [cluster, ...others] = clusters.clusters;
    assert.ok(cluster && others.length === 0, `one cluster, not ${clusters.clusters.length}`);
    return cluster;
  }

  const clientOf = (cluster: CephCluster): unknown[] => [
    cluster.route?.clientId,
    cluster.route?.session.name,
  ];

  it('are one where several hosts are clients of it, and what one host cannot do another does', async () => {
    await host.run(['rm', adminKeyring]);
    await host.machine.writeFile(
      '/etc/ceph/ceph.client.discovered.keyring',
      await restrictedKeyring(),
      0o600,
    );
    const cluster = only(await found(await connected('qemu+ssh://kvmc/system', 'qemu+ssh://kvm1/system')));
    assert.equal(cluster.id, fsid);
    assert.deepEqual(clientOf(cluster), ['admin', 'kvm1']);
    assert.deepEqual(cluster.clients.map(({ name }) => name).sort(), ['kvm1', 'kvmc']);
    assert.equal((await cluster.status.get()).fsid, fsid);
  });

  it('show a restricted client what it may see, and tell what it may not', async () => {
    await host.run(['rm', adminKeyring]);
    await host.machine.writeFile(
      '/etc/ceph/ceph.client.discovered.keyring',
      await restrictedKeyring(),
      0o600,
    );
    const cluster = only(await found(await connected('qemu+ssh://kvmc/system')));
    assert.deepEqual(clientOf(cluster), ['discovered', 'kvmc']);
    assert.ok((await cluster.pools.get()).some(({ name }) => name === lab.ceph.pool));
    await assert.rejects(cluster.users.get(), isForbidden);
    await assert.rejects(cluster.osdUsage.get(), isForbidden);
  });

  it('say which file nobody may read, to whom, and are reached by sudo once that is allowed', async () => {
    const sessions = await connected('qemu+ssh://vmadmin@kvmc/system');
    const clusters = await found(sessions);
    const cluster = only(clusters);
    assert.deepEqual(clientOf(cluster), [undefined, undefined]);
    assert.deepEqual(
      cluster.hindrances.map((one) => [one.kind, one.user, one.kind === 'unreadable' && one.files]),
      [['unreadable', 'vmadmin', [{ path: adminKeyring, owner: 'root', group: 'root', mode: '600' }]]],
    );
    await assert.rejects(cluster.status.get(), /No connected host can reach the Ceph cluster ceph/);

    const rule = 'vmadmin ALL=(root) NOPASSWD: /usr/bin/ceph, /usr/bin/rbd\n';
    await host.machine.writeFile('/etc/sudoers.d/lab', rule, 0o440);
    await clusters.lookAtAll();
    assert.equal(only(clusters), cluster, 'the same node');
    assert.equal(cluster.route?.client.access.viaSudo, true);
    assert.equal((await cluster.status.get()).fsid, fsid);
    assert.deepEqual(cluster.hindrances, []);
  });

  it('are found by root’s eyes where sudo lets this user be root', async () => {
    await host.run(['chmod', '700', '/etc/ceph']);
    const sessions = await connected('qemu+ssh://vmadmin@kvmc/system');
    const clusters = await found(sessions);
    assert.deepEqual(clusters.clusters, []);
    const [session] = sessions;
    assert.ok(session);
    assert.equal(clusters.on(session)?.hindrance?.kind, 'unreadable');
    await host.machine.writeFile('/etc/sudoers.d/lab', 'vmadmin ALL=(root) NOPASSWD: ALL\n', 0o440);
    await clusters.look(session);
    assert.deepEqual(clientOf(only(clusters)), ['admin', 'kvmc']);
    assert.equal((await only(clusters).status.get()).fsid, fsid);
    await host.run(['chmod', '755', '/etc/ceph']);
  });

  it('have other names than ceph, and keys where the configuration says', async () => {
    await host.run(['mkdir', '-p', '/srv/keys']);
    await host.run(['mv', adminKeyring, '/srv/keys/backup.client.admin.key ring']);
    const settings = `${await lab.ceph.clientConf()}[client]\n  Keyring = /srv/keys/$cluster.$name.key\n`;
    await host.run(['mv', '/srv/keys/backup.client.admin.key ring', '/srv/keys/backup.client.admin.key']);
    await host.run(['rm', conf]);
    await host.machine.writeFile('/etc/ceph/backup.conf', settings);
    const cluster = only(await found(await connected('qemu+ssh://kvmc/system')));
    assert.equal(cluster.name, 'backup');
    assert.equal(cluster.id, fsid);
    assert.equal((await cluster.status.get()).fsid, fsid);
    assert.equal((await cluster.users.get()).length > 0, true);
  });

  it('are two on one host, of which one that does not answer does not hold up the other', async () => {
    const away = '11111111-2222-4333-8444-000000000000';
    await host.machine.writeFile('/etc/ceph/away.conf', `[global]\nfsid=${away}\nmon host = 10.10.0.250\n`);
    await host.machine.writeFile(
      '/etc/ceph/away.client.admin.keyring',
      '[client.admin]\n\tkey = AQBgQX9nAAAAABAAZZZZZZZZZZZZZZZZZZZZZQ==\n',
      0o600,
    );
    const clusters = await found(await connected('qemu+ssh://kvmc/system'));
    assert.deepEqual(clusters.clusters.map(({ name }) => name).sort(), ['away', 'ceph']);
    const ceph = clusters.clusters.find(({ id }) => id === fsid);
    assert.ok(ceph);
    assert.equal((await ceph.status.get()).fsid, fsid);
  });

  it('take another client where the first may not log in, and the one that is chosen', async () => {
    const wrong = '[client.admin]\n\tkey = AQBgQX9nAAAAABAAZZZZZZZZZZZZZZZZZZZZZQ==\n';
    await host.machine.writeFile(adminKeyring, wrong, 0o600);
    await host.machine.writeFile(
      '/etc/ceph/ceph.client.discovered.keyring',
      await restrictedKeyring(),
      0o600,
    );
    await host.machine.writeFile(
      '/etc/ceph/ceph.keyring',
      await lab.ceph.machine.readFile(adminKeyring),
      0o600,
    );
    const choices = new Map<string, RouteChoice>();
    const sessions = await connected('qemu+ssh://kvmc/system');
    const clusters = await found(sessions, choices);
    const cluster = only(clusters);
    assert.equal(cluster.routes.length, 3);
    assert.equal((await cluster.users.get()).length > 0, true, 'by the second keyring of client.admin');
    const [refused] = cluster.routes.filter((route) => cluster.failureOf(route) !== undefined);
    assert.deepEqual(refused?.from, { kind: 'configuration', path: conf, keyring: adminKeyring });

    const keyring = '/etc/ceph/ceph.client.discovered.keyring';
    clusters.choose(cluster, { host: 'kvmc', clientId: 'discovered', keyring, pool: undefined });
    assert.deepEqual(clientOf(cluster), ['discovered', 'kvmc']);
    await assert.rejects(cluster.users.read(), isForbidden);
    // Remembered for the next time.
    assert.deepEqual(clientOf(only(await found(sessions, choices))), ['discovered', 'kvmc']);
    clusters.choose(cluster, undefined);
    assert.equal(cluster.route?.clientId, 'admin');
  });

  it('are asked as whom $CEPH_ARGS says, whose words are in nobody’s way', async () => {
    await host.machine.writeFile(
      '/etc/ceph/ceph.client.discovered.keyring',
      await restrictedKeyring(),
      0o600,
    );
    await host.machine.writeFile('/root/.bashrc', 'export CEPH_ARGS="--id discovered"\n');
    const cluster = only(await found(await connected('qemu+ssh://kvmc/system')));
    assert.deepEqual(clientOf(cluster), ['discovered', 'kvmc']);
    assert.equal((await cluster.status.get()).fsid, fsid);
  });

  it('are known by their monitors where nothing tells the fsid', async () => {
    await host.machine.writeFile(conf, '[global]\nmon_host = 10.10.0.250\n');
    const [session] = await connected('qemu+ssh://kvmc/system');
    assert.ok(session);
    await host.run(['mount', '--bind', '/dev/null', '/usr/bin/ceph']);
    try {
      const clusters = await found([session]);
      assert.equal(only(clusters).id, '10.10.0.250');
    } finally {
      await host.run(['umount', '/usr/bin/ceph']);
    }
  });

  it('are seen as the users of libvirt’s storage pools where /etc/ceph has nothing', async () => {
    const kvm1 = lab.host('kvm1');
    await kvm1.run(['mount', '-t', 'tmpfs', 'none', '/etc/ceph']);
    try {
      const cluster = only(await found(await connected('qemu+ssh://vmadmin@kvm1/system')));
      assert.equal(cluster.id, fsid);
      assert.deepEqual(cluster.route?.from, { kind: 'pool', pool: 'rbd-pool' });
      assert.equal(cluster.route.clientId, 'libvirt');
      assert.equal((await cluster.status.get()).fsid, fsid);
    } finally {
      await kvm1.run(['umount', '/etc/ceph']);
    }
  });

  it('are asked through another host where one is off the storage network, and say so where all are silent', async () => {
    const sessions = await connected('qemu+ssh://kvmc/system', 'qemu+ssh://kvm1/system');
    const cluster = only(await found(sessions));
    const [first] = cluster.routes;
    assert.ok(first);
    await lab.host(first.session.name).cutStorageNetwork();
    try {
      assert.equal((await cluster.status.read()).fsid, fsid);
      assert.notEqual(cluster.host, first.session);
    } finally {
      await lab.host(first.session.name).restoreStorageNetwork();
    }
    await lab.ceph.freeze();
    try {
      await assert.rejects(cluster.status.read(), { message: /The monitors of Ceph do not answer/ });
      assert.equal(cluster.status.value?.fsid, fsid, 'what was last known');
    } finally {
      await lab.ceph.thaw();
    }
    assert.equal((await cluster.status.read()).fsid, fsid);
  });

  it('stay while their only host is lost, and go when it is disconnected', async () => {
    const [session] = await connected('qemu+ssh://kvmc/system');
    assert.ok(session);
    const clusters = await found([session]);
    const cluster = only(clusters);
    await cluster.status.get();
    const lost = new Promise<void>((resolve) => {
      session.onDidChangeState(({ kind }) => {
        if (kind === 'lost') resolve();
      });
    });
    await host.cutSsh();
    await lost;
    assert.equal(only(clusters), cluster);
    assert.equal(cluster.route, undefined);
    assert.equal(cluster.status.value?.fsid, fsid, 'what was last known');
    await (await session.connect()).inventory.pools.load();
    await clusters.settled();
    assert.equal(only(clusters), cluster);
    assert.deepEqual(clientOf(cluster), ['admin', 'kvmc']);
    session.disconnect();
    assert.deepEqual(clusters.clusters, []);
  });
});
