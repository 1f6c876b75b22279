import assert from 'node:assert/strict';
import type { Failure } from '../../../src/doctor/failure.ts';
import { capsTooNarrowFailure } from '../../../src/doctor/failures/cephx/capsTooNarrow.ts';
import { clientPrefixInUsernameFailure } from '../../../src/doctor/failures/cephx/clientPrefixInUsername.ts';
import { unknownCephUserFailure } from '../../../src/doctor/failures/cephx/unknownCephUser.ts';
import { wrongKeyFailure } from '../../../src/doctor/failures/cephx/wrongKey.ts';
import { cephUnreachableFailure } from '../../../src/doctor/failures/reach/cephUnreachable.ts';
import type { Finding } from '../../../src/doctor/finding.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { planScript } from '../../../src/operations/plan/planScript.ts';
import { newCephxKey } from '../../../tools/lab/cephKeys.ts';
import { secretUuid } from '../../../tools/lab/domains.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { complaintOf, LabWard, planOf, runPlan } from './labPatient.ts';
import { defineRbdDomain, defineRbdPool, libvirtAuth, setKey, startError } from './support/rbdDomain.ts';

const hostName = 'refused';
const image = 'refused-disk';
const user = 'refused-user';

const poolAuth = (name: string): string =>
  `<auth type='ceph' username='${name}'><secret uuid='${secretUuid}'/></auth>`;
const diskAuth = (name: string): string => libvirtAuth.replace("'libvirt'", `'${name}'`);

