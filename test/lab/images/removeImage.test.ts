import assert from 'node:assert/strict';
import type { CephClient } from '../../../src/ceph/cephAccess.ts';
import { blockClient } from '../../../src/ceph/blocklist.ts';
import type { RbdImage } from '../../../src/ceph/rbd.ts';
import { lookBeforeRemoval } from '../../../src/hosts/clusters/removalLook.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import type { RemovalPlace } from '../../../src/operations/images/removeImage/imageSteps.ts';
import { removeNow } from '../../../src/operations/images/removeImage/imageSteps.ts';
import { needsSteps, refuseObstacles } from '../../../src/operations/images/removeImage/obstacles.ts';
import { removalPlan, trashPlan } from '../../../src/operations/images/removeImage/removalPlan.ts';
import { PlanRun } from '../../../src/operations/plan/runPlan.ts';
import { planScript } from '../../../src/operations/plan/planScript.ts';
import { shellHostOf } from '../../../src/hosts/shellHost.ts';
import { cephPool } from '../../../tools/lab/cephCluster.ts';
import { domainXml } from '../../../tools/lab/domains.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { eventually } from '../support/eventually.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { adminClient, type AdminClient } from './adminClient.ts';

const prefix = 'removal';

describe('removing an RBD image', function () {
  this.timeout(60_000);
  let lab: Lab;
  let kvm1: LabHost;
  let session: HostSession;
  let client: CephClient;
  let admin: AdminClient;

  const full = (name: string): string => `${cephPool}/${prefix}-${name}`;
  const rbd = (...args: string[]): Promise<string> => lab.ceph.machine.run(['rbd', ...args]);
  const isThere = async (name: string): Promise<boolean> =>
    (await rbd('ls', cephPool)).split('\n').includes(`${prefix}-${name}`);
  const placeOf = (name: string, whole = `${prefix}-${name}`): RemovalPlace => {
    const image: RbdImage = { pool: cephPool, namespace: undefined, image: whole };
    return {
      image,
      name: `${cephPool}/${whole}`,
      client,
      shell: shellHostOf(session),
      lookAgain: (options) =>
        lookBeforeRemoval({ image, client, cluster: undefined, sessions: [session] }, options),
      changed: () => undefined,
    };
  };
  const signal = new AbortController().signal;
  const options = { signal, report: (): void => undefined };
  const define = async (name: string, image: string): Promise<void> => {
    const spec = { name, title: name, memoryMiB: 64, vcpus: 1, disks: [{ image, target: 'vda' }] };
    await kvm1.virsh('define', await kvm1.writeXml(name, domainXml(spec)));
  };

  before(async () => {
    lab = await sharedLab();
    kvm1 = lab.host('kvm1');
    admin = await adminClient(lab);
    ({ session, client } = admin);
  });

  after(() => {
    admin.dispose();
  });

  it('is refused, and so is the trash, while a domain runs from it: Ceph itself would move it', async () => {
    for (const kind of ['remove', 'trash'] as const) {
      const place = placeOf('', 'web1-data');
      await assert.rejects(removeNow(place, kind, options), /web1-data is in use by web1 on kvm1\./);
    }
    assert.ok((await rbd('ls', cephPool)).split('\n').includes('web1-data'));
  });

  it('is one act where nothing stands in the way', async () => {
    await rbd('create', full('plain'), '--size', '16M');
    const place = placeOf('plain');
    assert.equal(needsSteps(await place.lookAgain({ signal }), 'remove'), false);
    await removeNow(place, 'remove', options);
    assert.equal(await isThere('plain'), false);
  });

  it('goes by a plan over clones, snapshots, locks, groups and definitions, which leaves the clone whole', async () => {
    await rbd('create', full('base'), '--size', '16M');
    await rbd('snap', 'create', '--no-progress', `${full('base')}@-x '1`);
    await rbd('snap', 'create', '--no-progress', `${full('base')}@s2`);
    await rbd('snap', 'protect', `${full('base')}@s2`);
    await rbd('clone', `${full('base')}@s2`, full('clone'));
    await rbd('lock', 'add', full('base'), '--', '-lock $(x)');
    await rbd('group', 'create', `${cephPool}/${prefix}-group`);
    await define(`${prefix}-dom`, `${prefix}-base`);
    await rbd('group', 'image', 'add', `${cephPool}/${prefix}-group`, full('base'));
    try {
      const place = placeOf('base');
      const look = await place.lookAgain({ signal });
      assert.throws(() => {
        refuseObstacles(look, 'remove');
      }, /has snapshots, clones or locks/);
      const plan = removalPlan(place, look);
      assert.deepEqual(
        plan.steps.map(({ title }) => title.replaceAll(`${cephPool}/${prefix}-`, '')),
        [
          `Detach vda from the definition of ${prefix}-dom on kvm1`,
          `Break the lock “-lock $(x)” of ${look.findings.locks[0]?.locker ?? ''} at ${look.findings.locks[0]?.address ?? ''}`,
          'Flatten the clone clone',
          'Remove 2 snapshots of base',
          'Take base out of the group group',
          'Look again, and delete base',
        ],
      );
      assert.match(planScript(plan).text, /virsh .*detach-disk/);
      await new PlanRun(plan).run(signal);
      assert.equal(await isThere('base'), false);
      assert.doesNotMatch(await rbd('info', full('clone')), /parent/);
      assert.doesNotMatch(await kvm1.virsh('dumpxml', `${prefix}-dom`), /<disk/);
    } finally {
      await kvm1.exec(['virsh', 'undefine', `${prefix}-dom`]);
      await rbd('rm', '--no-progress', full('clone'));
      await rbd('group', 'rm', `${cephPool}/${prefix}-group`);
    }
  });

  it('shuts the running domain down first; undo restores the image from the trash and starts the domain', async () => {
    await rbd('clone', `${cephPool}/template-linux@golden`, full('disk'));
    await define(`${prefix}-run`, `${prefix}-disk`);
    await kvm1.virsh('start', `${prefix}-run`);
    try {
      const place = placeOf('disk');
      const look = await eventually('the domain is known to run', async () => {
        const now = await place.lookAgain({ signal });
        return now.onHosts.users.some(({ isRunning }) => isRunning) && now;
      });
      const plan = trashPlan(place, look, undefined);
      assert.equal(plan.steps.length, 2);
      // The guest has just begun to boot and may not hear the power button: that is tried here by force.
      await kvm1.virsh('destroy', `${prefix}-run`);
      const run = new PlanRun(plan);
      await run.run(signal);
      assert.equal(run.steps[0]?.kind, 'already');
      assert.equal(await isThere('disk'), false);
      await run.undo();
      assert.equal(await isThere('disk'), true);
    } finally {
      await kvm1.exec(['virsh', 'destroy', `${prefix}-run`]);
      await kvm1.exec(['virsh', 'undefine', `${prefix}-run`]);
      await rbd('rm', '--no-progress', full('disk'));
    }
  });

  it('puts the disk back into the definition when a later step fails', async () => {
    await rbd('create', full('kept'), '--size', '16M');
    await define(`${prefix}-dom`, `${prefix}-kept`);
    try {
      const place = placeOf('kept');
      const look = await place.lookAgain({ signal });
      await rbd('snap', 'create', '--no-progress', `${full('kept')}@late`);
      await assert.rejects(
        new PlanRun(removalPlan(place, look)).run(signal),
        /has snapshots, clones or locks/,
      );
      assert.match(await kvm1.virsh('dumpxml', `${prefix}-dom`), new RegExp(`${prefix}-kept`));
      assert.equal(await isThere('kept'), true);
    } finally {
      await kvm1.exec(['virsh', 'undefine', `${prefix}-dom`]);
      await rbd('snap', 'purge', '--no-progress', full('kept'));
      await rbd('rm', '--no-progress', full('kept'));
    }
  });

  it('says whose clones are in the trash, which no step can clear away', async () => {
    await rbd('create', full('parent'), '--size', '16M');
    await rbd('snap', 'create', '--no-progress', `${full('parent')}@s`);
    await rbd('snap', 'protect', `${full('parent')}@s`);
    await rbd('clone', `${full('parent')}@s`, full('child'));
    await rbd('trash', 'mv', full('child'));
    try {
      const look = await placeOf('parent').lookAgain({ signal });
      assert.throws(() => {
        refuseObstacles(look, 'remove');
      }, /has clones in the trash: .*child/);
    } finally {
      const trash = await rbd('trash', 'ls', cephPool);
      const id = /^(\S+) removal-child$/m.exec(trash)?.[1] ?? '';
      await rbd('trash', 'restore', '--pool', cephPool, '--image-id', id);
      await rbd('rm', '--no-progress', full('child'));
      await rbd('snap', 'unprotect', `${full('parent')}@s`);
      await rbd('snap', 'purge', '--no-progress', full('parent'));
      await rbd('rm', '--no-progress', full('parent'));
    }
  });

  it('can shut a client out of the cluster', async () => {
    const address = '10.99.0.7:0/4711';
    await blockClient(client, address);
    assert.match(await lab.ceph.machine.run(['ceph', 'osd', 'blocklist', 'ls']), /10\.99\.0\.7:0\/4711/);
    await lab.ceph.machine.run(['ceph', 'osd', 'blocklist', 'rm', address]);
  });
});
