import assert from 'node:assert/strict';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { parseDomain } from '../../../src/libvirt/model/domain.ts';
import { clonePlan } from '../../../src/operations/moveDisk/clonePlan.ts';
import type { PlanHost } from '../../../src/operations/plan/planHost.ts';
import { PlanRun } from '../../../src/operations/plan/runPlan.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { xml } from '../../../tools/lab/xml.ts';
import { blockDevices } from '../devices/place.ts';
import { forgetDomain } from '../domains/scratchDomain.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { defineMoving, fileDisk, hostOf, moveOrder, planOf } from './movingHost.ts';

const folder = '/var/lib/libvirt/images/moveno';
const domain = 'mover-no';
const never = new AbortController().signal;
const cephPool = 'move-small';

/** A plan that failed says why by the error that it was caused by. */
function because(code: string): (error: Error) => boolean {
  return (error) => {
    const { cause } = error as { readonly cause?: { readonly code?: string } };
    assert.equal(cause?.code, code, error.message);
    return true;
  };
}

describe('moving a disk', function () {
  this.timeout(60_000);
  let lab: Lab;
  let kvm1: LabHost;
  let session: HostSession;
  let host: PlanHost;

  const images = async (pool = 'libvirt-pool'): Promise<readonly string[]> =>
    (await lab.ceph.machine.run(['rbd', 'ls', pool])).split('\n').filter((name) => name.startsWith('no-'));

  const ceph = (...words: string[]): Promise<string> => lab.ceph.machine.run(['ceph', ...words]);

  before(async () => {
    lab = await sharedLab();
    kvm1 = lab.host('kvm1');
    await kvm1.run([
      ...['sh', '-c'],
      `set -e; mkdir -p ${folder}; cd ${folder}; dd if=/dev/urandom of=big.raw bs=1M count=160 status=none
      truncate -s 4M small.raw`,
    ]);
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    await session.connect();
    host = hostOf(session);
    await defineMoving(kvm1, domain, [
      fileDisk(`${folder}/big.raw`, 'raw', 'vda'),
      fileDisk(`${folder}/small.raw`, 'raw', 'vdb'),
      xml`<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='${folder}/small.raw'>
        <encryption format='luks'><secret type='passphrase' uuid='3f2b1c9a-7d54-4e0b-9a16-5c8e2d7f4b61'/></encryption>
        </source><target dev='vdc' bus='virtio'/></disk>`,
      xml`<disk type='file' device='cdrom'><target dev='hda' bus='ide'/></disk>`,
      xml`<interface type='user'><mac address='52:54:00:aa:bb:01'/></interface>`,
      xml`<graphics type='vnc' port='-1' passwd='geheim'/>`,
    ]);
  });

  after(async () => {
    session.dispose();
    await forgetDomain(kvm1, domain);
    await kvm1.run(['rm', '-rf', folder]);
    for (const image of await images())
      await kvm1.run(['rbd', 'rm', '--no-progress', `libvirt-pool/${image}`]);
    await kvm1.virsh('pool-refresh', 'rbd-pool');
  });

  it('is refused for what cannot be copied, before anything is done', async () => {
    const refuse = (target: string): Promise<unknown> =>
      moveOrder(host, domain, { targets: [target], pool: 'rbd-pool', names: ['no-x'] });
    await assert.rejects(refuse('hda'), { code: 'not-movable', message: /drive for media/ });
    await assert.rejects(refuse('vdc'), { code: 'not-movable', message: /encrypted/ });
    await assert.rejects(refuse('vdz'), { code: 'not-movable' });
  });

  it('stops at a name that was taken meanwhile, and leaves that image alone', async () => {
    const order = await moveOrder(host, domain, { targets: ['vdb'], pool: 'rbd-pool', names: ['no-taken'] });
    await kvm1.run(['rbd', 'create', '--size', '1M', 'libvirt-pool/no-taken']);
    const run = planOf(order);
    await assert.rejects(run.run(never), because('name-taken'));
    assert.deepEqual(await images(), ['no-taken']);
    const [, create] = run.plan.steps;
    await assert.rejects(create!.run({ signal: never, report: () => undefined, note: () => undefined }));
    assert.deepEqual(await images(), ['no-taken']);
    await kvm1.run(['rbd', 'rm', '--no-progress', 'libvirt-pool/no-taken']);
  });

  it('stops when the domain was started meanwhile', async () => {
    const order = await moveOrder(host, domain, { targets: ['vdb'], pool: 'rbd-pool', names: ['no-x'] });
    await kvm1.virsh('detach-disk', domain, 'vdc', '--config');
    await kvm1.virsh('start', '--paused', domain);
    try {
      await assert.rejects(planOf(order).run(never), because('domain-state'));
    } finally {
      await kvm1.virsh('destroy', domain);
    }
    assert.deepEqual(await images(), []);
  });

  it('stops when there is no room within the quota of the pool', async () => {
    await ceph('osd', 'pool', 'create', cephPool, '1');
    await ceph('osd', 'pool', 'application', 'enable', cephPool, 'rbd');
    const caps = (await ceph('auth', 'get', 'client.libvirt')).match(/caps (\w+) = "(.*)"/g) ?? [];
    const words = caps.flatMap((line) => /caps (\w+) = "(.*)"/.exec(line)?.slice(1) ?? []);
    await ceph(
      'auth',
      'caps',
      'client.libvirt',
      'mon',
      'profile rbd',
      'osd',
      'profile rbd',
      'mgr',
      'profile rbd',
    );
    const pool = (await kvm1.virsh('pool-dumpxml', 'rbd-pool'))
      .replace(/<uuid>.*<\/uuid>/, '')
      .replace('<name>rbd-pool</name>', '<name>small-pool</name>')
      .replace('<name>libvirt-pool</name>', `<name>${cephPool}</name>`);
    await kvm1.run(['sh', '-c', 'cat >/tmp/small.xml'], { input: pool });
    await kvm1.virsh('pool-create', '/tmp/small.xml');
    try {
      await ceph('osd', 'pool', 'set-quota', cephPool, 'max_bytes', String(64 * 1024 * 1024));
      const order = await moveOrder(host, domain, { targets: ['vda'], pool: 'small-pool', names: ['no-x'] });
      await assert.rejects(planOf(order).run(never), because('no-space'));
      assert.deepEqual(await images(cephPool), []);
    } finally {
      await kvm1.virsh('pool-destroy', 'small-pool');
      await ceph('auth', 'caps', 'client.libvirt', ...words);
      await ceph('osd', 'pool', 'delete', cephPool, cephPool, '--yes-i-really-really-mean-it');
    }
  });

  it('that is cancelled midway leaves nothing', async () => {
    // Of a program that was killed, Ceph thinks for so long that it has the image open: 30 s as a rule.
    await ceph('config', 'set', 'osd', 'osd_client_watch_timeout', '3');
    try {
      const abort = new AbortController();
      const order = await moveOrder(host, domain, { targets: ['vda'], pool: 'rbd-pool', names: ['no-x'] });
      const run = planOf(order);
      run.onDidChange(() => {
        const [, , copy] = run.steps;
        if (copy?.kind === 'running' && copy.progress !== undefined) abort.abort();
      });
      await assert.rejects(run.run(abort.signal), { code: 'cancelled' });
      assert.equal(run.state, 'undone');
      assert.deepEqual(await images(), []);
      assert.equal((await blockDevices(kvm1, domain))[0], `vda ${folder}/big.raw`);
      assert.notEqual((await kvm1.exec(['pgrep', '-x', 'qemu-img'])).exitCode, 0);
      assert.equal((await kvm1.run(['sh', '-c', 'ls /dev/shm | grep libvirt- || true'])).trim(), '');
    } finally {
      await ceph('config', 'rm', 'osd', 'osd_client_watch_timeout');
    }
  });

  it('as a clone leaves the original as it is, and both can be compared', async () => {
    const before = await kvm1.virsh('dumpxml', '--security-info', domain);
    const order = await moveOrder(host, domain, { targets: ['vdb'], pool: 'rbd-pool', names: ['no-clone'] });
    const uuid = '6f6dbaf2-8a3c-4f6e-9d1e-000000000001';
    const plan = await clonePlan(order, { name: `${domain}-rbd`, uuid, macs: ['52:54:00:aa:bb:02'] });
    const run = new PlanRun(plan);
    await run.run(never);
    assert.equal(await kvm1.virsh('dumpxml', '--security-info', domain), before);
    assert.deepEqual(await blockDevices(kvm1, `${domain}-rbd`), ['vdb libvirt-pool/no-clone', 'hda -']);
    const clone = await kvm1.virsh('dumpxml', '--security-info', `${domain}-rbd`);
    const model = await parseDomain(clone);
    assert.equal(model.uuid, uuid);
    assert.deepEqual(
      model.interfaces.map(({ mac }) => mac),
      ['52:54:00:aa:bb:02'],
    );
    assert.match(clone, /passwd='geheim'/);
    assert.ok(!JSON.stringify(plan.steps.map(({ commands }) => commands)).includes('geheim'));
    await run.undo();
    assert.notEqual((await kvm1.exec(['virsh', 'dominfo', `${domain}-rbd`])).exitCode, 0);
    assert.deepEqual(await images(), []);
  });
});
