import assert from 'node:assert/strict';
import { diskWithoutAuthFailure } from '../../../src/doctor/failures/cephx/diskWithoutAuth.ts';
import { cephUnreachableFailure } from '../../../src/doctor/failures/reach/cephUnreachable.ts';
import { wrongKeyFailure } from '../../../src/doctor/failures/cephx/wrongKey.ts';
import type { Finding } from '../../../src/doctor/finding.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { secretUuid } from '../../../tools/lab/domains.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { complaintOf, LabWard, planOf, runPlan } from './labPatient.ts';
import { defineRbdDomain, defineRbdPool, startError } from './support/rbdDomain.ts';

const hostName = 'authless';
const image = 'authless-disk';

describe('a disk without a login', function () {
  this.timeout(60_000);
  let lab: Lab;
  let host: LabHost;
  let session: HostSession;
  let ward: LabWard;

  const found = (): Promise<readonly Finding[]> =>
    ward.examine([diskWithoutAuthFailure, cephUnreachableFailure, wrongKeyFailure], session);
  const xml = (): Promise<string> => host.virsh('dumpxml', '--inactive', '--security-info', 'bare');

  before(async () => {
    lab = await sharedLab();
    host = await lab.addHost({ name: hostName, pool: 'absent' });
    await lab.ceph.run(['rbd', 'create', `${lab.ceph.pool}/${image}`, '--size', '8M']);
    session = await labSession(lab, `qemu+ssh://${hostName}/system`);
    ward = new LabWard([session]);
    await ward.ready();
    await defineRbdDomain(host, { name: 'bare', image: `${lab.ceph.pool}/${image}`, auth: '' });
  });

  after(async () => {
    ward.dispose();
    await lab.removeHost(hostName);
    await lab.ceph.run(['rbd', 'rm', '--no-progress', `${lab.ceph.pool}/${image}`]);
  });

  it('is opened as XML where the host knows no login for its pool', async () => {
    const [finding, ...more] = await found();
    assert.deepEqual([finding?.failure, more], [diskWithoutAuthFailure.id, []]);
    assert.deepEqual(
      finding?.remedies.map(({ kind }) => kind),
      ['document'],
    );
  });

  it('is none where QEMU may read a keyring of the host', async () => {
    const keyring = '/etc/ceph/ceph.client.admin.keyring';
    await host.run(['chmod', '644', keyring]);
    try {
      assert.equal(await startError(host, 'bare'), '');
      assert.deepEqual(await found(), []);
    } finally {
      await host.run(['chmod', '600', keyring]);
    }
  });

  it('gets the login of another disk or of the storage pool, with its password for VNC kept; undone, it is as it was', async () => {
    const said = await startError(host, 'bare');
    assert.match(said, /error connecting: No such file or directory/);
    await defineRbdDomain(host, { name: 'full', image: `${lab.ceph.pool}/${image}` });
    const before = await xml();
    const [finding] = await ward.examine(
      diskWithoutAuthFailure,
      session,
      complaintOf(diskWithoutAuthFailure, said),
    );
    assert.equal(
      finding?.title,
      `vda of bare on ${hostName} has no <auth>, and its Ceph lets nobody in without a user.`,
    );
    assert.equal(finding.remedies[0]?.title, 'Log in as client.libvirt, like vda of full');
    const run = await runPlan(await planOf(finding));
    assert.equal(await startError(host, 'bare'), '');
    assert.match(await xml(), /passwd='kept'/);
    assert.deepEqual(await found(), []);
    await run.undo();
    assert.equal(await xml(), before);
    await host.virsh('undefine', 'bare');
  });

  it('may be a storage pool: it gets the login of a disk and starts', async () => {
    await defineRbdPool(host, 'bare', '');
    await host.virsh('pool-autostart', 'bare');
    await session.require().inventory.pools.readLifetimes();
    const { stderr } = await host.exec(['virsh', '--quiet', 'pool-start', 'bare']);
    const [finding, ...more] = await ward.examine(
      diskWithoutAuthFailure,
      session,
      complaintOf(diskWithoutAuthFailure, stderr),
    );
    assert.deepEqual([finding?.about.kind, more], ['pool', []]);
    const run = await runPlan(await planOf(finding));
    assert.match(await host.virsh('pool-info', 'bare'), /State: +running/);
    assert.match(await host.virsh('pool-dumpxml', 'bare'), new RegExp(`<secret uuid='${secretUuid}'/>`));
    await run.undo();
    assert.doesNotMatch(await host.virsh('pool-dumpxml', 'bare'), /<auth/);
    assert.match(await host.virsh('pool-info', 'bare'), /State: +inactive/);
  });
});