describe('a login that Ceph refuses', function () {
  this.timeout(60_000);
  let lab: Lab;
  let host: LabHost;
  let session: HostSession;
  let ward: LabWard;
  let key: string;

  const all: readonly Failure[] = [
    wrongKeyFailure,
    unknownCephUserFailure,
    clientPrefixInUsernameFailure,
    capsTooNarrowFailure,
    cephUnreachableFailure,
  ];
  /** What all of them say of the host: exactly one may know it. */
  const findings = (): Promise<readonly Finding[]> => ward.examine(all, session);
  const only = async (failure: Failure): Promise<Finding> => {
    const found = await findings();
    assert.deepEqual(
      found.map((one) => one.failure),
      [failure.id],
    );
    const [finding] = found;
    assert.ok(finding);
    return finding;
  };
  before(async () => {
    lab = await sharedLab();
    host = await lab.addHost({ name: hostName, pool: 'absent', cephAdmin: false });
    key = await lab.ceph.libvirtKey();
    await lab.ceph.run(['rbd', 'create', `${lab.ceph.pool}/${image}`, '--size', '8M']);
    await defineRbdPool(host, 'vms', poolAuth('libvirt'));
    await defineRbdDomain(host, { name: 'one', image: `${lab.ceph.pool}/${image}` });
    session = await labSession(lab, `qemu+ssh://${hostName}/system`);
    ward = new LabWard([session, await labSession(lab, 'qemu+ssh://kvm1/system')]);
    await ward.ready();
  });

  after(async () => {
    ward.dispose();
    await lab.removeHost(hostName);
    await lab.ceph.run(['rbd', 'rm', '--no-progress', `${lab.ceph.pool}/${image}`]);
  });

  it('is none where user, key and capabilities are right', async () => {
    assert.deepEqual(await findings(), []);
  });

  it('is one with a wrong key, told from the others, and cured from Ceph without showing a key', async () => {
    const wrong = newCephxKey();
    await setKey(host, secretUuid, wrong);
    const said = await startError(host, 'one');
    assert.match(said, /error connecting: Permission denied/);
    const finding = await only(wrongKeyFailure);
    assert.equal(
      finding.title,
      `The secret client.libvirt secret on ${hostName} does not hold the key of client.libvirt.`,
    );
    assert.deepEqual([finding.about.kind, finding.others?.map(({ kind }) => kind)], ['pool', ['domain']]);
    const domain = finding.others?.[0];
    const [explained] = await ward.examine(
      wrongKeyFailure,
      session,
      complaintOf(wrongKeyFailure, said, domain),
    );
    assert.deepEqual(explained?.about, domain);
    const pool = complaintOf(
      wrongKeyFailure,
      'failed to connect to the RADOS monitor on: 10.10.0.1:6789,: No such file or directory',
      finding.about,
    );
    const [ofPool] = await ward.examine(wrongKeyFailure, session, pool);
    const plan = await planOf(ofPool);
    const { text } = planScript(plan);
    for (const shown of [text, JSON.stringify(finding)])
      assert.ok(!shown.includes(key) && !shown.includes(wrong));
    const run = await runPlan(plan);
    assert.deepEqual(await findings(), []);
    assert.match(await host.virsh('pool-info', 'vms'), /State: +running/);
    await run.undo();
    assert.equal((await host.virsh('secret-get-value', secretUuid)).trim(), wrong);
    assert.match(await host.virsh('pool-info', 'vms'), /State: +inactive/);
    await setKey(host, secretUuid, key);
    assert.equal(await startError(host, 'one'), '');
  });

  it('is not told apart where no host may ask Ceph, and that is said', async () => {
    await setKey(host, secretUuid, newCephxKey());
    const alone = new LabWard([session]);
    try {
      await alone.clusters.settled();
      const [finding] = await alone.examine(wrongKeyFailure, session);
      assert.equal(
        finding?.title,
        `Ceph refuses the login of the storage pool vms on ${hostName} as client.libvirt.`,
      );
      assert.deepEqual(
        finding.remedies.map(({ kind }) => kind),
        ['command', 'document'],
      );
    } finally {
      alone.clusters.dispose();
      await setKey(host, secretUuid, key);
    }
  });

  it('has the text of a key in place of the key, which is seen and mended without asking Ceph', async () => {
    const twice = Buffer.from(`${key}\n`).toString('base64');
    await setKey(host, secretUuid, twice);
    const alone = new LabWard([session]);
    try {
      await alone.clusters.settled();
      const [finding] = await alone.examine(wrongKeyFailure, session);
      assert.match(finding?.explanation[0] ?? '', /encoded in base64 twice/);
      const run = await runPlan(await planOf(finding));
      assert.equal((await host.virsh('secret-get-value', secretUuid)).trim(), key);
      assert.deepEqual(await alone.examine(wrongKeyFailure, session), []);
      await run.undo();
      assert.equal((await host.virsh('secret-get-value', secretUuid)).trim(), twice);
    } finally {
      alone.clusters.dispose();
      await setKey(host, secretUuid, key);
    }
  });

  it('is one as a user whom Ceph does not have, who is created and removed again', async () => {
    await defineRbdDomain(host, { name: 'two', image: `${lab.ceph.pool}/${image}`, auth: diskAuth(user) });
    assert.match(await startError(host, 'two'), /error connecting: Permission denied/);
    const finding = await only(unknownCephUserFailure);
    assert.equal(
      finding.title,
      `Ceph has no user client.${user}, as which vda of two on ${hostName} logs in.`,
    );
    const run = await runPlan(await planOf(finding));
    assert.equal(await startError(host, 'two'), '');
    await run.undo();
    assert.notEqual((await lab.ceph.exec(['ceph', 'auth', 'get', `client.${user}`])).exitCode, 0);
    assert.equal((await host.virsh('secret-get-value', secretUuid)).trim(), key);
    await host.virsh('undefine', 'two');
  });

  it('is one as client.client.libvirt, mended in the definition of a domain and of a pool', async () => {
    const image1 = `${lab.ceph.pool}/${image}`;
    await defineRbdDomain(host, { name: 'three', image: image1, auth: diskAuth('client.libvirt') });
    await host.virsh('pool-undefine', 'vms');
    await defineRbdPool(host, 'vms', poolAuth('client.libvirt'));
    const found = await findings();
    assert.deepEqual(
      found.map(({ failure }) => failure),
      Array(2).fill(clientPrefixInUsernameFailure.id),
    );
    const before = await host.virsh('dumpxml', '--inactive', '--security-info', 'three');
    for (const finding of found) {
      const run = await runPlan(await planOf(finding));
      if (finding.about.kind === 'pool') await host.virsh('pool-start', 'vms');
      else assert.equal(await startError(host, 'three'), '');
      if (finding.about.kind === 'pool') await host.virsh('pool-destroy', 'vms');
      await run.undo();
    }
    assert.equal(await host.virsh('dumpxml', '--inactive', '--security-info', 'three'), before);
    assert.match(await host.virsh('pool-dumpxml', 'vms'), /username='client\.libvirt'/);
    await host.virsh('undefine', 'three');
    await host.virsh('pool-undefine', 'vms');
    await defineRbdPool(host, 'vms', poolAuth('libvirt'));
  });
});
