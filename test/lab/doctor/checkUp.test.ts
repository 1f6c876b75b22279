import assert from 'node:assert/strict';
import { Emitter } from '../../../src/base/events.ts';
import { silentLog } from '../../../src/base/log.ts';
import { allFailures } from '../../../src/doctor/allFailures.ts';
import { checkUp, explain } from '../../../src/doctor/checkUp.ts';
import type { Ward } from '../../../src/doctor/patient.ts';
import { CephClusters } from '../../../src/hosts/clusters/cephClusters.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { startPool } from '../../../src/libvirt/storagePools.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';

const prefix = 'doctor';

describe('a check-up', function () {
  this.timeout(60_000);
  let lab: Lab;
  let sound: HostSession;
  let broken: HostSession;
  let absent: HostSession;
  let clusters: CephClusters;
  let ward: Ward;

  before(async () => {
    lab = await sharedLab();
    await lab.addHost({ name: `${prefix}-sound` });
    const host = await lab.addHost({ name: `${prefix}-broken` });
    await host.removeRbdBackend();
    await host.restartLibvirtd();
    [sound, broken, absent] = await Promise.all([
      labSession(lab, `qemu+ssh://${prefix}-sound/system`),
      labSession(lab, `qemu+ssh://${prefix}-broken/system`),
      labSession(lab, 'qemu+ssh://kvm1/system'),
    ]);
    await Promise.all([sound.connect(), broken.connect()]);
    const sessions = [sound, broken, absent];
    clusters = new CephClusters({ sessions, onDidChange: new Emitter<undefined>().event }, silentLog);
    await clusters.settled();
    ward = { sessions, clusters, wait: {} };
  });

  after(async () => {
    clusters.dispose();
    for (const session of [sound, broken, absent]) session.dispose();
    for (const name of ['sound', 'broken']) await lab.removeHost(`${prefix}-${name}`);
  });

  it('finds nothing wrong with a host that is well, and looks at all that it knows', async () => {
    const messages: string[] = [];
    const scope = { sessions: [sound], clusters: clusters.of(sound) };
    const found = await checkUp(allFailures, scope, ward, ({ message = '' }) => {
      messages.push(message);
    });
    assert.deepEqual(
      found.findings.map(({ title }) => title),
      [],
    );
    assert.deepEqual(found.notExamined, []);
    const asked = allFailures.filter((one) => 'examineHost' in one).length;
    assert.ok(messages.length >= asked, `${messages.length} of ${asked}`);
  });

  it('tells the worst first, of which host, and who could not be asked', async () => {
    const scope = { sessions: [sound, broken, absent], clusters: [] };
    const { findings, absent: away } = await checkUp(allFailures, scope, ward, () => undefined);
    assert.equal(findings[0]?.failure, 'missing-storage-backend');
    assert.ok(findings.every(({ title }) => !title.includes(sound.name)));
    assert.deepEqual(
      away.map(({ host }) => host),
      ['kvm1'],
    );
  });

  it('of one thing tells only what concerns that', async () => {
    const about = { kind: 'domain', host: broken.name, name: 'none', uuid: 'none' } as const;
    const scope = { sessions: [broken], clusters: [], about };
    const { findings } = await checkUp(allFailures, scope, ward, () => undefined);
    assert.deepEqual(findings, []);
  });

  it('explains an error by what is so on its host', async () => {
    const { connection, inventory } = broken.require();
    const [pool] = inventory.pools.entries.values();
    const ref = pool?.ref ?? assert.fail('no pool');
    const error: unknown = await startPool(connection, ref).then(
      () => assert.fail('started'),
      (reason: unknown) => reason,
    );
    const about = { kind: 'pool', host: broken.name, name: ref.name, uuid: ref.uuid } as const;
    const { findings, suspected } = await explain(error, allFailures, { about, session: broken, ward });
    assert.deepEqual(
      findings.map(({ failure }) => failure),
      ['missing-storage-backend'],
    );
    assert.deepEqual(suspected, []);
  });
});
