import assert from 'node:assert/strict';
import { cephClientLoggingFailure } from '../../../src/doctor/failures/images/cephClientLogging.ts';
import { imageFeaturesUnsupportedFailure } from '../../../src/doctor/failures/images/imageFeaturesUnsupported.ts';
import { volumeNotAttachedFailure as failure } from '../../../src/doctor/failures/images/volumeNotAttached/volumeNotAttached.ts';
import type { Finding } from '../../../src/doctor/finding.ts';
import { Patient } from '../../../src/doctor/patient.ts';
import type { Subject } from '../../../src/doctor/subject.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { shellHostOf } from '../../../src/hosts/shellHost.ts';
import { startLoggingPlan } from '../../../src/operations/clientLogging/clientLoggingPlan.ts';
import { PlanRun } from '../../../src/operations/plan/runPlan.ts';
import { cephPool, monitor } from '../../../tools/lab/cephCluster.ts';
import { secretUuid } from '../../../tools/lab/domains.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { xml, type Xml } from '../../../tools/lab/xml.ts';
import { defineScratch, forgetDomain, rbdDisk } from '../domains/scratchDomain.ts';
import { eventually } from '../support/eventually.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { clusterWard, type ClusterWard } from './support/clusterWard.ts';
import { complaintOf } from './labPatient.ts';
import { planOf } from './support/patientOf.ts';

const name = "-doctor disk $(x) 'y'";
const log = `/var/log/libvirt/qemu/${name}.log`;

