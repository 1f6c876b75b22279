import assert from 'node:assert/strict';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { planScript } from '../../../src/operations/plan/planScript.ts';
import type { PlanHost } from '../../../src/operations/plan/planHost.ts';
import { movePlan } from '../../../src/operations/moveDisk/movePlan.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { blockDevices } from '../devices/place.ts';
import { forgetDomain } from '../domains/scratchDomain.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { defineMoving, fileDisk, hostOf, moveOrder, planOf } from './movingHost.ts';

const folder = '/var/lib/libvirt/images/move';
const domain = 'mover';
const never = new AbortController().signal;

describe('disks of a domain that is off', function () {
  this.timeout(60_000);
  let lab: Lab;
  let kvm1: LabHost;
  let session: HostSession;
  let host: PlanHost;
  let loop: string;

  /** The MD5 of what a guest would read. */
  const contentOf = async (...image: string[]): Promise<string> =>
    (
      await kvm1.run([
        'sh',
        '-c',
        'qemu-img convert -O raw "$@" /tmp/content && md5sum </tmp/content',
        'sh',
        ...image,
      ])
    ).trim();

  const rbdContent = async (image: string): Promise<string> =>
    (
      await kvm1.run(['sh', '-c', 'rbd export --no-progress "$1" - | md5sum', 'sh', `libvirt-pool/${image}`])
    ).trim();

  const images = async (): Promise<readonly string[]> =>
    (await lab.ceph.machine.run(['rbd', 'ls', 'libvirt-pool']))
      .split('\n')
      .filter((name) => name.startsWith('mov'));

  before(async () => {
    lab = await sharedLab();
    kvm1 = lab.host('kvm1');
    await kvm1.run([
      ...['sh', '-c'],
      [
        `set -e; mkdir -p ${folder}; cd ${folder}`,
        'dd if=/dev/urandom of=data.raw bs=1M count=3 status=none',
        'truncate -s 20971100 data.raw',
        'qemu-img create -q -f qcow2 base.qcow2 32M',
        'qemu-io -c "write -P 17 0 2M" base.qcow2',
        'qemu-img create -q -f qcow2 -b base.qcow2 -F qcow2 middle.qcow2',
        'qemu-io -c "write -P 34 1M 2M" middle.qcow2',
        "qemu-img create -q -f qcow2 -b middle.qcow2 -F qcow2 'to p,$(id).qcow2'",
        `qemu-io -c "write -P 51 30M 1M" 'to p,$(id).qcow2'`,
        'qemu-img snapshot -c within middle.qcow2',
        'dd if=/dev/urandom of=loop.raw bs=1M count=8 status=none',
      ].join('\n'),
    ]);
    loop = (await kvm1.run(['losetup', '--show', '-f', `${folder}/loop.raw`])).trim();
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    await session.connect();
    host = hostOf(session);
    await defineMoving(kvm1, domain, [
      fileDisk(`${folder}/data.raw`, 'raw', 'vda'),
      fileDisk(`${folder}/to p,$(id).qcow2`, 'qcow2', 'vdb'),
      fileDisk(loop, 'raw', 'vdc', 'block'),
    ]);
  });

  after(async () => {
    session.dispose();
    await forgetDomain(kvm1, domain);
    await kvm1.run(['losetup', '-d', loop]);
    await kvm1.run(['rm', '-rf', folder, '/tmp/content']);
    for (const image of await images())
      await kvm1.exec(['rbd', 'rm', '--no-progress', `libvirt-pool/${image}`]);
    await kvm1.virsh('pool-refresh', 'rbd-pool');
    await kvm1.virsh('pool-refresh', 'images');
  });

  it('move to RBD together: a raw file, a chain of qcow2 with a hostile name, a block device', async () => {
    const contents = [
      await contentOf('-f', 'raw', `${folder}/data.raw`),
      await contentOf(`${folder}/to p,$(id).qcow2`),
      await contentOf('-f', 'raw', loop),
    ];
    const before = await kvm1.virsh('dumpxml', domain);
    const names = ['mov-a', 'mov-b', 'mov-c'];
    const order = await moveOrder(host, domain, { targets: ['vda', 'vdb', 'vdc'], pool: 'rbd-pool', names });
    assert.deepEqual(
      order.moves.map(({ disk }) => disk.size),
      [20_971_520, 33_554_432, 8_388_608],
    );
    const plan = movePlan(order);
    assert.ok(
      plan.remarks.some((one) =>
        one.includes(`${folder}/middle.qcow2 (qcow2) ← ${folder}/base.qcow2 (qcow2)`),
      ),
    );
    assert.ok(plan.remarks.some((one) => one.includes('not copied: within')));
    const run = planOf(order);
    await run.run(never);
    assert.deepEqual(
      run.steps.map(({ kind }) => kind).filter((kind) => kind !== 'done'),
      [],
    );
    assert.deepEqual(await Promise.all(names.map(rbdContent)), contents);
    assert.deepEqual(
      await blockDevices(kvm1, domain),
      names.map((name, at) => `vd${'abc'[at]} libvirt-pool/${name}`),
    );
    const after = await kvm1.virsh('dumpxml', domain);
    assert.match(
      after,
      /<driver name='qemu' type='raw' cache='none' discard='unmap' detect_zeroes='unmap'\/>/,
    );
    assert.match(after, /<secret type='ceph' uuid='/);
    const kept = (xml: string): readonly string[] =>
      xml.match(/<(?:address|serial|total_bytes_sec|target)\b.*/g) ?? [];
    assert.deepEqual(kept(after), kept(before));
    await run.undo();
    assert.equal(await kvm1.virsh('dumpxml', domain), before);
    assert.deepEqual(await images(), []);
  });

  it('have a script that does the same, and holds no key', async () => {
    const plan = movePlan(
      await moveOrder(host, domain, { targets: ['vdb'], pool: 'rbd-pool', names: ['mov-b'] }),
    );
    const { text } = planScript(plan);
    const key = (await lab.ceph.machine.run(['ceph', 'auth', 'get-key', 'client.libvirt'])).trim();
    assert.ok(!text.includes(key));
    const content = await contentOf(`${folder}/to p,$(id).qcow2`);
    await kvm1.machine.writeFile('/tmp/move.sh', text);
    await kvm1.run(['sh', '/tmp/move.sh']);
    await kvm1.run(['rm', '/tmp/move.sh']);
    assert.equal(await rbdContent('mov-b'), content);
    assert.deepEqual((await blockDevices(kvm1, domain))[1], 'vdb libvirt-pool/mov-b');
  });

  it('go back to a file, and their old image is kept', async () => {
    const content = await rbdContent('mov-b');
    const order = await moveOrder(host, domain, {
      ...{ targets: ['vdb'], pool: 'images', names: ['mov b.qcow2'], format: 'qcow2' },
    });
    // Ceph counts whole objects of 4 MiB.
    assert.equal(order.moves[0]?.disk.data, 2 * 4_194_304);
    const run = planOf(order);
    await run.run(never);
    const path = '/var/lib/libvirt/images/mov b.qcow2';
    assert.equal(await contentOf(path), content);
    assert.equal((await blockDevices(kvm1, domain))[1], `vdb ${path}`);
    assert.deepEqual(await images(), ['mov-b']);
    await run.undo();
    assert.equal((await blockDevices(kvm1, domain))[1], 'vdb libvirt-pool/mov-b');
    assert.notEqual((await kvm1.exec(['test', '-e', path])).exitCode, 0);
  });

  it('do not go back to a file that is gone; when it is there again they do, over another connection too', async () => {
    const run = planOf(
      await moveOrder(host, domain, { targets: ['vda'], pool: 'rbd-pool', names: ['mov-z'] }),
    );
    await run.run(never);
    await kvm1.run(['mv', `${folder}/data.raw`, `${folder}/away`]);
    await assert.rejects(run.undo(), { code: 'left' });
    assert.equal((await blockDevices(kvm1, domain))[0], 'vda libvirt-pool/mov-z');
    assert.ok((await images()).includes('mov-z'));
    await kvm1.run(['mv', `${folder}/away`, `${folder}/data.raw`]);
    session.disconnect();
    await session.connect();
    await run.undo();
    assert.equal((await blockDevices(kvm1, domain))[0], `vda ${folder}/data.raw`);
    assert.ok(!(await images()).includes('mov-z'));
  });
});
