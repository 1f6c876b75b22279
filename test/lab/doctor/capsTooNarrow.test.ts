import assert from 'node:assert/strict';
import { capsTooNarrowFailure } from '../../../src/doctor/failures/cephx/capsTooNarrow.ts';
import { unknownCephUserFailure } from '../../../src/doctor/failures/cephx/unknownCephUser.ts';
import { wrongKeyFailure } from '../../../src/doctor/failures/cephx/wrongKey.ts';
import type { Finding } from '../../../src/doctor/finding.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { secretUuid } from '../../../tools/lab/domains.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { complaintOf, LabWard, planOf, runPlan } from './labPatient.ts';
import { defineRbdDomain, setKey, startError } from './support/rbdDomain.ts';

const hostName = 'narrow';
const user = 'narrow-user';
const pool = 'narrow-pool';
const auth = `<auth username='${user}'><secret type='ceph' uuid='${secretUuid}'/></auth>`;

describe('capabilities that are too narrow', function () {
  this.timeout(60_000);
  let lab: Lab;
  let host: LabHost;
  let session: HostSession;
  let ward: LabWard;

  const ceph = (...args: string[]): Promise<string> => lab.ceph.run(['ceph', ...args]);
  const findings = (): Promise<readonly Finding[]> =>
    ward.examine([capsTooNarrowFailure, wrongKeyFailure, unknownCephUserFailure], session);
  const restricted = (...caps: string[]): Promise<string> => ceph('auth', 'caps', `client.${user}`, ...caps);
  const definition = (): Promise<string> => ceph('auth', 'get', `client.${user}`);

  before(async () => {
    lab = await sharedLab();
    host = await lab.addHost({ name: hostName, pool: 'absent', cephAdmin: false });
    await ceph('osd', 'pool', 'create', pool, '8');
    await lab.ceph.run(['rbd', 'pool', 'init', pool]);
    await lab.ceph.run(['rbd', 'create', `${pool}/disk`, '--size', '8M']);
    await ceph('auth', 'get-or-create', `client.${user}`, 'mon', 'profile rbd');
    await setKey(host, secretUuid, (await ceph('auth', 'get-key', `client.${user}`)).trim());
    await defineRbdDomain(host, { name: 'narrow', image: `${pool}/disk`, auth });
    session = await labSession(lab, `qemu+ssh://${hostName}/system`);
    ward = new LabWard([session, await labSession(lab, 'qemu+ssh://kvm1/system')]);
    await ward.ready();
  });

  after(async () => {
    ward.dispose();
    await lab.removeHost(hostName);
    await ceph('auth', 'del', `client.${user}`);
    await ceph('osd', 'pool', 'rm', pool, pool, '--yes-i-really-really-mean-it');
  });

  /** The domain does not start, that is found, cured and taken back. */
  const isFoundAndCured = async (said: RegExp): Promise<Finding> => {
    const error = await startError(host, 'narrow');
    assert.match(error, said);
    const complaint = complaintOf(capsTooNarrowFailure, error);
    const [explained] = await ward.examine(capsTooNarrowFailure, session, complaint);
    const [finding, ...more] = await findings();
    assert.deepEqual(
      [finding, ...more].map((one) => one?.failure),
      [capsTooNarrowFailure.id],
    );
    assert.ok(finding);
    assert.equal(explained?.title, finding.title);
    const before = await definition();
    const run = await runPlan(await planOf(finding));
    assert.deepEqual(await findings(), []);
    assert.equal(await startError(host, 'narrow'), '');
    await run.undo();
    assert.equal(await definition(), before);
    return finding;
  };

  it('do not reach the pool of a disk: found beside a key that is right, widened, and given back', async () => {
    await restricted('mon', 'profile rbd', 'osd', `profile rbd pool=${lab.ceph.pool}`);
    const finding = await isFoundAndCured(/error reading header from disk: Operation not permitted/);
    assert.equal(
      finding.title,
      `client.${user} may not use the images of ${pool}, as vda of narrow on ${hostName} needs.`,
    );
    assert.ok(finding.evidence.includes(`client.${user}: may use RBD in ${lab.ceph.pool}`));
  });

  it('are for reading alone, where a disk is to be written', async () => {
    await restricted('mon', 'profile rbd', 'osd', `profile rbd-read-only pool=${pool}`);
    const finding = await isFoundAndCured(/Operation not permitted/);
    assert.match(finding.title, /may only read the images of narrow-pool/);
  });

  it('lack the monitors, which refuse the login as for a wrong key', async () => {
    await restricted('osd', `profile rbd pool=${pool}`);
    const finding = await isFoundAndCured(/error connecting: Permission denied/);
    assert.match(finding.explanation[0] ?? '', /no capability for the monitors/);
  });

  it('are enough when they are for this image alone', async () => {
    const id = /block_name_prefix: rbd_data\.(\S+)/.exec(
      await lab.ceph.run(['rbd', 'info', `${pool}/disk`]),
    )?.[1];
    const objects = [`rbd_id.disk`, `rbd_header.${id}`, `rbd_object_map.${id}`, `rbd_data.${id}`];
    const osd = [
      ...objects.map((prefix) => `allow rwx pool=${pool} object_prefix ${prefix}`),
      `allow rx pool=${pool} object_prefix rbd_info`,
    ].join(', ');
    await restricted('mon', 'profile rbd', 'osd', osd);
    assert.equal(await startError(host, 'narrow'), '');
    assert.deepEqual(await findings(), []);
  });
});
