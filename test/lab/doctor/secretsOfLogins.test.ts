import assert from 'node:assert/strict';
import { poolSecretByUsageFailure } from '../../../src/doctor/failures/cephx/poolSecretByUsage.ts';
import { secretMissingFailure } from '../../../src/doctor/failures/cephx/secretMissing.ts';
import { secretNotOnAllHostsFailure } from '../../../src/doctor/failures/cephx/secretNotOnAllHosts.ts';
import { secretWithoutValueFailure } from '../../../src/doctor/failures/cephx/secretWithoutValue.ts';
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
import { defineRbdDomain, defineRbdPool, setKey, startError } from './support/rbdDomain.ts';

const hostName = 'secretless';
const image = 'secretless-disk';
const otherUuid = '3f2b1c9a-7d54-4e0b-9a16-5c8e2d7f4b61';

describe('the secret of a login', function () {
  this.timeout(60_000);
  let lab: Lab;
  let host: LabHost;
  let session: HostSession;
  let kvm1: HostSession;
  let ward: LabWard;
  let key: string;

  const all = [
    secretMissingFailure,
    secretWithoutValueFailure,
    secretNotOnAllHostsFailure,
    poolSecretByUsageFailure,
  ];
  const found = (of: HostSession = session): Promise<readonly Finding[]> => ward.examine(all, of);
  const ids = (findings: readonly Finding[]): readonly string[] => findings.map(({ failure }) => failure);
  const valueOf = async (uuid: string): Promise<string> =>
    (await host.virsh('secret-get-value', uuid)).trim();

  before(async () => {
    lab = await sharedLab();
    host = await lab.addHost({ name: hostName, pool: 'absent', secret: 'absent', cephAdmin: false });
    key = await lab.ceph.libvirtKey();
    await lab.ceph.run(['rbd', 'create', `${lab.ceph.pool}/${image}`, '--size', '8M']);
    await defineRbdDomain(host, { name: 'needy', image: `${lab.ceph.pool}/${image}` });
    [session, kvm1] = await Promise.all([
      labSession(lab, `qemu+ssh://${hostName}/system`),
      labSession(lab, 'qemu+ssh://kvm1/system'),
    ]);
    ward = new LabWard([session, kvm1]);
    await ward.ready();
  });

  after(async () => {
    ward.dispose();
    await lab.removeHost(hostName);
    await lab.ceph.run(['rbd', 'rm', '--no-progress', `${lab.ceph.pool}/${image}`]);
  });

  it('is missing: it is copied from another host, or defined with the key from Ceph, and taken away again', async () => {
    const said = await startError(host, 'needy');
    const complaint = complaintOf(secretMissingFailure, said);
    assert.equal((await ward.examine(secretMissingFailure, session, complaint)).length, 1);
    const findings = await found();
    assert.deepEqual(ids(findings), [secretMissingFailure.id]);
    const [finding] = findings;
    assert.equal(finding?.title, `${hostName} has no secret ${secretUuid}, which vda of needy names.`);
    const plans = await Promise.all(
      finding.remedies.flatMap((remedy) => (remedy.kind === 'plan' ? [remedy.plan({})] : [])),
    );
    assert.deepEqual(
      finding.remedies.map(({ title }) => title),
      [
        'Copy the secret from kvm1',
        'Define the secret with the key of client.libvirt',
        'Name another secret in the XML',
      ],
    );
    for (const plan of plans) {
      assert.ok(!planScript(plan).text.includes(key));
      const run = await runPlan(plan);
      assert.deepEqual(await found(), []);
      assert.equal(await startError(host, 'needy'), '');
      await run.undo();
      assert.equal((await host.virsh('secret-list')).trim(), '');
    }
  });

  it('is not on a host of the same cluster, which is told of the host that has it before anything moves', async () => {
    const findings = await found(kvm1);
    assert.deepEqual(ids(findings), [secretNotOnAllHostsFailure.id]);
    const [finding] = findings;
    assert.equal(finding?.severity, 'warning');
    assert.ok(finding.evidence.includes(`${hostName} has no such secret.`));
    const run = await runPlan(await planOf(finding));
    assert.equal(await valueOf(secretUuid), key);
    assert.deepEqual(await found(kvm1), []);
    await run.undo();
    assert.equal((await host.virsh('secret-list')).trim(), '');
  });

  it('has no value, and then another one than elsewhere: both are found, cured and given back', async () => {
    await host.machine.writeFile(
      '/tmp/secret.xml',
      `<secret><uuid>${secretUuid}</uuid><usage type='ceph'><name>client.libvirt secret</name></usage></secret>`,
    );
    await host.virsh('secret-define', '/tmp/secret.xml');
    const said = await startError(host, 'needy');
    const about = {
      kind: 'secret',
      host: hostName,
      name: 'client.libvirt secret',
      uuid: secretUuid,
    } as const;
    const complaint = complaintOf(secretWithoutValueFailure, said, about);
    assert.equal((await ward.examine(secretWithoutValueFailure, session, complaint)).length, 1);
    const [finding] = await found();
    assert.equal(finding?.failure, secretWithoutValueFailure.id);
    const run = await runPlan(await planOf(finding));
    assert.deepEqual(await found(), []);
    await run.undo();
    assert.match(await startError(host, 'needy'), /does not have a value/);

    const wrong = newCephxKey();
    await setKey(host, secretUuid, wrong);
    const [different] = await found(kvm1);
    assert.ok(different?.evidence.includes(`On ${hostName} it has another value.`));
    const copied = await runPlan(await planOf(different));
    assert.equal(await valueOf(secretUuid), key);
    await copied.undo();
    assert.equal(await valueOf(secretUuid), wrong);
    await setKey(host, secretUuid, key);
    assert.deepEqual([...(await found()), ...(await found(kvm1))], []);
  });

  it('is named by usage in a pool, which virt-install loses: the pool names it by UUID, and again as before', async () => {
    const usage = `<auth type='ceph' username='libvirt'><secret usage='client.libvirt secret'/></auth>`;
    await defineRbdPool(host, 'by-usage', usage);
    const lost = `<auth username='libvirt'><secret type='ceph'/></auth>`;
    const said = await defineRbdDomain(host, {
      name: 'lost',
      image: `${lab.ceph.pool}/${image}`,
      auth: lost,
    }).then(() => '', String);
    const complaint = complaintOf(poolSecretByUsageFailure, said);
    await host.virsh('pool-start', 'by-usage');
    const [finding, ...more] = await ward.examine(poolSecretByUsageFailure, session, complaint);
    assert.deepEqual([finding?.severity, more], ['warning', []]);
    const run = await runPlan(await planOf(finding));
    assert.match(await host.virsh('pool-dumpxml', 'by-usage'), new RegExp(`<secret uuid='${secretUuid}'/>`));
    assert.match(await host.virsh('pool-info', 'by-usage'), /State: +running/);
    assert.deepEqual(await found(), []);
    await run.undo();
    assert.match(await host.virsh('pool-dumpxml', 'by-usage'), /usage='client\.libvirt secret'/);
    await host.virsh('pool-destroy', 'by-usage');
    await host.virsh('pool-undefine', 'by-usage');
  });

  it('that is named by UUID, while another has its usual name, is defined under a name of its own', async () => {
    const auth = `<auth username='libvirt'><secret type='ceph' uuid='${otherUuid}'/></auth>`;
    await defineRbdDomain(host, { name: 'second', image: `${lab.ceph.pool}/${image}`, auth });
    const run = await runPlan(await planOf((await found())[0]));
    assert.equal(await startError(host, 'second'), '');
    await run.undo();
    await host.virsh('undefine', 'second');
  });
});
