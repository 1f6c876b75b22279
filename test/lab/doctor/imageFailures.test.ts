import assert from 'node:assert/strict';
import type { Failure } from '../../../src/doctor/failure.ts';
import { imageHasSnapshotsFailure } from '../../../src/doctor/failures/images/imageHasSnapshots.ts';
import { imageInTrashFailure } from '../../../src/doctor/failures/images/imageInTrash.ts';
import { imageInUseFailure } from '../../../src/doctor/failures/images/imageInUse.ts';
import type { Finding } from '../../../src/doctor/finding.ts';
import { Patient } from '../../../src/doctor/patient.ts';
import type { Subject } from '../../../src/doctor/subject.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { PlanRun } from '../../../src/operations/plan/runPlan.ts';
import { cephPool } from '../../../tools/lab/cephCluster.ts';
import { rbdPoolName } from '../../../tools/lab/domains.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { defineScratch, forgetDomain, rbdDisk } from '../domains/scratchDomain.ts';
import { eventually } from '../support/eventually.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { clusterWard, type ClusterWard } from './support/clusterWard.ts';
import { complaintOf } from './labPatient.ts';
import { planOf } from './support/patientOf.ts';

const name = "doctor-images $(x) 'y'";
const image = 'doctor-held';

describe('an image that will not go away', function () {
  this.timeout(60_000);
  let lab: Lab;
  let kvm1: LabHost;
  let session: HostSession;
  let ward: ClusterWard;

  const signal = new AbortController().signal;
  const rbd = (...args: string[]): Promise<string> => lab.ceph.machine.run(['rbd', ...args]);
  const images = async (): Promise<readonly string[]> => (await rbd('ls', cephPool)).trim().split('\n');
  const volume = (one: string): Subject => ({ kind: 'volume', host: 'kvm1', pool: rbdPoolName, name: one });
  const find = async (failure: Failure, said?: string, about?: Subject): Promise<readonly Finding[]> =>
    (await failure.examineHost?.(
      new Patient(session, ward),
      said === undefined ? undefined : complaintOf(failure, said, about),
    )) ?? [];
  /** What libvirt says when a volume is deleted. */
  const deleteVolume = async (one: string): Promise<string> => {
    await kvm1.virsh('pool-refresh', rbdPoolName);
    const { exitCode, stderr } = await kvm1.exec(['virsh', '-q', 'vol-delete', one, rbdPoolName]);
    assert.notEqual(exitCode, 0);
    return stderr;
  };
  const start = async (): Promise<void> => {
    await kvm1.virsh('start', name);
    await eventually('it has the image open', async () =>
      (await rbd('status', `${cephPool}/${image}`)).includes('watcher='),
    );
  };
  const uuidOf = async (): Promise<string> => (await kvm1.virsh('domuuid', name)).trim();

  before(async () => {
    lab = await sharedLab();
    kvm1 = lab.host('kvm1');
    await rbd('create', `${cephPool}/${image}`, '--size', '16M');
    await defineScratch(kvm1, name, { devices: [rbdDisk(image, 'vda')] });
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    await session.connect();
    ward = await clusterWard(session);
    await eventually('the domain is known', () =>
      Promise.resolve(
        [...session.require().inventory.domains.entries.values()].some(({ ref }) => ref.name === name),
      ),
    );
  });

  after(async () => {
    ward.dispose();
    session.dispose();
    await forgetDomain(kvm1, name);
    for (const one of [image, 'doctor-base', 'doctor-clone'])
      await lab.ceph.machine.exec(['rbd', 'rm', '--no-progress', `${cephPool}/${one}`]);
  });

  it('that is off and free is not found in a check-up', async () => {
    for (const failure of [imageInUseFailure, imageHasSnapshotsFailure, imageInTrashFailure])
      assert.deepEqual(
        (await find(failure)).filter(({ title }) => title.includes(image)),
        [],
      );
  });

  it('is said by libvirt not to exist while a domain runs from it, and the domain is named by its host', async () => {
    await start();
    try {
      const said = await deleteVolume(image);
      assert.match(said, /failed to remove volume 'libvirt-pool\/doctor-held': No such file or directory/);
      const [found] = await find(imageInUseFailure, said, volume(image));
      assert.equal(found?.title, `libvirt-pool/doctor-held in ceph cannot be removed: it is open`);
      assert.deepEqual(found.about, {
        kind: 'image',
        cluster: ward.cluster.id,
        image: { pool: cephPool, namespace: undefined, image },
      });
      assert.ok(found.explanation[0]?.includes(`${name} on kvm1`));
      assert.deepEqual(
        found.remedies.map(({ kind }) => kind),
        ['plan', 'command'],
      );
      assert.deepEqual(await find(imageHasSnapshotsFailure, said, volume(image)), []);
    } finally {
      await kvm1.virsh('destroy', name);
    }
  });

  it('is told for an error of rbd too, by the cluster, and only by the cluster that it is in', async () => {
    await start();
    try {
      const { stderr } = await lab.ceph.machine.exec(['rbd', 'rm', '--no-progress', `${cephPool}/${image}`]);
      const about: Subject = {
        kind: 'image',
        cluster: ward.cluster.id,
        image: { pool: cephPool, namespace: undefined, image },
      };
      const ask = (subject: Subject): Promise<readonly Finding[]> | undefined =>
        imageInUseFailure.examineCluster?.(
          ward.cluster,
          ward,
          complaintOf(imageInUseFailure, stderr, subject),
        );
      assert.equal((await ask(about))?.length, 1);
      assert.deepEqual(await ask({ ...about, cluster: 'another' }), []);
    } finally {
      await kvm1.virsh('destroy', name);
    }
  });

  it('is free again when its holder has let go, and said to be so', async () => {
    await eventually(
      'nobody has it open',
      async () => !(await rbd('status', `${cephPool}/${image}`)).includes('watcher='),
    );
    const said = "failed to remove volume 'libvirt-pool/doctor-held': No such file or directory";
    const [found] = await find(imageInUseFailure, said, { kind: 'host', host: 'kvm1' });
    assert.equal(found?.title, 'Nobody has libvirt-pool/doctor-held in ceph open now');
  });

  it('is found in a check-up when somebody has locked it by hand', async () => {
    await rbd('lock', 'add', `${cephPool}/${image}`, "my lock's");
    try {
      const found = (await find(imageInUseFailure)).find(({ title }) => title.includes(image));
      assert.match(found?.evidence.join() ?? '', /lock “my lock's” of client\.\d+ at 10\.10\.0\.1:/);
      assert.deepEqual(
        found?.remedies.map((one) => one.kind === 'command' && one.command),
        ['libvirt.image.showUses', 'libvirt.image.breakLock'],
      );
    } finally {
      const [lock] = JSON.parse(
        await rbd('lock', 'ls', '--format', 'json', `${cephPool}/${image}`),
      ) as readonly { readonly id: string; readonly locker: string }[];
      await rbd('lock', 'rm', `${cephPool}/${image}`, lock?.id ?? '', lock?.locker ?? '');
    }
  });

  it('is found in a check-up when somebody unknown has it open while its domain is off, and the client is shut out', async () => {
    const bench = ['timeout', '40', 'rbd', 'bench', '--io-type', 'write', '--io-size', '4K'];
    const holding = lab.ceph.machine.exec([...bench, '--io-total', '20G', `${cephPool}/${image}`]);
    const found = await eventually('the stranger is found', async () =>
      (await find(imageInUseFailure)).find(({ title }) => title.includes(image)),
    );
    assert.equal(found.severity, 'warning');
    assert.match(found.evidence.join('\n'), /watcher 10\.10\.0\.1:.*no connected host/);
    const said = 'rbd: error: image still has watchers';
    const [complained] =
      (await imageInUseFailure.examineCluster?.(
        ward.cluster,
        ward,
        complaintOf(imageInUseFailure, said, found.about),
      )) ?? [];
    const blocked = (): Promise<string> => lab.ceph.machine.run(['ceph', 'osd', 'blocklist', 'ls']);
    const before = await blocked();
    const run = new PlanRun(await planOf(complained, /Shut the Client out/));
    assert.ok(run.plan.loses);
    await run.run(signal);
    assert.equal(run.state, 'done');
    assert.notEqual((await holding).exitCode, 0);
    assert.notEqual(await blocked(), before);
    await run.undo();
    assert.equal(await blocked(), before);
  });

  it('with protected snapshots and a clone is told from one in use, and deleted by a plan that leaves the clone', async () => {
    const base = `${cephPool}/doctor-base`;
    await rbd('create', base, '--size', '16M');
    await rbd('snap', 'create', '--no-progress', `${base}@s1`);
    await rbd('snap', 'protect', `${base}@s1`);
    await rbd('clone', `${base}@s1`, `${cephPool}/doctor-clone`);
    const said = await deleteVolume('doctor-base');
    assert.deepEqual(await find(imageInUseFailure, said, volume('doctor-base')), []);
    const [found] = await find(imageHasSnapshotsFailure, said, volume('doctor-base'));
    assert.deepEqual(found?.evidence, ['snapshot s1 (user), protected', 'clone libvirt-pool/doctor-clone']);
    const { stderr } = await lab.ceph.machine.exec(['rbd', 'snap', 'unprotect', `${base}@s1`]);
    const [snapshot] = await find(imageHasSnapshotsFailure, `${stderr} '${base}'`, {
      kind: 'host',
      host: 'kvm1',
    });
    assert.equal(
      snapshot?.title,
      'Snapshots of libvirt-pool/doctor-base in ceph are protected, or have clones',
    );
    const run = new PlanRun(await planOf(found, /Delete the Image/));
    await run.run(signal);
    assert.equal(run.state, 'done');
    assert.deepEqual(
      (await images()).filter((one) => one.startsWith('doctor-')),
      ['doctor-clone', image],
    );
    assert.doesNotMatch(await rbd('info', `${cephPool}/doctor-clone`), /parent/);
  });

  it('in the trash is found while its domain runs from it, and restored', async () => {
    await start();
    try {
      await rbd('trash', 'mv', `${cephPool}/${image}`);
      const [found] = await find(imageInTrashFailure);
      assert.equal(
        found?.title,
        `${name} on kvm1 runs from an image that is in the trash: libvirt-pool/doctor-held`,
      );
      const run = new PlanRun(await planOf(found, /Restore/));
      await run.run(signal);
      assert.ok((await images()).includes(image));
      await run.undo();
      assert.ok(!(await images()).includes(image));
    } finally {
      await kvm1.virsh('destroy', name);
    }
    const { stderr } = await kvm1.exec(['virsh', '-q', 'start', name]);
    const about: Subject = { kind: 'domain', host: 'kvm1', name, uuid: await uuidOf() };
    const found = await eventually('it is off', async () => {
      const [one] = await find(imageInTrashFailure, stderr, about);
      return one?.title.includes('does not start') === true && one;
    });
    const run = new PlanRun(await planOf(found, /Restore/));
    await run.run(signal);
    assert.deepEqual(await find(imageInTrashFailure), []);
  });

  it('goes by the plan that is offered: its domain is shut down, lets go of it, and it is gone', async () => {
    await start();
    const said = await deleteVolume(image);
    const [found] = await find(imageInUseFailure, said, volume(image));
    const run = new PlanRun(await planOf(found, /Shut Down/));
    assert.match(run.plan.loses ?? '', /lost for good/);
    const running = run.run(signal);
    await eventually('its guest is asked to shut down', () => {
      const [first] = run.steps;
      return Promise.resolve(first?.kind === 'running' && first.progress !== undefined);
    });
    // There is none.
    await kvm1.virsh('destroy', name);
    await running;
    assert.equal(run.state, 'done');
    assert.ok(!(await images()).includes(image));
    assert.doesNotMatch(await kvm1.virsh('dumpxml', '--inactive', name), /doctor-held/);
  });
});
