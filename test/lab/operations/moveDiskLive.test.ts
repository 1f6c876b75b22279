import assert from 'node:assert/strict';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import type { PlanHost } from '../../../src/operations/plan/planHost.ts';
import { movePlan } from '../../../src/operations/moveDisk/movePlan.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { blockDevices } from '../devices/place.ts';
import { forgetDomain } from '../domains/scratchDomain.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { defineMoving, fileDisk, hostOf, moveOrder, planOf } from './movingHost.ts';

const folder = '/var/lib/libvirt/images/movelive';
const domain = 'mover-live';
const never = new AbortController().signal;

describe('disks of a domain that runs', function () {
  this.timeout(60_000);
  let lab: Lab;
  let kvm1: LabHost;
  let session: HostSession;
  let host: PlanHost;

  /** For the next start; libvirt notes there that a copy is based on nothing. */
  const definition = async (name: string): Promise<string> =>
    (await kvm1.virsh('dumpxml', '--inactive', name)).replace(/\n *<backingStore\/>/g, '');

  before(async () => {
    lab = await sharedLab();
    kvm1 = lab.host('kvm1');
    const commands = [
      `set -e; mkdir -p ${folder}; cd ${folder}`,
      'qemu-img create -q -f qcow2 base.qcow2 16M',
      'qemu-io -c "write -P 17 0 2M" base.qcow2',
      'qemu-img create -q -f qcow2 -b base.qcow2 -F qcow2 top.qcow2',
      'qemu-io -c "write -P 34 1M 2M" top.qcow2',
      'dd if=/dev/urandom of=other.raw bs=1M count=48 status=none',
    ];
    await kvm1.run(['sh', '-c', commands.join('\n')]);
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    await session.connect();
    host = hostOf(session);
    const disks = [
      fileDisk(`${folder}/top.qcow2`, 'qcow2', 'vda'),
      fileDisk(`${folder}/other.raw`, 'raw', 'vdb'),
    ];
    await defineMoving(kvm1, domain, disks);
    await kvm1.virsh('start', '--paused', domain);
  });

  after(async () => {
    session.dispose();
    await forgetDomain(kvm1, domain);
    await kvm1.run(['rm', '-rf', folder]);
    for (const image of ['live-a', 'live-b'])
      await kvm1.exec(['rbd', 'rm', '--no-progress', `libvirt-pool/${image}`]);
    await kvm1.virsh('pool-refresh', 'rbd-pool');
  });

  it('move to RBD while it goes on, and back when that is undone', async () => {
    const content = (): Promise<string> =>
      kvm1.run([
        'sh',
        '-c',
        `cd ${folder}; qemu-img convert -U -O raw top.qcow2 live; md5sum <live; rm live`,
      ]);
    const was = await content();
    const before = await definition(domain);
    const order = await moveOrder(host, domain, {
      ...{ targets: ['vda', 'vdb'], pool: 'rbd-pool', names: ['live-a', 'live-b'], active: true },
    });
    assert.ok(movePlan(order).remarks.some((one) => one.includes('base.qcow2')));
    const run = planOf(order);
    await run.run(never);
    const moved = ['vda libvirt-pool/live-a', 'vdb libvirt-pool/live-b'];
    const copied = await kvm1.run(['sh', '-c', 'rbd export --no-progress libvirt-pool/live-a - | md5sum']);
    assert.equal(copied, was);
    assert.deepEqual(await blockDevices(kvm1, domain), moved);
    assert.deepEqual(await blockDevices(kvm1, domain, '--inactive'), moved);
    const xml = await kvm1.virsh('dumpxml', '--inactive', domain);
    assert.doesNotMatch(xml, /io='native'/);
    assert.match(await kvm1.run(['rbd', 'status', 'libvirt-pool/live-a']), /watcher=/);
    const notes = run.steps.map((step) => (step.kind === 'done' ? step.note : undefined));
    assert.ok(
      notes.some((note) => note?.startsWith('it is open at ') === true),
      JSON.stringify(notes),
    );
    await run.undo();
    const old = [`vda ${folder}/top.qcow2`, `vdb ${folder}/other.raw`];
    assert.deepEqual(await blockDevices(kvm1, domain), old);
    assert.deepEqual(await blockDevices(kvm1, domain, '--inactive'), old);
    assert.equal(await definition(domain), before);
    assert.equal(await content(), was);
    assert.doesNotMatch(await kvm1.run(['rbd', 'ls', 'libvirt-pool']), /live-/);
  });

  it('are left as they were when it is cancelled, and nothing is left of the copy', async () => {
    const abort = new AbortController();
    const order = await moveOrder(
      ...([host, domain, { targets: ['vdb'], pool: 'rbd-pool', names: ['live-b'], active: true }] as const),
      { bandwidth: 65_536 },
    );
    const run = planOf(order);
    run.onDidChange(() => {
      if (run.steps.some((step) => step.kind === 'running' && step.progress !== undefined)) abort.abort();
    });
    await assert.rejects(run.run(abort.signal), { code: 'cancelled' });
    assert.equal(run.state, 'undone');
    assert.deepEqual((await blockDevices(kvm1, domain))[1], `vdb ${folder}/other.raw`);
    assert.doesNotMatch(await kvm1.run(['rbd', 'ls', 'libvirt-pool']), /live-/);
  });

  it('of a guest that works move from RBD to a file and back', async () => {
    const before = await definition('web1');
    const run = planOf(
      await moveOrder(host, 'web1', {
        ...{ targets: ['vdb'], pool: 'images', names: ['web1-vdb.qcow2'], format: 'qcow2', active: true },
      }),
    );
    await run.run(never);
    const file = 'vdb /var/lib/libvirt/images/web1-vdb.qcow2';
    assert.equal((await blockDevices(kvm1, 'web1'))[1], file);
    assert.equal((await blockDevices(kvm1, 'web1', '--inactive'))[1], file);
    await run.undo();
    assert.equal((await blockDevices(kvm1, 'web1'))[1], 'vdb libvirt-pool/web1-data');
    assert.equal(await definition('web1'), before);
  });
});
