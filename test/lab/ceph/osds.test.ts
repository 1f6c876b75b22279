import assert from 'node:assert/strict';
import type { CephClient } from '../../../src/ceph/cephAccess.ts';
import { isForbidden } from '../../../src/ceph/cephError.ts';
import {
  getClusterHealth,
  getClusterStatus,
  getHealthText,
  muteHealthCheck,
  unmuteHealthCheck,
} from '../../../src/ceph/clusterStatus.ts';
import { getQuorum, listManagers, listOsdDaemons } from '../../../src/ceph/daemons.ts';
import {
  markOsdsDown,
  markOsdsIn,
  markOsdsOut,
  reweightOsd,
  whyNotDestroy,
  whyNotStop,
} from '../../../src/ceph/osdChanges.ts';
import { getOsdMap, setOsdFlag, unsetOsdFlag } from '../../../src/ceph/osdMap.ts';
import { getOsdTree } from '../../../src/ceph/osds.ts';
import { getOsdUsage } from '../../../src/ceph/osdUsage.ts';
import { listClientReleases, listDaemonVersions } from '../../../src/ceph/versions.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { startLab, type Lab } from '../../../tools/lab/lab.ts';
import { eventually } from '../support/eventually.ts';
import { labSession } from '../support/labSession.ts';

