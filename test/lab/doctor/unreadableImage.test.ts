import assert from 'node:assert/strict';
import { unreadableImageFailure as failure } from '../../../src/doctor/failures/storage/unreadableImage/unreadableImage.ts';
import { poolInactiveAfterBootFailure } from '../../../src/doctor/failures/storage/poolInactive/poolInactiveAfterBoot.ts';
import type { Finding } from '../../../src/doctor/finding.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { planScript } from '../../../src/operations/plan/planScript.ts';
import { PlanRun } from '../../../src/operations/plan/runPlan.ts';
import { rbdPoolName } from '../../../tools/lab/domains.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { startLab, type Lab } from '../../../tools/lab/lab.ts';
import { labSession } from '../support/labSession.ts';
import { complaintOf, LabWard, planOf, runPlan } from './labPatient.ts';

const never = new AbortController().signal;
const libvirtSays = "failed to open the RBD image 'broken': No such file or directory";

/** A lab of its own: its pool is stopped by images that cannot be opened. */
describe('an image that cannot be opened', function () {
  this.timeout(60_000);
  let lab: Lab;
  let kvm: LabHost;
  let session: HostSession;
  let ward: LabWard;

  const cephSays = (...args: readonly [string, ...string[]]): Promise<string> => lab.ceph.run(args);
  const create = (name: string): Promise<string> =>
    cephSays('rbd', 'create', `${lab.ceph.pool}/${name}`, '--size', '8M');
  const idOf = async (name: string): Promise<string> =>
    ((await lab.ceph.rbd('info', `${lab.ceph.pool}/${name}`)) as { readonly id: string }).id;
  const images = async (): Promise<readonly string[]> =>
    (await lab.ceph.rbd('ls', lab.ceph.pool)) as readonly string[];
  const state = async (): Promise<string> =>
    /State: +(\w+)/.exec(await kvm.virsh('pool-info', rbdPoolName))?.[1] ?? '';
  const examine = async (said?: string): Promise<readonly Finding[]> => {
    await ward.ready();
    return ward.examine(failure, session, said === undefined ? undefined : complaintOf(failure, said));
  };

  before(async () => {
    lab = await startLab({ hosts: [{ name: 'kvm1' }] });
    kvm = lab.host('kvm1');
    for (const name of ['good', 'broken', "it's $(odd)", 'headless']) await create(name);
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    ward = new LabWard([session]);
  });

  after(async () => {
    ward.dispose();
    await lab.stop();
  });

  it('is not found where all can be opened, whatever libvirt has complained of', async () => {
    assert.deepEqual(await examine(), []);
    assert.deepEqual(await examine(libvirtSays), []);
  });

  it('stops no pool when its header is gone; what is left goes to the trash and comes back, or is removed with its data', async () => {
    await cephSays('rbd', 'bench', '--io-type', 'write', '--io-total', '64K', `${lab.ceph.pool}/headless`);
    const id = await idOf('headless');
    await cephSays('rados', '--pool', lab.ceph.pool, 'rm', `rbd_header.${id}`);
    await kvm.virsh('pool-refresh', rbdPoolName);
    assert.equal(await state(), 'running');
    const [finding, ...more] = await examine();
    assert.deepEqual(more, []);
    assert.equal(finding?.severity, 'warning');
    assert.match(finding.explanation.join('\n'), /no header any more: headless/);
    const run = await runPlan(await planOf(finding));
    assert.ok(!(await images()).includes('headless'));
    assert.deepEqual(await examine(), []);
    await run.undo();
    assert.ok((await images()).includes('headless'));
    const [, removal] = finding.remedies;
    assert.ok(removal?.kind === 'plan');
    const plan = await removal.plan({});
    assert.match(plan.loses ?? '', /lost for good/);
    await runPlan(plan);
    assert.ok(!(await images()).includes('headless'));
    assert.ok(!(await cephSays('rados', '--pool', lab.ceph.pool, 'ls')).includes(id));
  });

  it('stops the whole pool when its header is damaged; a plan sets it aside, and undoing puts it back', async () => {
    const damaged = ['broken', "it's $(odd)"];
    for (const name of damaged) {
      const header = `rbd_header.${await idOf(name)}`;
      await cephSays('rados', '--pool', lab.ceph.pool, 'setomapval', header, 'size', 'x');
    }
    await assert.rejects(kvm.virsh('pool-refresh', rbdPoolName), /failed to open the RBD image/);
    assert.equal(await state(), 'inactive');
    const [finding] = await examine(libvirtSays);
    assert.equal(finding?.severity, 'error');
    assert.match(
      finding.evidence.join('\n'),
      /^rbd: error opening image broken: \(5\) Input\/output error$/m,
    );
    assert.deepEqual(await ward.examine(poolInactiveAfterBootFailure, session), []);
    const plan = await planOf(finding);
    assert.match(planScript(plan).text, /rados .*rmomapkey rbd_directory name_broken/);
    assert.equal(plan.loses, undefined);
    const run = await runPlan(plan);
    assert.equal(await state(), 'running');
    assert.deepEqual(await images(), ['good']);
    assert.deepEqual(await examine(), []);
    await run.undo();
    assert.deepEqual([...(await images())].sort(), ['broken', 'good', "it's $(odd)"]);
    assert.equal(await state(), 'inactive');
    await runPlan(await planOf((await examine())[0]));
  });

  it('is a clone whose parent its user may not read: a plan lets it, and takes that back', async () => {
    await cephSays('ceph', 'osd', 'pool', 'create', 'parents', '8');
    await cephSays('rbd', 'pool', 'init', 'parents');
    await cephSays('rbd', 'create', 'parents/base', '--size', '8M');
    await cephSays('rbd', 'snap', 'create', '--no-progress', 'parents/base@one');
    await cephSays('rbd', 'snap', 'protect', 'parents/base@one');
    await cephSays('rbd', 'clone', 'parents/base@one', `${lab.ceph.pool}/kid`);
    const [early] = await examine();
    assert.equal(early?.severity, 'warning');
    assert.match(early.explanation.join('\n'), /next time it is started or refreshed/);
    await assert.rejects(kvm.virsh('pool-refresh', rbdPoolName), /failed to open the RBD image 'kid'/);
    const [finding] = await examine();
    assert.match(finding?.explanation.join('\n') ?? '', /may not read .* in the Ceph pool parents: kid/);
    const before = await cephSays('ceph', 'auth', 'get', 'client.libvirt');
    const run = new PlanRun(await planOf(finding));
    await run.run(never);
    assert.equal(await state(), 'running');
    assert.match(await kvm.virsh('vol-list', rbdPoolName), /kid/);
    assert.deepEqual(await examine(), []);
    await run.undo();
    assert.equal(await cephSays('ceph', 'auth', 'get', 'client.libvirt'), before);
  });
});
