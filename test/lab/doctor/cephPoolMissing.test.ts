import assert from 'node:assert/strict';
import { capsTooNarrowFailure } from '../../../src/doctor/failures/cephx/capsTooNarrow.ts';
import { wrongKeyFailure } from '../../../src/doctor/failures/cephx/wrongKey.ts';
import { cephPoolMissingFailure } from '../../../src/doctor/failures/reach/cephPoolMissing.ts';
import { cephUnreachableFailure } from '../../../src/doctor/failures/reach/cephUnreachable.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { complaintOf, LabWard } from './labPatient.ts';
import { defineRbdDomain, startError } from './support/rbdDomain.ts';

const hostName = 'poolless';

describe('a pool of Ceph that is not there', function () {
  this.timeout(60_000);
  let lab: Lab;
  let host: LabHost;
  let session: HostSession;
  let ward: LabWard;

  before(async () => {
    lab = await sharedLab();
    host = await lab.addHost({ name: hostName, pool: 'absent' });
    session = await labSession(lab, `qemu+ssh://${hostName}/system`);
    ward = new LabWard([session]);
    await ward.ready();
  });

  after(async () => {
    ward.dispose();
    await lab.removeHost(hostName);
  });

  it('is told from silent monitors, a refusal and narrow capabilities, with pools of a similar name', async () => {
    const failures = [cephPoolMissingFailure, cephUnreachableFailure, wrongKeyFailure, capsTooNarrowFailure];
    assert.deepEqual(await ward.examine(failures, session), []);
    const name = lab.ceph.pool.replace('-', '_');
    await defineRbdDomain(host, { name: 'lost', image: `${name}/web1` });
    const said = await startError(host, 'lost');
    const complaint = complaintOf(cephPoolMissingFailure, said);
    const [explained] = await ward.examine(cephPoolMissingFailure, session, complaint);
    const [finding, ...more] = await ward.examine(failures, session);
    assert.deepEqual([finding?.failure, more], [cephPoolMissingFailure.id, []]);
    assert.equal(finding?.title, `Ceph has no pool ${name}, which vda of lost on ${hostName} names.`);
    assert.equal(explained?.title, finding.title);
    assert.ok(finding.explanation.includes(`Pools of a similar name: ${lab.ceph.pool}`));
    assert.deepEqual(
      finding.remedies.map(({ kind }) => kind),
      ['document', 'command'],
    );
  });
});
