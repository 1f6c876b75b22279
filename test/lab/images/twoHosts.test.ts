import assert from 'node:assert/strict';
import { Emitter } from '../../../src/base/events.ts';
import { silentLog } from '../../../src/base/log.ts';
import { createRbdImage, removeRbdImage, renameRbdImage } from '../../../src/ceph/rbd.ts';
import { CephClusters } from '../../../src/hosts/clusters/cephClusters.ts';
import { refreshPoolsOver } from '../../../src/hosts/clusters/poolsOver.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { importImage } from '../../../src/operations/images/importImage.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';

const MiB = 1024 * 1024;

describe('images that are made and removed in Ceph', function () {
  this.timeout(60_000);
  let lab: Lab;
  let hosts: readonly LabHost[];
  let sessions: readonly HostSession[];
  let clusters: CephClusters;

  before(async () => {
    lab = await sharedLab();
    hosts = [lab.host('kvm1'), await lab.addHost({ name: 'kvmi' })];
    sessions = await Promise.all(
      ['kvm1', 'kvmi'].map((name) => labSession(lab, `qemu+ssh://${name}/system`)),
    );
    await Promise.all(sessions.map(async (session) => (await session.connect()).inventory.pools.load()));
    clusters = new CephClusters({ sessions, onDidChange: new Emitter<undefined>().event }, silentLog, {
      get: () => undefined,
      set: () => undefined,
    });
    await clusters.settled();
  });

  after(async () => {
    clusters.dispose();
    for (const session of sessions) session.dispose();
    await lab.removeHost('kvmi');
  });

  const listed = (): Promise<readonly boolean[][]> =>
    Promise.all(
      hosts.map(async (host) => {
        const volumes = (await host.virsh('vol-list', '--pool', 'rbd-pool')).split('\n');
        return ['vl-made', 'vl-renamed', 'vl-sent'].map((name) =>
          volumes.some((line) => line.trim().startsWith(name)),
        );
      }),
    );

  it('are in the lists of libvirt on every host that has a pool over theirs, and out of them again', async () => {
    const [cluster, ...others] = clusters.clusters;
    assert.ok(cluster && others.length === 0);
    const { client } = cluster;
    const place = { pool: lab.ceph.pool, namespace: undefined };
    const made = { ...place, image: 'vl-made' };
    await createRbdImage(client, made, MiB);
    await refreshPoolsOver(cluster, place, sessions);
    assert.deepEqual(await listed(), [
      [true, false, false],
      [true, false, false],
    ]);
    await renameRbdImage(client, made, 'vl-renamed');
    const sent = { ...place, image: 'vl-sent' };
    await importImage(client, sent, { path: import.meta.filename, size: 2000 });
    await refreshPoolsOver(cluster, place, sessions);
    assert.deepEqual(await listed(), [
      [false, true, true],
      [false, true, true],
    ]);
    await removeRbdImage(client, { ...place, image: 'vl-renamed' });
    await removeRbdImage(client, sent);
    await refreshPoolsOver(cluster, place, sessions);
    assert.deepEqual(await listed(), [
      [false, false, false],
      [false, false, false],
    ]);
  });
});
