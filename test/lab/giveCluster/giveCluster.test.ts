import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { rbdCaps } from '../../../src/ceph/cephCaps.ts';
import type { CephAccess } from '../../../src/ceph/cephAccess.ts';
import { removeCephUser } from '../../../src/ceph/cephUsers.ts';
import { getMinimalConf } from '../../../src/ceph/minimalConf.ts';
import { connectAgain, livePlanHost } from '../../../src/hosts/livePlanHost.ts';
import { probeHost } from '../../../src/hosts/hostProbe.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { planHostOf } from '../../../src/hosts/shellHost.ts';
import { keyringPath } from '../../../src/operations/cephUsers/exportKeyring.ts';
import type { ClusterGift } from '../../../src/operations/giveCluster/clusterGift.ts';
import { giveClusterPlan } from '../../../src/operations/giveCluster/giveClusterPlan.ts';
import { cephPackagesOf } from '../../../src/operations/giveCluster/cephPackages.ts';
import { readPackageFacts } from '../../../src/operations/packages/hostPackages.ts';
import { hostFile } from '../../../src/operations/hostFiles/rootFile.ts';
import { planScript } from '../../../src/operations/plan/planScript.ts';
import { PlanRun } from '../../../src/operations/plan/runPlan.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';

const never = new AbortController().signal;
const user = 'new-host';
const conf = '/etc/ceph/ceph.conf';

