import assert from 'node:assert/strict';
import { missingStorageBackendFailure as failure } from '../../../src/doctor/failures/storage/missingStorageBackend/missingStorageBackend.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { planScript } from '../../../src/operations/plan/planScript.ts';
import { PlanRun } from '../../../src/operations/plan/runPlan.ts';
import { rbdPoolName } from '../../../tools/lab/domains.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { eventually } from '../support/eventually.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { complaintOf, LabWard, planOf, runPlan } from './labPatient.ts';

const never = new AbortController().signal;
const libvirtSays = 'internal error: missing backend for pool type 9 (rbd)';
const name = 'doctor-back';

describe('a storage backend that is missing', function () {
  this.timeout(120_000);
  let lab: Lab;
  let kvm: LabHost;
  let session: HostSession;
  let ward: LabWard;

  before(async () => {
    lab = await sharedLab();
    kvm = await lab.addHost({ name });
    session = await labSession(lab, `qemu+ssh://${name}/system`, { autoReconnect: true });
    ward = new LabWard([session]);
  });

  after(async () => {
    ward.dispose();
    await lab.removeHost(name);
  });

  /** As after an upgrade that took the backend away, under a pool that is active. */
  const takeAway = async (): Promise<void> => {
    await kvm.removeRbdBackend();
    await kvm.restartLibvirtd();
    await eventually('the session is back', () => Promise.resolve(session.connected !== undefined));
    await ward.ready();
  };

  const hasBackend = async (): Promise<boolean> =>
    (await kvm.virsh('pool-capabilities')).includes(`<pool type='rbd' supported='yes'`);

  it('is not found on a host that has it, whatever libvirt has complained of before', async () => {
    await ward.ready();
    assert.deepEqual(await ward.examine(failure, session), []);
    assert.deepEqual(await ward.examine(failure, session, complaintOf(failure, libvirtSays)), []);
  });

  it('is found with the pool that is stuck, which one plan frees so that it can be undefined', async () => {
    const definition = await kvm.virsh('pool-dumpxml', '--inactive', rbdPoolName);
    await takeAway();
    await assert.rejects(kvm.virsh('pool-destroy', rbdPoolName), /missing backend/);
    await assert.rejects(kvm.virsh('pool-undefine', rbdPoolName), /still active/);
    const [finding, ...more] = await ward.examine(failure, session);
    assert.deepEqual(more, []);
    assert.equal(
      finding?.title,
      `libvirt on ${name} has no backend for rbd pools, which ${rbdPoolName} needs`,
    );
    assert.match(finding.explanation.join('\n'), /neither stopped nor undefined/);
    const stuck = finding.remedies[1];
    assert.ok(stuck?.kind === 'plan');
    const run = await runPlan(await stuck.plan({}));
    assert.equal((await kvm.virsh('pool-list', '--inactive', '--name')).trim(), rbdPoolName);
    await run.undo();
    await kvm.run(['ls', `/run/libvirt/storage/${rbdPoolName}.xml`]);
    await kvm.run(['rm', `/run/libvirt/storage/${rbdPoolName}.xml`]);
    await ward.ready();
    const [after] = await ward.examine(failure, session);
    assert.deepEqual(
      after?.remedies.map((one) => (one.kind === 'command' ? one.command : one.kind)),
      ['plan', 'libvirt.pool.undefine'],
    );
    await kvm.virsh('pool-undefine', rbdPoolName);
    await kvm.machine.writeFile('/tmp/pool-before.xml', definition);
  });

  it('is found on a client of Ceph that has no such pool yet, as a warning; in a complaint it is an error', async () => {
    await ward.ready();
    const [finding] = await ward.examine(failure, session);
    assert.deepEqual([finding?.severity, finding?.about.kind], ['warning', 'host']);
    const [complained] = await ward.examine(failure, session, complaintOf(failure, libvirtSays));
    assert.equal(complained?.severity, 'error');
  });

  it('is cured by a plan that installs it, restarts the daemon and starts the pool; undone, it is missing again', async () => {
    await kvm.run(['sh', '-c', 'dpkg --install /var/cache/apt/archives/*storage-rbd*.deb']);
    await kvm.restartLibvirtd();
    await kvm.virsh('pool-define', '/tmp/pool-before.xml');
    await kvm.virsh('pool-start', rbdPoolName);
    await takeAway();
    const [finding] = await ward.examine(failure, session, complaintOf(failure, libvirtSays));
    const plan = await planOf(finding);
    const { text } = planScript(plan);
    assert.match(text, /apt-get install --yes libvirt-daemon-driver-storage-rbd/);
    assert.match(text, /systemctl restart libvirtd/);
    const run = new PlanRun(plan);
    await run.run(never);
    assert.ok(await hasBackend());
    assert.match(await kvm.virsh('pool-info', rbdPoolName), /State: +running[\s\S]*Autostart: +yes/);
    await ward.ready();
    assert.deepEqual(await ward.examine(failure, session), []);
    await run.undo();
    await kvm.restartLibvirtd();
    assert.ok(!(await hasBackend()));
  });

  it('is not undone by an unreachable Ceph: then the plan does nothing', async () => {
    await eventually('the session is back', () => Promise.resolve(session.connected !== undefined));
    await ward.ready();
    const [finding] = await ward.examine(failure, session);
    await kvm.cutStorageNetwork();
    try {
      const plan = await planOf(finding);
      await assert.rejects(new PlanRun(plan).run(never), /No monitor answered/);
      const { exitCode } = await kvm.exec(['dpkg', '-s', 'libvirt-daemon-driver-storage-rbd']);
      assert.notEqual(exitCode, 0);
    } finally {
      await kvm.restoreStorageNetwork();
    }
  });
});
