import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { planHostOf } from '../../../src/hosts/shellHost.ts';
import { noConfigFile, type CephAccess } from '../../../src/ceph/cephAccess.ts';
import { connectPoolPlan } from '../../../src/operations/connectPool/connectPoolPlan.ts';
import type { PoolConnection } from '../../../src/operations/connectPool/poolConnection.ts';
import { planScript } from '../../../src/operations/plan/planScript.ts';
import { PlanRun } from '../../../src/operations/plan/runPlan.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';

const never = new AbortController().signal;

describe('a Ceph pool that is connected to libvirt', function () {
  this.timeout(60_000);
  let lab: Lab;
  let kvm1: LabHost;
  let kvm2: LabHost;
  let first: HostSession;
  let second: HostSession;

  before(async () => {
    lab = await sharedLab();
    kvm1 = lab.host('kvm1');
    kvm2 = await lab.addHost({ name: 'kvm2', pool: 'absent', secret: 'absent', cephAdmin: false });
    await kvm2.run(['rm', '/etc/ceph/ceph.conf']);
    [first, second] = await Promise.all([
      labSession(lab, 'qemu+ssh://kvm1/system'),
      labSession(lab, 'qemu+ssh://kvm2/system'),
    ]);
    await Promise.all([first.connect(), second.connect()]);
  });

  after(async () => {
    first.dispose();
    second.dispose();
    await lab.removeHost('kvm2');
  });

  const admin: CephAccess = {
    monitors: [],
    clientId: 'admin',
    key: undefined,
    keyring: '/etc/ceph/ceph.client.admin.keyring',
    configFile: '/etc/ceph/ceph.conf',
    settings: new Map(),
  };

  function connection(change: Partial<PoolConnection> = {}): PoolConnection {
    const host = planHostOf(first);
    const { host: name, port } = lab.ceph.monitor;
    return {
      cluster: {
        name: 'ceph',
        client: { transport: host.transport, access: admin },
        shell: host.shell,
        monitors: [{ name, port }],
      },
      cephPool: 'vms',
      newPool: order(change.cephPool ?? 'vms'),
      user: 'vms-user',
      hosts: change.hosts ?? [host, planHostOf(second)],
      poolName: 'ceph-vms',
      secretUsage: 'client.vms-user',
      autostart: true,
      ...change,
    };
  }

  function order(name: string): PoolConnection['newPool'] {
    const data = { type: 'replicated' as const, size: 1, crushRule: 'replicated_rule' };
    return { name, data, placementGroups: 8, autoscale: 'off', isBulk: false };
  }

  /** As the wizard plans it: a pool that is there is not made. */
  const planned = async (change?: Partial<PoolConnection>): Promise<PlanRun> => {
    const wanted = connection(change);
    const isThere = ((await lab.ceph.ceph('osd', 'pool', 'ls')) as string[]).includes(wanted.cephPool);
    return new PlanRun(await connectPoolPlan(isThere ? { ...wanted, newPool: undefined } : wanted));
  };
  const kinds = (run: PlanRun): readonly string[] => run.steps.map(({ kind }) => kind);
  const notes = (run: PlanRun): readonly string[] =>
    run.steps.flatMap((state) => ('note' in state && state.note !== undefined ? [state.note] : []));
  const done = (run: PlanRun): readonly string[] =>
    run.plan.steps.flatMap(({ title, host }, index) =>
      run.steps[index]?.kind === 'done' ? [`${host.name}: ${title}`] : [],
    );

  /** All that a connection can leave. */
  async function state(): Promise<unknown> {
    const of = async (host: LabHost): Promise<readonly string[]> => [
      await host.virsh('pool-list', '--all'),
      await host.virsh('secret-list'),
    ];
    const users = (await lab.ceph.ceph('auth', 'ls')) as { readonly auth_dump: readonly unknown[] };
    return {
      pools: ((await lab.ceph.ceph('osd', 'pool', 'ls')) as string[]).filter(
        (name) => name !== '.mgr' && name !== 'device_health_metrics',
      ),
      users: users.auth_dump,
      hosts: await Promise.all([kvm1, kvm2].map(of)),
    };
  }

  it('is made with its user, secrets of one UUID and a pool on every host, also one without Ceph’s programs; undone, nothing is left', async () => {
    const before = await state();
    const run = await planned();
    await run.run(never);
    assert.equal(run.state, 'done');
    const xml = await Promise.all([kvm1, kvm2].map((host) => host.virsh('pool-dumpxml', 'ceph-vms')));
    const uuids = xml.map((text) => /<secret uuid='([^']+)'/.exec(text)?.[1]);
    assert.ok(uuids[0] !== undefined);
    assert.equal(uuids[0], uuids[1]);
    const key = (await lab.ceph.run(['ceph', 'auth', 'get-key', 'client.vms-user'])).trim();
    for (const host of [kvm1, kvm2]) {
      assert.equal((await host.virsh('secret-get-value', uuids[0])).trim(), key);
      const info = await host.virsh('pool-info', 'ceph-vms');
      assert.match(info, /State:\s+running/);
      assert.match(info, /Autostart:\s+yes/);
    }
    const [user] = (await lab.ceph.ceph('auth', 'get', 'client.vms-user')) as readonly { caps: unknown }[];
    assert.deepEqual(user?.caps, {
      mon: 'profile rbd',
      osd: 'profile rbd pool=vms',
      mgr: 'profile rbd pool=vms',
    });
    const [pool] = (
      (await lab.ceph.ceph('osd', 'pool', 'ls', 'detail')) as readonly { pool_name: string }[]
    ).filter(({ pool_name }) => pool_name === 'vms');
    assert.ok(pool && 'pg_num' in pool && pool.pg_num === 8);
    assert.ok(!planScript(run.plan).text.includes(key));

    const again = await planned();
    await again.run(never);
    assert.deepEqual(done(again), [
      'kvm1: List the images of the storage pool ceph-vms',
      'kvm2: List the images of the storage pool ceph-vms',
    ]);

    await run.undo();
    assert.deepEqual(await state(), before);
  });

  it('is made by its script just as well', async () => {
    const before = await state();
    const run = await planned();
    const tools = await mkdtemp(join(lab.folder, 'script-'));
    await writeFile(join(tools, 'ssh'), `#!/bin/sh\nexec /usr/bin/ssh -F '${lab.ssh.configPath}' "$@"\n`, {
      mode: 0o755,
    });
    const script = join(tools, 'plan.sh');
    await writeFile(script, planScript(run.plan).text);
    await promisify(execFile)('sh', [script], {
      env: { ...process.env, PATH: `${tools}:${process.env['PATH'] ?? ''}` },
    });
    for (const host of [kvm1, kvm2])
      assert.match(await host.virsh('pool-info', 'ceph-vms'), /State:\s+running/);
    const again = await planned();
    await again.run(never);
    assert.deepEqual(done(again), [
      'kvm1: List the images of the storage pool ceph-vms',
      'kvm2: List the images of the storage pool ceph-vms',
    ]);
    for (const host of [kvm1, kvm2]) {
      await host.virsh('pool-destroy', 'ceph-vms');
      await host.virsh('pool-undefine', 'ceph-vms');
    }
    const uuid = /<uuid>(.*)<\/uuid>/.exec(planScript(run.plan).text)?.[1] ?? '';
    for (const host of [kvm1, kvm2]) await host.virsh('secret-undefine', uuid);
    await lab.ceph.run(['ceph', 'auth', 'del', 'client.vms-user']);
    await lab.ceph.run(['ceph', 'osd', 'pool', 'delete', 'vms', 'vms', '--yes-i-really-really-mean-it']);
    assert.deepEqual(await state(), before);
  });

  it('is mended where something is missing or wrong, and says what', async () => {
    const before = await state();
    const run = await planned();
    await run.run(never);
    const uuid = /<secret uuid='([^']+)'/.exec(await kvm1.virsh('pool-dumpxml', 'ceph-vms'))?.[1] ?? '';
    const wrong = Buffer.from('not the key').toString('base64');
    await kvm1.machine.writeFile('/root/wrong.key', wrong);
    await kvm1.virsh('secret-set-value', uuid, '--file', '/root/wrong.key');
    await kvm1.virsh('pool-autostart', 'ceph-vms', '--disable');
    await kvm2.virsh('pool-destroy', 'ceph-vms');
    await kvm2.virsh('secret-undefine', uuid);
    const xml = (await kvm2.virsh('pool-dumpxml', '--inactive', 'ceph-vms')).replace(
      /<host [^>]*>/,
      "<host name='10.10.0.77'/><host name='10.10.0.1' port='6789'/>",
    );
    await kvm2.machine.writeFile('/tmp/fewer.xml', xml);
    await kvm2.virsh('pool-define', '/tmp/fewer.xml');
    await lab.ceph.run(['ceph', 'auth', 'caps', 'client.vms-user', 'mon', 'allow r', 'mds', 'allow r']);

    const mend = await planned();
    await mend.run(never);
    assert.deepEqual(done(mend), [
      'kvm1: Let client.vms-user use the images of the Ceph pool vms',
      'kvm1: Give the secret client.vms-user the key of client.vms-user',
      'kvm1: Start the storage pool ceph-vms with the host from now on',
      'kvm1: List the images of the storage pool ceph-vms',
      'kvm2: Define the secret client.vms-user',
      'kvm2: Give the secret client.vms-user the key of client.vms-user',
      'kvm2: Define the storage pool ceph-vms with all monitors of Ceph',
      'kvm2: Start the storage pool ceph-vms',
    ]);
    assert.deepEqual(notes(mend), [
      'its other capabilities were kept',
      'it had another value',
      'it named 2 monitors, the cluster has 1',
    ]);
    const [user] = (await lab.ceph.ceph('auth', 'get', 'client.vms-user')) as readonly { caps: unknown }[];
    assert.deepEqual(user?.caps, {
      mon: 'allow r, profile rbd',
      osd: 'profile rbd pool=vms',
      mgr: 'profile rbd pool=vms',
      mds: 'allow r',
    });
    assert.match(await kvm2.virsh('pool-dumpxml', 'ceph-vms'), new RegExp(uuid));

    await mend.undo();
    const value = (await kvm1.virsh('secret-get-value', uuid)).trim();
    assert.equal(value, wrong);
    assert.match(await kvm2.virsh('pool-dumpxml', '--inactive', 'ceph-vms'), /10\.10\.0\.77/);
    assert.doesNotMatch(await kvm2.virsh('secret-list'), new RegExp(uuid));
    await run.undo();
    assert.deepEqual(await state(), before);
  });

  it('is not taken away while there are images in it or domains log in by it', async () => {
    const before = await state();
    const run = await planned({ hosts: [planHostOf(first)] });
    await run.run(never);
    await lab.ceph.run(['rbd', 'create', 'vms/kept', '--size', '1M']);
    await assert.rejects(run.undo(), /Not all could be undone/);
    assert.equal(run.state, 'incomplete');
    assert.deepEqual(await lab.ceph.rbd('ls', 'vms'), ['kept']);
    await lab.ceph.run(['rbd', 'rm', 'vms/kept']);
    await run.undo();
    assert.deepEqual(await state(), before);
  });

  it('of names that mean something to a shell is connected like any other', async () => {
    const before = await state();
    const hostile = 'vms $(id) 漢';
    const run = await planned({
      hosts: [planHostOf(first)],
      cephPool: 'a b$(id)',
      user: 'x.y',
      poolName: hostile,
      secretUsage: `it's ${hostile}"&<`,
    });
    await run.run(never);
    assert.match(await kvm1.virsh('pool-info', hostile), /State:\s+running/);
    await run.undo();
    assert.deepEqual(await state(), before);
  });

  it('by a client that may only use it gets that client’s own key', async () => {
    const before = await state();
    const access: CephAccess = {
      ...admin,
      clientId: 'libvirt',
      key: await lab.ceph.libvirtKey(),
      keyring: undefined,
      monitors: [`${lab.ceph.monitor.host}:${lab.ceph.monitor.port}`],
      configFile: noConfigFile,
    };
    const base = connection({ hosts: [planHostOf(first)] });
    const run = await planned({
      cluster: { ...base.cluster, client: { ...base.cluster.client, access } },
      cephPool: lab.ceph.pool,
      newPool: undefined,
      user: 'libvirt',
      hosts: [planHostOf(first)],
    });
    await run.run(never);
    assert.deepEqual(done(run), [
      'kvm1: Check that client.libvirt may use the images of the Ceph pool libvirt-pool',
      'kvm1: List the images of the storage pool rbd-pool',
    ]);
    assert.deepEqual(await state(), before);
  });

  it('is taken back when a host cannot do it, and when it is cancelled', async () => {
    const before = await state();
    await kvm2.removeRbdBackend();
    await kvm2.restartLibvirtd();
    const other = await labSession(lab, 'qemu+ssh://kvm2/system');
    await other.connect();
    const run = await planned({ hosts: [planHostOf(first), planHostOf(other)] });
    await assert.rejects(run.run(never), /the backend for rbd pools is not installed/);
    assert.equal(run.state, 'undone');
    assert.deepEqual(await state(), before);
    other.dispose();

    const abort = new AbortController();
    const cancelled = await planned({ hosts: [planHostOf(first)] });
    cancelled.onDidChange(() => {
      if (kinds(cancelled)[7] === 'running') abort.abort();
    });
    await assert.rejects(cancelled.run(abort.signal), /Cancelled/);
    assert.equal(cancelled.state, 'undone');
    assert.deepEqual(await state(), before);
  });
});
