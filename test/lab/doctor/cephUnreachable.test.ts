import assert from 'node:assert/strict';
import { cephUnreachableFailure } from '../../../src/doctor/failures/reach/cephUnreachable.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { PlanRun } from '../../../src/operations/plan/runPlan.ts';
import { startLab, type Lab } from '../../../tools/lab/lab.ts';
import { domainXml, rbdPoolName } from '../../../tools/lab/domains.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { eventually } from '../support/eventually.ts';
import { labSession } from '../support/labSession.ts';
import { complaintOf, LabWard, planOf } from './labPatient.ts';

const never = new AbortController().signal;
const libvirtSays = 'failed to connect to the RADOS monitor on: 10.10.0.1:6789,: No such file or directory';

/** A lab of its own: its monitors are frozen and killed. */
describe('Ceph that does not answer', function () {
  this.timeout(60_000);
  let lab: Lab;
  let kvm: LabHost;
  let session: HostSession;
  let ward: LabWard;

  before(async () => {
    lab = await startLab({ hosts: [{ name: 'kvm1', pool: 'inactive' }] });
    kvm = lab.host('kvm1');
    await lab.ceph.run(['rbd', 'create', `${lab.ceph.pool}/stuck`, '--size', '8M']);
    const disks = [{ image: 'stuck', target: 'vda' }];
    const spec = { name: 'stuck', title: 'stuck', memoryMiB: 64, vcpus: 1, disks };
    await kvm.virsh('define', await kvm.writeXml('stuck', domainXml(spec)));
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    ward = new LabWard([session]);
    await ward.ready();
  });

  after(async () => {
    ward.dispose();
    await lab.stop();
  });

  it('is not found while it answers, whatever libvirt complained of', async () => {
    assert.deepEqual(await ward.examine(cephUnreachableFailure, session), []);
    const complaint = complaintOf(cephUnreachableFailure, libvirtSays);
    assert.deepEqual(await ward.examine(cephUnreachableFailure, session, complaint), []);
  });

  it('is told by monitors that take connections and say nothing; a plan starts the pool when they answer', async () => {
    await lab.ceph.freeze('mon');
    try {
      const [finding, ...more] = await ward.examine(cephUnreachableFailure, session);
      assert.deepEqual(more, []);
      assert.ok(finding);
      assert.equal(finding.title, 'No monitor of Ceph answers kvm1 (10.10.0.1:6789).');
      assert.deepEqual([finding.about.kind, finding.others?.map(({ kind }) => kind)], ['pool', ['domain']]);
      assert.ok(finding.evidence.includes('10.10.0.1:3300: takes the connection and says nothing'));
      assert.ok(finding.evidence.includes(`not active: the storage pool ${rbdPoolName}`));
      const run = new PlanRun(await planOf(finding));
      const running = run.run(never);
      await eventually('it waits for Ceph', () => {
        const [state] = run.steps;
        return Promise.resolve(state?.kind === 'running');
      });
      await lab.ceph.thaw('mon');
      await running;
      assert.match(await kvm.virsh('pool-info', rbdPoolName), /State: +running/);
      await run.undo();
      assert.match(await kvm.virsh('pool-info', rbdPoolName), /State: +inactive/);
    } finally {
      await lab.ceph.thaw('mon');
    }
  });

  it('is a network that leads nowhere, and machines without a monitor', async () => {
    await kvm.cutStorageNetwork();
    try {
      const [finding] = await ward.examine(cephUnreachableFailure, session);
      assert.match(finding?.explanation[0] ?? '', /^Nothing answers at the addresses/);
    } finally {
      await kvm.restoreStorageNetwork();
    }
    await lab.ceph.kill('mon');
    const [finding] = await ward.examine(cephUnreachableFailure, session);
    assert.ok(finding?.evidence.includes('10.10.0.1:6789: nothing listens there'));
    assert.match(finding?.explanation[0] ?? '', /^The machine is there, but no monitor listens/);
  });
});
