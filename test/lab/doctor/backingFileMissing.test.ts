import assert from 'node:assert/strict';
import { backingFileMissingFailure as failure } from '../../../src/doctor/failures/chain/backingFileMissing/backingFileMissing.ts';
import type { Finding } from '../../../src/doctor/finding.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { PlanRun } from '../../../src/operations/plan/runPlan.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { xml } from '../../../tools/lab/xml.ts';
import { defineScratch, forgetDomain } from '../domains/scratchDomain.ts';
import { labSession, until } from '../support/labSession.ts';
import { eventually } from '../support/eventually.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { complaintOf } from './labPatient.ts';
import { patientOf, planOf, untilKnown } from './support/patientOf.ts';

const folder = `/var/lib/libvirt/images/chain $(touch ran) 'x'`;
const name = 'chain-web';

describe('a missing file of a disk', function () {
  this.timeout(60_000);
  let host: LabHost;
  let session: HostSession;

  const qemuImg = (...args: string[]): Promise<string> => host.run(['qemu-img', ...args]);
  const move = (from: string, to: string): Promise<string> =>
    host.run(['mv', `${folder}/${from}`, `${folder}/${to}`]);
  const find = async (said?: string): Promise<readonly Finding[]> => {
    const complaint = said === undefined ? undefined : complaintOf(failure, said);
    return (await failure.examineHost?.(patientOf(session), complaint)) ?? [];
  };
  const backing = async (file: string): Promise<string | undefined> => {
    const info = JSON.parse(await qemuImg('info', '-U', '--output=json', `${folder}/${file}`)) as {
      readonly 'backing-filename'?: string;
    };
    return info['backing-filename'];
  };

  before(async () => {
    const lab = await sharedLab();
    host = lab.host('kvm1');
    await host.run(['mkdir', folder]);
    for (const file of ['base.qcow2', 'other.qcow2'])
      await qemuImg(
        'create',
        '-q',
        '-f',
        'qcow2',
        `${folder}/${file}`,
        file === 'other.qcow2' ? '16M' : '32M',
      );
    await qemuImg('create', '-q', '-f', 'qcow2', '-F', 'qcow2', '-b', 'base.qcow2', `${folder}/middle.qcow2`);
    await qemuImg(
      'create',
      '-q',
      '-f',
      'qcow2',
      '-F',
      'qcow2',
      '-b',
      `${folder}/middle.qcow2`,
      `${folder}/top.qcow2`,
    );
    await defineScratch(host, name, {
      devices: [
        xml`<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='${`${folder}/top.qcow2`}'/><target dev='vda' bus='virtio'/></disk>
        <disk type='file' device='cdrom'><source file='/var/none.iso' startupPolicy='optional'/><target dev='sda' bus='sata'/></disk>`,
      ],
    });
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    await session.connect();
    await untilKnown(session, name);
  });

  after(async () => {
    session.dispose();
    await forgetDomain(host, name);
    await host.run(['rm', '-r', folder]);
  });

  it('is found only where one is missing', async () => {
    assert.deepEqual(await find(), []);
  });

  it('is found when the base was renamed, and cured by letting the image stand on the file that fits', async () => {
    await move('base.qcow2', 'base-2024.qcow2');
    const { stderr } = await host.exec(['virsh', 'start', '--paused', name]);
    const [finding, ...others] = await find(stderr);
    assert.deepEqual(others, []);
    assert.equal(
      finding?.title,
      `A file below the disk vda of ${name} on kvm1 is missing: ${folder}/base.qcow2`,
    );
    assert.ok(finding.evidence.includes(`      ${folder}/base.qcow2 (qcow2): No such file or directory`));
    assert.deepEqual(
      finding.remedies.map(({ title }) => title),
      [`Let it stand on ${folder}/base-2024.qcow2`, `Open the XML of ${name}`],
    );
    assert.deepEqual(
      (await find()).map(({ title }) => title),
      [finding.title],
    );

    const run = new PlanRun(await planOf(finding, /stand on/));
    await run.run(new AbortController().signal);
    assert.equal(await backing('middle.qcow2'), 'base-2024.qcow2');
    await host.virsh('start', '--paused', name);
    await host.virsh('destroy', name);
    assert.deepEqual(await find(), []);
    await run.undo();
    assert.equal(await backing('middle.qcow2'), 'base.qcow2');
    assert.equal((await find()).length, 1);
    await move('base-2024.qcow2', 'base.qcow2');
    assert.deepEqual(await find(), []);
  });

  it('does not let an image be written that its domain has open', async () => {
    await move('base.qcow2', 'renamed.qcow2');
    const plan = await planOf((await find())[0], /stand on/);
    await move('renamed.qcow2', 'base.qcow2');
    await host.virsh('start', '--paused', name);
    await move('base.qcow2', 'renamed.qcow2');
    await assert.rejects(new PlanRun(plan).run(new AbortController().signal), /chain-web on kvm1 runs/);
    assert.equal(await backing('middle.qcow2'), 'base.qcow2');
    await move('renamed.qcow2', 'base.qcow2');
    await host.virsh('destroy', name);
  });

  it('is cured while the domain runs by copying what QEMU still has open', async () => {
    await host.virsh('start', '--paused', name);
    await host.run(['rm', `${folder}/base.qcow2`, `${folder}/middle.qcow2`]);
    const finding = await eventually('the domain is seen to run', async () => {
      const [found] = await find();
      return found?.remedies[0]?.title.includes('still has open') === true && found;
    });
    assert.match(finding.explanation.join(' '), /Do not stop it/);
    await new PlanRun(await planOf(finding, /still has open/)).run(new AbortController().signal);
    assert.equal(await backing('top.qcow2'), undefined);
    await host.virsh('destroy', name);
    assert.deepEqual(await find(), []);
    await host.virsh('start', '--paused', name);
    await host.virsh('destroy', name);
  });

  it('is found where the file of the disk itself is gone, and cured by the file that it was renamed to', async () => {
    await move('top.qcow2', 'top-old.qcow2');
    const { stderr } = await host.exec(['virsh', 'start', '--paused', name]);
    const [finding] = await find(stderr);
    assert.equal(finding?.title, `The disk vda of ${name} on kvm1 has no file ${folder}/top.qcow2`);
    assert.deepEqual(
      finding.remedies.map(({ title }) => title),
      [`Let the disk use ${folder}/top-old.qcow2`, `Open the XML of ${name}`],
    );
    const run = new PlanRun(await planOf(finding, /Let the disk use/));
    await run.run(new AbortController().signal);
    await host.virsh('start', '--paused', name);
    await host.virsh('destroy', name);
    assert.deepEqual(await find(), []);
    await run.undo();
    assert.equal((await find()).length, 1);
    assert.equal(await host.run(['find', '/root', '/tmp', '-name', 'ran']), '');
  });

  it('is rescued while the domain runs though the file of the disk itself was deleted', async () => {
    await move('top-old.qcow2', 'top.qcow2');
    await host.virsh('start', '--paused', name);
    await host.run(['rm', `${folder}/top.qcow2`]);
    const finding = await eventually('the domain is seen to run', async () => {
      const [found] = await find();
      return found?.remedies[0]?.title.startsWith('Rescue') === true && found;
    });
    await new PlanRun(await planOf(finding, /Rescue vda/)).run(new AbortController().signal);
    assert.match(await host.virsh('domblklist', '--inactive', name), /top-rescued\.qcow2/);
    await host.virsh('destroy', name);
    assert.deepEqual(await find(), []);
    await host.virsh('start', '--paused', name);
    await host.virsh('destroy', name);
    await move('top-rescued.qcow2', 'gone.qcow2');
  });

  it('may only be a pool that is not active, in whose folder it is', async () => {
    await host.virsh('pool-define-as', 'chain-pool', 'dir', '--target', folder);
    await until(
      session.onDidChangeInventory,
      () =>
        [...(session.inventory?.pools.entries.values() ?? [])].some(({ ref }) => ref.name === 'chain-pool'),
      'the pool is known',
    );
    assert.deepEqual(
      (await find())[0]?.remedies[0]?.title,
      'Start the pool chain-pool, in whose folder it is',
    );
    await host.virsh('pool-undefine', 'chain-pool');
  });

  it('is not taken for there where the account may not look', async () => {
    await host.run(['chmod', '700', folder]);
    const visitor = await labSession(await sharedLab(), 'qemu+ssh://vmadmin@kvm1/system');
    await visitor.connect();
    await untilKnown(visitor, name);
    const looking = Promise.resolve(failure.examineHost?.(patientOf(visitor)));
    await assert.rejects(looking, /may not read the files of disks/);
    visitor.dispose();
  });
});