describe('a disk that was attached and is not there', function () {
  this.timeout(60_000);
  let lab: Lab;
  let kvm1: LabHost;
  let session: HostSession;
  let ward: ClusterWard;
  let about: Subject;

  const signal = new AbortController().signal;
  const rbd = (...args: string[]): Promise<string> => lab.ceph.machine.run(['rbd', ...args]);
  const ceph = (...args: string[]): Promise<string> => lab.ceph.machine.run(['ceph', ...args]);
  const find = async (said?: string): Promise<readonly Finding[]> =>
    (await failure.examineHost?.(
      new Patient(session, ward),
      said === undefined ? undefined : complaintOf(failure, said, about),
    )) ?? [];
  const mine = (findings: readonly Finding[]): readonly Finding[] =>
    findings.filter(({ title }) => title.includes(name));
  /** On USB, as there is no guest that would have to let go of it. */
  const usbDisk = (image: string, target: string): Xml => xml`<disk type='network' device='disk'>
    <driver name='qemu' type='raw'/>
    <auth username='libvirt'><secret type='ceph' uuid='${secretUuid}'/></auth>
    <source protocol='rbd' name='${cephPool}/${image}'><host name='${monitor.host}' port='${monitor.port}'/></source>
    <target dev='${target}' bus='usb'/></disk>`;
  const attach = async (image: string, target: string, flag: string): Promise<string> => {
    const file = await kvm1.writeXml('doctor-disk', usbDisk(image, target));
    const { stderr } = await kvm1.exec(['virsh', '-q', 'attach-device', '--domain', name, file, flag]);
    return stderr;
  };
  const targets = (): Promise<string> => kvm1.virsh('domblklist', '--domain', name);

  before(async () => {
    lab = await sharedLab();
    kvm1 = lab.host('kvm1');
    for (const image of ['doctor-a', 'doctor-b'])
      await rbd('create', `${cephPool}/${image}`, '--size', '16M');
    await defineScratch(kvm1, name, { devices: [rbdDisk('doctor-a', 'vda')] });
    await kvm1.virsh('start', '--domain', name);
    const uuid = (await kvm1.virsh('domuuid', '--domain', name)).trim();
    about = { kind: 'domain', host: 'kvm1', name, uuid };
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    await session.connect();
    ward = await clusterWard(session);
    await eventually('the domain is known', () =>
      Promise.resolve(session.require().inventory.domains.entries.has(uuid)),
    );
  });

  after(async () => {
    ward.dispose();
    session.dispose();
    await forgetDomain(kvm1, name);
    for (const image of ['doctor-a', 'doctor-b'])
      await lab.ceph.machine.exec(['rbd', 'rm', '--no-progress', `${cephPool}/${image}`]);
  });

  it('is not found while the running domain is as its definition says', async () => {
    assert.deepEqual(mine(await find()), []);
  });

  it('is found where only the definition has it, attached to the running domain, and detached again', async () => {
    assert.equal(await attach('doctor-b', 'sda', '--config'), '');
    const found = await eventually('the definition is read again', async () => mine(await find())[0]);
    assert.equal(found.severity, 'information');
    assert.equal(found.title, `${name} on kvm1 runs without what its definition has: sda`);
    assert.deepEqual(found.evidence, [
      'sda: libvirt-pool/doctor-b in the definition, nothing in the running domain',
    ]);
    const run = new PlanRun(await planOf(found, /Attach sda/));
    await run.run(signal);
    assert.match(await targets(), /sda +libvirt-pool\/doctor-b/);
    await eventually('it is not found any more', async () => mine(await find()).length === 0);
    await run.undo();
    assert.doesNotMatch(await targets(), /sda/);
    assert.match(await kvm1.virsh('dumpxml', '--inactive', '--domain', name), /doctor-b/);
  });

  it('comes when the domain is shut down and started again', async () => {
    const found = await eventually('it is found', async () => mine(await find())[0]);
    const run = new PlanRun(await planOf(found, /Start It with sda/));
    assert.ok(run.plan.loses);
    const running = run.run(signal);
    await eventually('it is asked to shut down', () => {
      const [first] = run.steps;
      return Promise.resolve(first?.kind === 'running' && first.progress !== undefined);
    });
    // There is no guest that could.
    await kvm1.virsh('destroy', '--domain', name);
    await running;
    assert.match(await targets(), /sda +libvirt-pool\/doctor-b/);
  });

  it('is told with what QEMU says, and with its log, where attaching is refused', async () => {
    const said = await attach('doctor-none', 'sdx', '--live');
    assert.match(said, /blockdev-add/);
    const [found] = await find(said);
    assert.equal(found?.severity, 'error');
    assert.match(found.explanation[0] ?? '', /error reading header from doctor-none/);
    const shown = found.remedies.find(({ kind }) => kind === 'text');
    assert.ok(shown?.kind === 'text');
    assert.match(await shown.read({}), /starting up libvirt version/);
  });

  it('is explained by features that the client does not know, which a plan switches off and on again', async () => {
    const logged = [
      '2018-06-05 13:40:32.377678 7f99f5355c80 -1 librbd: Image uses unsupported features: 24',
      '2018-06-05T13:40:34.471447Z error reading header from doctor-a',
    ];
    await kvm1.run(['sh', '-c', 'printf "%s\\n" "$2" "$3" >>"$1"', 'sh', log, ...logged]);
    const said =
      "internal error: unable to execute QEMU command '__com.redhat_drive_add': Device 'drive-virtio-disk2' could not be initialized";
    const [found] = await find(said);
    assert.ok(found?.explanation.some((words) => words.includes('does not know: object-map, fast-diff')));
    const run = new PlanRun(await planOf(found, /Switch object-map, fast-diff of doctor-a Off/));
    await run.run(signal);
    assert.match(
      await rbd('info', `${cephPool}/doctor-a`),
      /features: layering, exclusive-lock, deep-flatten\n/,
    );
    await run.undo();
    const info = await rbd('info', `${cephPool}/doctor-a`);
    assert.match(info, /exclusive-lock, object-map, fast-diff, deep-flatten\n/);
    assert.doesNotMatch(info, /invalid/);
  });

  it('is told from the kernel that knows less than librbd', async () => {
    const said = 'rbd: image doctor-a: image uses unsupported features: 0x38';
    const complaint = complaintOf(imageFeaturesUnsupportedFailure, said, { kind: 'host', host: 'kvm1' });
    const [found] =
      (await imageFeaturesUnsupportedFailure.examineHost?.(new Patient(session, ward), complaint)) ?? [];
    assert.equal(
      found?.title,
      'libvirt-pool/doctor-a in ceph has features that the client does not know: object-map, fast-diff, deep-flatten',
    );
    assert.match(found.explanation[0] ?? '', /kernel/);
    const { loses } = await planOf(found, /Switch/);
    assert.match(loses ?? '', /deep-flatten/);
  });

  it('is found by a user too who may not read the log, which then says how; sudo without a password reads it', async () => {
    const visitor = await labSession(lab, 'qemu+ssh://vmadmin@kvm1/system');
    try {
      await visitor.connect();
      await eventually('the domain is known', () =>
        Promise.resolve(
          about.kind === 'domain' && visitor.require().inventory.domains.entries.has(about.uuid),
        ),
      );
      const patient = new Patient(visitor, { ...ward, sessions: [visitor], clusters: undefined });
      const said = "internal error: unable to execute QEMU command 'blockdev-add': x";
      const [found] = (await failure.examineHost?.(patient, complaintOf(failure, said, about))) ?? [];
      const shown = found?.remedies.find(({ kind }) => kind === 'text');
      assert.ok(shown?.kind === 'text');
      await assert.rejects(shown.read({}), { code: 'not-readable', advice: /sudo tail -n 200 '/ });
      await kvm1.machine.writeFile('/etc/sudoers.d/doctor', 'vmadmin ALL=(root) NOPASSWD: ALL\n', 0o440);
      assert.match(await shown.read({}), /starting up libvirt version/);
    } finally {
      await kvm1.exec(['rm', '-f', '/etc/sudoers.d/doctor']);
      visitor.dispose();
    }
  });

  it('can be followed in the log of its Ceph client, which is switched on for a running domain and off again', async () => {
    const lines = async (): Promise<number> =>
      Number(await kvm1.run(['sh', '-c', 'grep -c " librbd" -- "$1" || true', 'sh', log]));
    const [found] = await find("unable to execute QEMU command 'blockdev-add': x");
    const run = new PlanRun(await planOf(found, /Log What client.libvirt Does/));
    const logged = run.run(signal);
    await eventually('QEMU is told', async () => {
      await attach('doctor-none', 'sdx', '--live');
      return (await lines()) > 5;
    });
    await logged;
    assert.match(await ceph('config', 'dump'), /client\.libvirt +advanced +debug_rbd +20\/20/);
    const [left] = (await cephClientLoggingFailure.examineCluster?.(ward.cluster, ward)) ?? [];
    assert.equal(left?.title, 'client.libvirt of the cluster ceph logs for debugging');
    await run.undo();
    assert.doesNotMatch(await ceph('config', 'dump'), /debug_rbd|log_to_stderr/);
    await eventually('QEMU has stopped', async () => {
      const count = await lines();
      await attach('doctor-none', 'sdx', '--live');
      return (await lines()) === count;
    });
    assert.deepEqual(await cephClientLoggingFailure.examineCluster?.(ward.cluster, ward), []);
  });

  it('cannot be followed so by who may not change the configuration of the cluster, which is said', async () => {
    const { transport } = session.require();
    const { access } = ward.cluster.client;
    const keyring = await lab.ceph.machine.readFile('/etc/ceph/ceph.client.libvirt.keyring');
    await kvm1.machine.writeFile('/tmp/doctor.keyring', keyring, 0o600);
    const client = { transport, access: { ...access, clientId: 'libvirt', keyring: '/tmp/doctor.keyring' } };
    const shell = shellHostOf(session);
    const host = new Patient(session, ward).planHost;
    const plan = startLoggingPlan({ client, shell, clientId: 'libvirt' }, { host, name });
    await assert.rejects(new PlanRun(plan).run(signal), /client\.libvirt may not change the configuration/);
  });

  it('and logging that somebody has forgotten is ended by a plan, and set again by undo', async () => {
    await ceph('config', 'set', 'client.libvirt', 'debug_rbd', '10');
    const [left] = (await cephClientLoggingFailure.examineCluster?.(ward.cluster, ward)) ?? [];
    const run = new PlanRun(await planOf(left, /End the Logging/));
    await run.run(signal);
    assert.equal((await ceph('config', 'get', 'client.libvirt', 'debug_rbd')).trim(), '0/5');
    await run.undo();
    assert.equal((await ceph('config', 'get', 'client.libvirt', 'debug_rbd')).trim(), '10/10');
    await run.run(signal);
  });
});
