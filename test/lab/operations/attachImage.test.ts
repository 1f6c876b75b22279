import assert from 'node:assert/strict';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { planHostOf } from '../../../src/hosts/shellHost.ts';
import { lookupDomainByName } from '../../../src/libvirt/domains.ts';
import type { DomainRef } from '../../../src/libvirt/protocol/refs.ts';
import {
  attachImagePlan,
  type ImageAttachment,
} from '../../../src/operations/attachImage/attachImagePlan.ts';
import { proposeSerial } from '../../../src/operations/attachImage/diskSerial.ts';
import { findImageLogin, type ImageLogin } from '../../../src/operations/attachImage/imageLogin.ts';
import type { PlanCluster } from '../../../src/operations/connectPool/poolConnection.ts';
import { planScript } from '../../../src/operations/plan/planScript.ts';
import { PlanRun } from '../../../src/operations/plan/runPlan.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { labSession } from '../support/labSession.ts';
import { untilBooted } from '../devices/place.ts';
import { sharedLab } from '../support/sharedLab.ts';

const never = new AbortController().signal;
const domainName = 'web1';

describe('an RBD image that is attached to a domain', function () {
  this.timeout(120_000);
  let lab: Lab;
  let kvm1: LabHost;
  let session: HostSession;
  let domain: DomainRef;
  let cluster: PlanCluster;

  before(async () => {
    lab = await sharedLab();
    kvm1 = lab.host('kvm1');
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    const { connection, transport } = await session.connect();
    await untilBooted(kvm1);
    domain = await lookupDomainByName(connection, domainName);
    const { host: name, port } = lab.ceph.monitor;
    cluster = {
      name: 'ceph',
      client: {
        transport,
        access: {
          monitors: [],
          clientId: 'admin',
          key: undefined,
          configFile: '/etc/ceph/ceph.conf',
          settings: new Map(),
        },
      },
      shell: planHostOf(session).shell,
      monitors: [{ name, port }],
    };
    await lab.ceph.run(['rbd', 'create', `${lab.ceph.pool}/data 1`, '--size', '8M']);
    await lab.ceph.run(['ceph', 'osd', 'pool', 'create', 'unconnected', '4']);
    await lab.ceph.run(['rbd', 'pool', 'init', 'unconnected']);
    await lab.ceph.run(['rbd', 'create', 'unconnected/data', '--size', '8M']);
  });

  after(async () => {
    session.dispose();
    await lab.ceph.run(['rbd', 'rm', `${lab.ceph.pool}/data 1`]);
    await lab.ceph.run([
      'ceph',
      'osd',
      'pool',
      'delete',
      'unconnected',
      'unconnected',
      '--yes-i-really-really-mean-it',
    ]);
  });

  const loginFor = (pool: string): Promise<ImageLogin> =>
    findImageLogin(planHostOf(session), [], cluster, { pool, namespace: undefined });

  function attachment(pool: string, image: string, login: ImageLogin, target: string): ImageAttachment {
    const { user: username, secret } = login;
    return {
      host: planHostOf(session),
      domain,
      cluster,
      image: { pool, namespace: undefined, image },
      login,
      effect: 'both',
      drive: {
        device: 'disk',
        source: {
          kind: 'rbd',
          image: `${pool}/${image}`,
          monitors: cluster.monitors.map(({ name, port }) => ({ name, port })),
          auth: { username, secretUuid: secret.uuid },
        },
        place: { bus: 'virtio', target, drive: undefined, controller: undefined },
        cache: undefined,
        discard: 'unmap',
        serial: proposeSerial(image, []),
        readOnly: false,
        shareable: false,
      },
    };
  }

  it('logs in by what the host has, is seen open by Ceph, and detached again', async () => {
    const login = await loginFor(lab.ceph.pool);
    assert.ok(login.isReady);
    assert.equal(login.user, 'libvirt');
    const plan = attachImagePlan(attachment(lab.ceph.pool, 'data 1', login, 'vdx'));
    assert.equal(plan.steps.length, 2);
    const run = new PlanRun(plan);
    await run.run(never);
    const last = run.steps.at(-1);
    assert.ok(last?.kind === 'done');
    assert.match(last.note ?? '', new RegExp(`QEMU has it open: the watcher ${kvm1.address}`));
    for (const xml of [
      await kvm1.virsh('dumpxml', domainName),
      await kvm1.virsh('dumpxml', '--inactive', domainName),
    ]) {
      assert.match(xml, /<source protocol='rbd' name='libvirt-pool\/data 1'/);
      assert.match(xml, /<serial>data-1<\/serial>/);
    }
    await run.undo();
    assert.doesNotMatch(await kvm1.virsh('domblklist', domainName), /vdx/);
    assert.doesNotMatch(await kvm1.virsh('domblklist', '--inactive', domainName), /vdx/);
  });

  it('of a pool that nobody may use yet is attached after its user was let, and all of that is undone', async () => {
    const users = await lab.ceph.ceph('auth', 'get', 'client.libvirt');
    const login = await loginFor('unconnected');
    assert.equal(login.isReady, false);
    assert.equal(login.user, 'libvirt');
    const run = new PlanRun(attachImagePlan(attachment('unconnected', 'data', login, 'vdy')));
    await run.run(never);
    assert.match(await kvm1.virsh('domblklist', domainName), /vdy\s+unconnected\/data/);
    assert.doesNotMatch(
      planScript(run.plan).text,
      new RegExp((await lab.ceph.libvirtKey()).replaceAll('+', '\\+')),
    );
    await run.undo();
    assert.doesNotMatch(await kvm1.virsh('domblklist', domainName), /vdy/);
    assert.deepEqual(await lab.ceph.ceph('auth', 'get', 'client.libvirt'), users);
  });

  it('is refused in words where Ceph does not let its user', async () => {
    const login = await loginFor('unconnected');
    const isReady = { ...login, isReady: true };
    const run = new PlanRun(attachImagePlan(attachment('unconnected', 'data', isReady, 'vdz')));
    await assert.rejects(run.run(never), /The Ceph user may not use the image data/);
    assert.doesNotMatch(await kvm1.virsh('domblklist', domainName), /vdz/);
  });

  it('is called by its name in the guest, as far as that is free', () => {
    assert.equal(proposeSerial('web1-data', []), 'web1-data');
    assert.equal(proposeSerial('a b/漢', ['a-b']), 'a-b-2');
    assert.equal(proposeSerial('x'.repeat(40), ['x'.repeat(20)]), `${'x'.repeat(18)}-2`);
    assert.equal(proposeSerial('漢字', []), undefined);
  });
});
