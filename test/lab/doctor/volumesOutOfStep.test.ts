import assert from 'node:assert/strict';
import { volumesOutOfStepFailure as failure } from '../../../src/doctor/failures/storage/volumesOutOfStep/volumesOutOfStep.ts';
import type { Finding } from '../../../src/doctor/finding.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { PlanRun } from '../../../src/operations/plan/runPlan.ts';
import { rbdPoolName } from '../../../tools/lab/domains.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { startLab, type Lab } from '../../../tools/lab/lab.ts';
import { labSession } from '../support/labSession.ts';
import { complaintOf, LabWard, planOf, runPlan } from './labPatient.ts';

const never = new AbortController().signal;
const folder = '/tmp/out-of step';
const odd = "odd 'name'$(x)";

/** A lab of its own: nobody else makes images in its pool. */
describe('volumes that are out of step', function () {
  this.timeout(60_000);
  let lab: Lab;
  let kvm: LabHost;
  let session: HostSession;
  let ward: LabWard;

  const rbd = (verb: string, name: string, ...args: readonly string[]): Promise<string> =>
    lab.ceph.run(['rbd', verb, ...args, `${lab.ceph.pool}/${name}`]);
  const create = (name: string): Promise<string> => rbd('create', name, '--size', '8M');
  const listed = (pool: string): Promise<string> => kvm.virsh('vol-list', pool);
  const examine = async (said?: string): Promise<readonly Finding[]> => {
    await ward.ready();
    return ward.examine(failure, session, said === undefined ? undefined : complaintOf(failure, said));
  };

  before(async () => {
    lab = await startLab({ hosts: [{ name: 'kvm1' }] });
    kvm = lab.host('kvm1');
    await create('kept');
    await create('removed');
    await kvm.virsh('pool-refresh', rbdPoolName);
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    ward = new LabWard([session]);
  });

  after(async () => {
    ward.dispose();
    await lab.stop();
  });

  it('are not found while libvirt lists what there is, whatever was complained of', async () => {
    assert.deepEqual(await examine(), []);
    assert.deepEqual(await examine("Storage volume not found: no storage vol with matching path 'kept'"), []);
  });

  it('are images that rbd has made or removed: a plan has libvirt list them', async () => {
    await create('made');
    const [made] = await examine();
    assert.equal(made?.severity, 'information');
    assert.deepEqual(made.evidence, ['there, and not in the list: made']);
    await rbd('rm', 'removed', '--no-progress');
    const [both, ...more] = await examine();
    assert.deepEqual(more, []);
    assert.equal(both?.severity, 'warning');
    assert.ok(both.evidence.includes('in the list, and not there: removed'));
    const named = await examine(
      "Storage volume not found: no storage vol with matching path 'libvirt-pool/made'",
    );
    assert.equal(named.length, 1);
    const other = await examine("Storage volume not found: no storage vol with matching path 'never-was'");
    assert.deepEqual(other, []);
    await runPlan(await planOf(both));
    assert.match(await listed(rbdPoolName), /made/);
    assert.doesNotMatch(await listed(rbdPoolName), /removed/);
    assert.deepEqual(await examine(), []);
  });

  it('are files in a folder that libvirt has not seen, but not what libvirt never lists', async () => {
    await kvm.run(['mkdir', '-p', folder]);
    await kvm.virsh('pool-define-as', 'files', 'dir', '--target', folder);
    await kvm.virsh('pool-start', 'files');
    await kvm.run(['mkfifo', `${folder}/fifo`]);
    await kvm.run(['ln', '-s', '/nowhere', `${folder}/dangling`]);
    await kvm.run(['mkdir', `${folder}/lost+found`]);
    assert.deepEqual(await examine(), []);
    await kvm.run(['touch', `${folder}/${odd}`]);
    const [finding] = await examine();
    assert.deepEqual(finding?.evidence, [`there, and not in the list: ${odd}`]);
    await runPlan(await planOf(finding));
    assert.ok((await listed('files')).includes(odd));
    await kvm.run(['rm', `${folder}/${odd}`]);
    const [gone] = await examine();
    assert.deepEqual(gone?.evidence, [`in the list, and not there: ${odd}`]);
    await runPlan(await planOf(gone));
    assert.deepEqual(await examine(), []);
  });

  it('are not images without a header, which libvirt leaves out', async () => {
    await create('headless');
    const { id } = (await lab.ceph.rbd('info', `${lab.ceph.pool}/headless`)) as { readonly id: string };
    await lab.ceph.run(['rados', '--pool', lab.ceph.pool, 'rm', `rbd_header.${id}`]);
    assert.deepEqual(await examine(), []);
  });

  it('are left alone while a damaged image would stop the pool', async () => {
    await create('new');
    await create('broken');
    const { id } = (await lab.ceph.rbd('info', `${lab.ceph.pool}/broken`)) as { readonly id: string };
    await lab.ceph.run(['rados', '--pool', lab.ceph.pool, 'setomapval', `rbd_header.${id}`, 'size', 'x']);
    const [finding] = await examine();
    assert.deepEqual(finding?.evidence, ['there, and not in the list: new']);
    const plan = await planOf(finding);
    await assert.rejects(new PlanRun(plan).run(never), /cannot be opened: broken/);
    assert.match(await kvm.virsh('pool-info', rbdPoolName), /State: +running/);
  });
});
