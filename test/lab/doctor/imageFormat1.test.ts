import assert from 'node:assert/strict';
import { imageFormat1Failure } from '../../../src/doctor/failures/versions/imageFormat1.ts';
import type { Finding } from '../../../src/doctor/finding.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { PlanRun } from '../../../src/operations/plan/runPlan.ts';
import { cephPool } from '../../../tools/lab/cephCluster.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { clusterWard, type ClusterWard } from './support/clusterWard.ts';
import { makeOldImage, writeOldData } from './support/oldImage.ts';
import { planOf } from './support/patientOf.ts';

describe('images of format 1', function () {
  this.timeout(60_000);
  let lab: Lab;
  let session: HostSession;
  let ward: ClusterWard;

  const signal = new AbortController().signal;
  const rbd = (...args: string[]): Promise<string> => lab.ceph.machine.run(['rbd', ...args]);
  const find = async (): Promise<readonly Finding[]> =>
    (await imageFormat1Failure.examineCluster?.(ward.cluster, ward)) ?? [];

  before(async () => {
    lab = await sharedLab();
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    await session.connect();
    ward = await clusterWard(session);
  });

  after(() => {
    ward.dispose();
    session.dispose();
  });

  afterEach(async () => {
    await lab.ceph.machine.run(['ceph', 'config', 'rm', 'client', 'rbd_default_format']);
    await lab.ceph.machine.exec(['rbd', 'rm', '--no-progress', `${cephPool}/doctor-old`]);
  });

  it('are found and made images of format 2 with its data by a plan that can be taken back before its end', async () => {
    await makeOldImage(lab, 'doctor-old', 16 * 1024 ** 2);
    await writeOldData(lab, 'what the guest wrote');
    const data = (): Promise<string> => rbd('export', '--no-progress', `${cephPool}/doctor-old`, '-');
    const [found] = await find();
    assert.deepEqual(found?.evidence, ['libvirt-pool/doctor-old']);
    const plan = await planOf(found, /Format 2/);
    const begun = new PlanRun({ ...plan, steps: plan.steps.slice(0, 2) });
    await begun.run(signal);
    assert.match(await rbd('info', `${cephPool}/doctor-old`), /features: .*migrating/);
    await begun.undo();
    assert.match(await rbd('info', `${cephPool}/doctor-old`), /format: 1/);
    const run = new PlanRun(await planOf(found, /Format 2/));
    await run.run(signal);
    assert.equal(run.canUndo, false);
    assert.match(await rbd('info', `${cephPool}/doctor-old`), /format: 2[^]*exclusive-lock/);
    assert.ok((await data()).startsWith('what the guest wrote'));
    assert.deepEqual(await find(), []);
  });

  it('are asked for by a setting of the monitors, which is removed by a plan and set again by undo', async () => {
    const get = async (): Promise<string> =>
      (await lab.ceph.machine.run(['ceph', 'config', 'get', 'client', 'rbd_default_format'])).trim();
    await lab.ceph.machine.run(['ceph', 'config', 'set', 'client', 'rbd_default_format', '1']);
    const [found] = await find();
    assert.deepEqual(found?.evidence, ['client rbd_default_format = 1']);
    const run = new PlanRun(await planOf(found, /Remove the Setting/));
    await run.run(signal);
    assert.equal(await get(), '2');
    await run.undo();
    assert.equal(await get(), '1');
    await run.run(signal);
    assert.deepEqual(await find(), []);
  });
});