describe('a cluster that is given to a host', function () {
  this.timeout(300_000);
  let lab: Lab;
  let bare: LabHost;
  let first: HostSession;
  let second: HostSession;

  const admin: CephAccess = {
    monitors: [],
    clientId: 'admin',
    key: undefined,
    keyring: '/etc/ceph/ceph.client.admin.keyring',
    configFile: conf,
    settings: new Map(),
  };
  const client = (): ClusterGift['cluster']['client'] => ({
    transport: first.require().transport,
    access: admin,
  });

  before(async () => {
    lab = await sharedLab();
    bare = await lab.addHost({
      ...{ name: 'bare', rbdBackend: false, pool: 'absent', secret: 'absent', cephAdmin: false },
    });
    [first, second] = await Promise.all([
      labSession(lab, 'qemu+ssh://kvm1/system'),
      labSession(lab, 'qemu+ssh://bare/system', { autoReconnect: true }),
    ]);
    await Promise.all([first.connect(), second.connect()]);
  });

  beforeEach(async () => {
    await bare.run(['sh', '-c', 'rm -f /etc/ceph/*']);
  });

  afterEach(async () => {
    await removeCephUser(client(), `client.${user}`);
  });

  after(async () => {
    first.dispose();
    second.dispose();
    await lab.removeHost('bare');
  });

  const gift = async (change: Partial<ClusterGift> = {}): Promise<ClusterGift> => {
    const { transport } = second.require();
    const host = livePlanHost(second);
    const wanted = cephPackagesOf((await probeHost(transport, second.address, {})).distributions);
    assert.ok(wanted);
    const { host: name, port } = lab.ceph.monitor;
    return {
      cluster: { name: 'ceph', client: client(), shell: planHostOf(first).shell, monitors: [{ name, port }] },
      fsid: (await lab.ceph.run(['ceph', 'fsid'])).trim(),
      ...{ host, clusterName: 'ceph', user, pool: lab.ceph.pool, mayAskKeys: true },
      packages: { wanted, facts: await readPackageFacts(transport, wanted.names) },
      configuration: {
        file: await hostFile(host, conf),
        text: await getMinimalConf(client()),
        backup: undefined,
      },
      keyring: { file: await hostFile(host, keyringPath('ceph', `client.${user}`)), backup: undefined },
      newUserCaps: rbdCaps([{ pool: lab.ceph.pool, namespace: undefined, readOnly: false }]),
      secret: { uuid: randomUUID(), usage: `client.${user} secret` },
      connectAgain: (options) => connectAgain(second, options),
      ...change,
    };
  };
  const states = (run: PlanRun): readonly string[] => run.steps.map(({ kind }) => kind);
  const hasBackend = async (): Promise<boolean> =>
    (await bare.virsh('pool-capabilities')).includes(`<pool type='rbd' supported='yes'`);

  it('gets what it lacks, storage driver included, and reaches the cluster; undone, nothing is left', async () => {
    const given = await gift();
    const run = new PlanRun(giveClusterPlan(given));
    assert.ok(!(await hasBackend()));
    await run.run(never);
    assert.deepEqual(states(run), Array<string>(8).fill('done'));
    assert.ok(await hasBackend());
    assert.equal((await bare.run(['stat', '-c', '%a', conf])).trim(), '644');
    assert.equal((await bare.run(['stat', '-c', '%a %U', given.keyring.file.path])).trim(), '600 root');
    assert.match(await bare.run(['rbd', '--id', user, 'ls', lab.ceph.pool]), /web1/);
    const key = (await lab.ceph.run(['ceph', 'auth', 'get-key', `client.${user}`])).trim();
    assert.equal((await bare.virsh('secret-get-value', given.secret.uuid)).trim(), key);

    const again = new PlanRun(giveClusterPlan({ ...given, newUserCaps: undefined }));
    await again.run(never);
    assert.deepEqual(states(again), [...Array<string>(6).fill('already'), 'done']);

    await run.undo();
    assert.equal(run.state, 'undone');
    assert.equal((await bare.run(['ls', '/etc/ceph'])).trim(), '');
    assert.equal((await bare.virsh('secret-list')).trim(), '');
    assert.notEqual((await lab.ceph.exec(['ceph', 'auth', 'get', `client.${user}`])).exitCode, 0);
    const facts = await readPackageFacts(second.require().transport, ['libvirt-daemon-driver-storage-rbd']);
    assert.ok(!facts.installed.has('libvirt-daemon-driver-storage-rbd'));
  });

  it('keeps a ceph.conf of another cluster beside the new one, and puts it back', async () => {
    const other = '[global]\nfsid = 11111111-2222-3333-4444-555555555555\nmon_host = 192.0.2.1\n';
    await bare.machine.writeFile(conf, other);
    const base = await gift({ packages: undefined });
    const backup = `${conf}.before`;
    const run = new PlanRun(giveClusterPlan({ ...base, configuration: { ...base.configuration, backup } }));
    await run.run(never);
    assert.equal(await bare.run(['cat', backup]), other);
    await run.undo();
    assert.equal(await bare.run(['cat', conf]), other);
    assert.equal((await bare.run(['ls', '/etc/ceph'])).trim(), 'ceph.conf');
  });

  it('takes all back when a step fails: here the user exists and may do other things', async () => {
    await lab.ceph.run(['ceph', 'auth', 'add', `client.${user}`, 'mon', 'allow r']);
    const run = new PlanRun(giveClusterPlan(await gift({ packages: undefined })));
    await assert.rejects(run.run(never), /There is a Ceph user client\.new-host already: allow r/);
    assert.equal((await bare.run(['ls', '/etc/ceph'])).trim(), '');
  });

  it('says what to install where the packages cannot be, by the command to type', async () => {
    const base = await gift();
    assert.ok(base.packages);
    const { wanted, facts } = base.packages;
    const unknown = { wanted: { ...wanted, names: ['no-such-package'] }, facts };
    const run = new PlanRun(giveClusterPlan({ ...base, packages: unknown }));
    await assert.rejects(run.run(never), {
      advice: /repository.*apt-get install --yes no-such-package/s,
    });
    assert.deepEqual(states(run).slice(0, 2), ['failed', 'waiting']);
    const powerless = { ...unknown, facts: { ...facts, rights: 'none' as const } };
    await assert.rejects(new PlanRun(giveClusterPlan({ ...base, packages: powerless })).run(never), {
      advice: /sudo apt-get install --yes no-such-package/,
    });
  });

  it('is shown as a script without a key, and the script does the same', async () => {
    const given = await gift({ packages: undefined });
    const { text } = planScript(giveClusterPlan(given));
    assert.match(text, /ceph auth get client\.new-host/);
    assert.ok(!/AQ[A-Za-z0-9+/]{30,}/.test(text));
    const tools = await mkdtemp(join(lab.folder, 'script-'));
    const ssh = `#!/bin/sh\nexec /usr/bin/ssh -F '${lab.ssh.configPath}' "$@"\n`;
    await writeFile(join(tools, 'ssh'), ssh, { mode: 0o755 });
    await writeFile(join(tools, 'plan.sh'), text);
    await promisify(execFile)('sh', [join(tools, 'plan.sh')], {
      env: { ...process.env, PATH: `${tools}:${process.env['PATH'] ?? ''}` },
    });
    const again = new PlanRun(giveClusterPlan({ ...given, newUserCaps: undefined }));
    await again.run(never);
    assert.deepEqual(states(again), [...Array<string>(4).fill('already'), 'done']);
    await bare.virsh('secret-undefine', given.secret.uuid);
  });
});
