import assert from 'node:assert/strict';
import { cephUnreachableFailure } from '../../../src/doctor/failures/reach/cephUnreachable.ts';
import { domainStuckInStartFailure } from '../../../src/doctor/failures/reach/domainStuckInStart.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { startDomain } from '../../../src/libvirt/domains.ts';
import { startLab, type Lab } from '../../../tools/lab/lab.ts';
import { domainXml } from '../../../tools/lab/domains.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { eventually } from '../support/eventually.ts';
import { labSession } from '../support/labSession.ts';
import { complaintOf, LabWard, planOf, runPlan } from './labPatient.ts';

/** A lab of its own: its daemons are frozen. */
describe('a domain whose start does not end', function () {
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

  it('is not for OSDs that say nothing while the monitors answer: that is told apart', async () => {
    await lab.ceph.freeze('osd.0');
    try {
      const [finding] = await ward.examine(cephUnreachableFailure, session);
      assert.deepEqual(await ward.examineCluster(cephUnreachableFailure), []);
      assert.equal(finding?.title, `The data of the Ceph pool ${lab.ceph.pool} does not answer kvm1.`);
      assert.ok(finding.evidence.includes('10.10.0.1:3300: a monitor answers'));
    } finally {
      await lab.ceph.thaw('osd.0');
    }
  });

  it('is told from one that runs, and why: Ceph is silent; it is forced off, and starts when Ceph answers', async () => {
    await lab.ceph.freeze('mon');
    try {
      const entry = [...session.require().inventory.domains.entries.values()].find(
        ({ ref }) => ref.name === 'stuck',
      );
      assert.ok(entry);
      const { ref } = entry;
      const glance = (): string | undefined => {
        const now = session.require().inventory.domains.entries.get(ref.uuid);
        return now && domainStuckInStartFailure.glance?.domain?.(now, session);
      };
      assert.equal(glance(), undefined);
      const starting = startDomain(session.require().connection, ref).catch((error: unknown) => error);
      await eventually('the domain is starting up', async () =>
        (await kvm.virsh('domstate', '--reason', 'stuck')).includes('paused (starting up)'),
      );
      await session.require().inventory.domains.load();
      assert.equal(glance(), 'It is starting up, and not running yet.');
      const complaint = complaintOf(
        domainStuckInStartFailure,
        'Timed out during operation: cannot acquire state change lock (held by monitor=remoteDispatchDomainCreate)',
        { kind: 'domain', host: 'kvm1', name: 'stuck', uuid: ref.uuid },
      );
      const [[finding], ofCluster] = await Promise.all([
        ward.examine(domainStuckInStartFailure, session, complaint),
        ward.examineCluster(cephUnreachableFailure),
      ]);
      assert.deepEqual(
        ofCluster.map(({ title }) => title),
        ['No monitor of the Ceph cluster ceph answers kvm1.'],
      );
      assert.ok(ofCluster[0]?.evidence.includes('10.10.0.1:6789: takes the connection and says nothing'));
      assert.match(finding?.title ?? '', /^stuck on kvm1 has been starting for \d+ s\.$/);
      assert.match(finding?.explanation[0] ?? '', /^Ceph does not answer: QEMU waits for vda of stuck/);
      const plan = await planOf(finding);
      assert.match(plan.loses ?? '', /not running yet/);
      await runPlan(plan);
      assert.match(await kvm.virsh('domstate', 'stuck'), /shut off/);
      assert.ok((await starting) instanceof Error);
      await session.require().inventory.domains.load();
      assert.deepEqual(await ward.examine(domainStuckInStartFailure, session, complaint), []);
    } finally {
      await lab.ceph.thaw('mon');
    }
    await eventually(
      'Ceph answers again',
      async () => (await lab.ceph.exec(['ceph', 'health'])).exitCode === 0,
    );
    await kvm.virsh('start', '--paused', 'stuck');
    await kvm.virsh('destroy', 'stuck');
  });
});