describe('the daemons of a cluster of three OSDs', function () {
  this.timeout(60_000);
  let lab: Lab;
  let session: HostSession;
  let admin: CephClient;

  before(async () => {
    lab = await startLab({ ceph: { osds: 3 }, hosts: [{ name: 'kvm1', pool: 'absent', secret: 'absent' }] });
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    const { transport } = await session.connect();
    const access = {
      monitors: [],
      clientId: 'admin',
      key: undefined,
      configFile: undefined,
      settings: new Map<string, string>(),
    };
    admin = { transport, access };
  });

  after(async () => {
    session.dispose();
    await lab.stop();
  });

  const stateOf = async (id: number): Promise<string> => {
    const osd = (await getOsdTree(admin)).osds.find((one) => one.id === id);
    return `${osd?.isUp === true ? 'up' : 'down'} ${osd?.isIn === true ? 'in' : 'out'} ${osd?.reweight}`;
  };

  it('are told with quorum, active manager, versions and connected clients', async () => {
    assert.deepEqual(await getQuorum(admin), { leader: 'ceph1', members: ['ceph1'] });
    const { active, standbys, all } = await listManagers(admin);
    assert.deepEqual([active, standbys, all.map(({ name }) => name)], ['ceph1', 0, ['ceph1']]);
    const [version] = await listDaemonVersions(admin);
    assert.equal(all[0]?.version, version?.version);
    assert.deepEqual((await listOsdDaemons(admin)).map(({ name }) => name).sort(), [
      'osd.0',
      'osd.1',
      'osd.2',
    ]);
    assert.ok((await listClientReleases(admin)).every(({ count, release }) => count > 0 && release !== ''));
  });

  it('stand in the CRUSH tree, each as full as Ceph says', async () => {
    const { buckets, osds } = await getOsdTree(admin);
    assert.deepEqual(
      buckets.map(({ type }) => type),
      ['root', 'host'],
    );
    assert.equal(osds.length, 3);
    const usage = await eventually('every OSD reports its size', async () => {
      const now = await getOsdUsage(admin);
      return osds.every(({ id }) => (now.get(id)?.total ?? 0) > 0) && now;
    });
    const [root] = buckets;
    const total = osds.reduce((sum, { id }) => sum + (usage.get(id)?.total ?? 0), 0);
    assert.equal(usage.get(root?.id ?? 0)?.total, total);
  });

  it('are marked out, in and down, and reweighted', async () => {
    await markOsdsOut(admin, [0, 1]);
    assert.deepEqual([await stateOf(0), await stateOf(1)], ['up out 0', 'up out 0']);
    await markOsdsIn(admin, [0, 1]);
    assert.deepEqual([await stateOf(0), await stateOf(1)], ['up in 1', 'up in 1']);
    await reweightOsd(admin, 1, 0.5);
    assert.match(await stateOf(1), /^up in 0\.5/);
    await reweightOsd(admin, 1, 1);
    await lab.ceph.run(['ceph', 'osd', 'set', 'noup']);
    await markOsdsDown(admin, [2]);
    assert.equal(await stateOf(2), 'down in 1');
    await lab.ceph.run(['ceph', 'osd', 'unset', 'noup']);
    await eventually('it is up again by itself', async () => (await stateOf(2)) === 'up in 1');
  });

  it('may stop or go only where Ceph says that nothing is lost by it', async () => {
    const why = await eventually('osd.0 has data', async () => whyNotStop(admin, [0]));
    assert.match(why, /unsafe to stop osd\(s\) at this time \(\d+ PGs are or would become offline\)/);
    assert.match((await whyNotDestroy(admin, [0])) ?? '', /OSD\(s\) 0 have \d+ pgs currently mapped to them/);
    await markOsdsOut(admin, [0]);
    try {
      await eventually('its data is elsewhere', async () => (await whyNotDestroy(admin, [0])) === undefined);
      assert.equal(await whyNotStop(admin, [0]), undefined);
    } finally {
      await markOsdsIn(admin, [0]);
    }
  });

  it('do what the flags of the cluster say', async () => {
    const { flags, fullRatio, nearfullRatio, requiredClient } = await getOsdMap(admin);
    assert.deepEqual([flags, nearfullRatio, fullRatio], [[], 0.85, 0.95]);
    assert.match(requiredClient, /^[a-z]+$/);
    const some = ['noout', 'nodeep-scrub', 'pause'] as const;
    await Promise.all(some.map((flag) => setOsdFlag(admin, flag)));
    assert.deepEqual((await getOsdMap(admin)).flags, some);
    await Promise.all(some.map((flag) => unsetOsdFlag(admin, flag)));
    assert.deepEqual((await getOsdMap(admin)).flags, []);
  });

  it('complain in Ceph’s words, unless they are muted', async () => {
    await setOsdFlag(admin, 'noscrub');
    const check = async (): Promise<readonly unknown[]> => {
      const { checks } = await getClusterHealth(admin);
      const { isMuted, mute, summary } = checks.find(({ code }) => code === 'OSDMAP_FLAGS') ?? {};
      return [isMuted, mute?.isSticky, mute?.until !== undefined, summary];
    };
    try {
      await eventually('the check is raised', async () => (await check())[0] === false);
      assert.deepEqual((await getClusterStatus(admin)).checks.includes('OSDMAP_FLAGS'), true);
      await muteHealthCheck(admin, 'OSDMAP_FLAGS', { duration: '1h' });
      assert.deepEqual(await check(), [true, false, true, 'noscrub flag(s) set']);
      const { checks } = await getClusterHealth(admin);
      const until = checks.find(({ code }) => code === 'OSDMAP_FLAGS')?.mute?.until ?? 0;
      const ceph = (await lab.ceph.ceph('health')) as { mutes: { ttl: string }[] };
      assert.equal(new Date(until).toISOString().slice(0, 19), ceph.mutes[0]?.ttl.slice(0, 19));
      await unmuteHealthCheck(admin, 'OSDMAP_FLAGS');
      await muteHealthCheck(admin, 'OSDMAP_FLAGS', { isSticky: true });
      assert.deepEqual((await check()).slice(0, 3), [true, true, false]);
      await unmuteHealthCheck(admin, 'OSDMAP_FLAGS');
      assert.equal((await check())[0], false);
      assert.match(await getHealthText(admin), /noscrub flag\(s\) set/);
    } finally {
      await unsetOsdFlag(admin, 'noscrub');
    }
    await assert.rejects(muteHealthCheck(admin, '--force'), { message: /not currently raised|nvalid/ });
  });

  it('tell a client of `profile rbd` only what it may know', async () => {
    await lab.ceph.run([
      ...['sh', '-c', 'ceph auth get-or-create client.guest mon "profile rbd" osd "profile rbd"'],
    ]);
    const keyring = await lab.ceph.run(['ceph', 'auth', 'get', 'client.guest']);
    await lab.host('kvm1').machine.writeFile('/etc/ceph/ceph.client.guest.keyring', keyring, 0o600);
    const guest: CephClient = { ...admin, access: { ...admin.access, clientId: 'guest' } };
    assert.equal((await getOsdTree(guest)).osds.length, 3);
    assert.equal((await getQuorum(guest)).leader, 'ceph1');
    for (const question of [getOsdUsage, listManagers]) await assert.rejects(question(guest), isForbidden);
    await assert.rejects(whyNotStop(guest, [0]), isForbidden);
    await assert.rejects(setOsdFlag(guest, 'noout'), isForbidden);
    await assert.rejects(markOsdsOut(guest, [0]), isForbidden);
  });
});
