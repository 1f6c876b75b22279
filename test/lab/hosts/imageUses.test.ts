import assert from 'node:assert/strict';
import { silentLog } from '../../../src/base/log.ts';
import type { RbdImage } from '../../../src/ceph/rbd.ts';
import { Emitter } from '../../../src/base/events.ts';
import type { CephCluster } from '../../../src/hosts/clusters/cephCluster.ts';
import { CephClusters } from '../../../src/hosts/clusters/cephClusters.ts';
import { makeImageReport } from '../../../src/hosts/clusters/imageReport.ts';
import { readImageUses, volumesOf, type ImageUses } from '../../../src/hosts/clusters/imageUses.ts';
import { userName, watcherWords } from '../../../src/hosts/clusters/useWords.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { cephPool, monitor } from '../../../tools/lab/cephCluster.ts';
import { domainXml, secretUuid } from '../../../tools/lab/domains.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { eventually } from '../support/eventually.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';

const prefix = 'uses';

describe('who uses an RBD image', function () {
  this.timeout(60_000);
  let lab: Lab;
  let kvm1: LabHost;
  let other: LabHost;
  let sessions: readonly HostSession[];
  let clusters: CephClusters;
  let cluster: CephCluster;

  const image = (name: string): RbdImage => ({ pool: cephPool, namespace: undefined, image: name });
  const rbd = (...args: string[]): Promise<string> => lab.ceph.machine.run(['rbd', ...args]);
  const define = async (host: LabHost, name: string, images: readonly string[]): Promise<void> => {
    const disks = images.map((one, index) => ({ image: one, target: `vd${'abc'[index]}` }));
    const spec = { name, title: name, memoryMiB: 64, vcpus: 1, disks };
    await host.virsh('define', await host.writeXml(name, domainXml(spec)));
  };
  const uses = (name: string): Promise<ImageUses> =>
    readImageUses({ image: image(name), client: cluster.client, cluster, sessions });
  const users = ({ users: all }: ImageUses): readonly string[] =>
    all.map((user) => [userName(user), user.target, user.isRunning ? 'running' : 'off'].join(' ')).sort();
  const watchers = (found: ImageUses): readonly string[] => {
    assert.ok(found.watchers.kind === 'known');
    return found.watchers.watchers.map(watcherWords);
  };

  before(async () => {
    lab = await sharedLab();
    kvm1 = lab.host('kvm1');
    other = await lab.addHost({ name: `${prefix}-kvm2` });
    for (const name of ['a', 'b', 'free', 'gone', 'both'])
      await rbd('create', `${cephPool}/${prefix}-${name}`, '--size', '16M');
    await define(kvm1, `${prefix}-one`, [`${prefix}-a`, `${prefix}-both`]);
    await define(other, `${prefix}-two`, [`${prefix}-both`, `${prefix}-gone`]);
    await rbd('rm', '--no-progress', `${cephPool}/${prefix}-gone`);
    sessions = await Promise.all(
      ['kvm1', `${prefix}-kvm2`].map((name) => labSession(lab, `qemu+ssh://${name}/system`)),
    );
    await Promise.all(sessions.map((session) => session.connect()));
    clusters = new CephClusters({ sessions, onDidChange: new Emitter<undefined>().event }, silentLog);
    cluster = await eventually('a cluster is found', async () => {
      await clusters.settled();
      return clusters.clusters[0];
    });
  });

  after(async () => {
    clusters.dispose();
    for (const session of sessions) session.dispose();
    for (const name of ['one', 'three']) {
      await kvm1.exec(['virsh', 'destroy', `${prefix}-${name}`]);
      await kvm1.exec(['virsh', 'undefine', `${prefix}-${name}`]);
    }
    await lab.removeHost(`${prefix}-kvm2`);
    for (const name of ['a', 'b', 'free', 'both'])
      await rbd('rm', '--no-progress', `${cephPool}/${prefix}-${name}`);
  });

  it('is the domain whose watcher Ceph sees, by name, while it runs', async () => {
    const found = await uses('web1');
    assert.deepEqual(users(found), ['web1 on kvm1 vda running']);
    assert.deepEqual(watchers(found), ['web1 on kvm1']);
  });

  it('are the domains of all hosts that name it, and nobody has it open while they are off', async () => {
    const found = await uses(`${prefix}-both`);
    assert.deepEqual(users(found), [
      `${prefix}-one on kvm1 vdb off`,
      `${prefix}-two on ${prefix}-kvm2 vda off`,
    ]);
    assert.deepEqual(watchers(found), []);
  });

  it('is the one that runs on its host, when another host has the same image in a domain that is off', async () => {
    await rbd('create', `${cephPool}/${prefix}-gone`, '--size', '16M');
    try {
      await other.virsh('start', '--paused', `${prefix}-two`);
      const found = await eventually('the watcher is there', async () => {
        const now = await uses(`${prefix}-both`);
        return watchers(now).length > 0 && now;
      });
      assert.deepEqual(watchers(found), [`${prefix}-two on ${prefix}-kvm2`]);
    } finally {
      await other.virsh('destroy', `${prefix}-two`);
      await rbd('rm', '--no-progress', `${cephPool}/${prefix}-gone`);
    }
  });

  it('is a domain that has it attached without its definition, found when its watcher is not explained', async () => {
    const disk = `<disk type='network' device='disk'><driver name='qemu' type='raw'/>
      <auth username='libvirt'><secret type='ceph' uuid='${secretUuid}'/></auth>
      <source protocol='rbd' name='${cephPool}/${prefix}-b'><host name='${monitor.host}' port='${monitor.port}'/></source>
      <target dev='vdx' bus='virtio'/></disk>`;
    await kvm1.machine.writeFile('/tmp/uses-disk.xml', disk);
    await kvm1.virsh('attach-device', 'web1', '/tmp/uses-disk.xml', '--live');
    try {
      const found = await uses(`${prefix}-b`);
      assert.deepEqual(watchers(found), ['web1 on kvm1']);
      assert.deepEqual(
        found.users.map(({ isDefined, isRunning, target }) => [isDefined, isRunning, target]),
        [[false, true, 'vdx']],
      );
    } finally {
      await kvm1.virsh('detach-device', 'web1', '/tmp/uses-disk.xml', '--live');
      await eventually(
        'the guest lets go of it',
        async () => watchers(await uses(`${prefix}-b`)).length === 0,
      );
    }
  });

  it('is a client at an address where that is no connected host', async () => {
    const holding = lab.ceph.machine.exec([
      'timeout',
      '20',
      'rbd',
      'bench',
      '--io-type',
      'write',
      '--io-size',
      '4K',
      '--io-total',
      '10G',
      `${cephPool}/${prefix}-free`,
    ]);
    const found = await eventually('the bench has it open', async () => {
      const now = await uses(`${prefix}-free`);
      return watchers(now).length > 0 && now;
    });
    assert.deepEqual(watchers(found), [`a client at ${monitor.host}, which is no connected host`]);
    await lab.ceph.machine.signal(({ name }) => name === 'rbd', 'SIGTERM');
    await holding;
  });

  it('are volumes of the pools over it on every host', async () => {
    const volumes = await volumesOf(cluster, image('web1'), sessions);
    assert.deepEqual(volumes.map(({ session, pool }) => `${session.name} ${pool}`).sort(), [
      'kvm1 rbd-pool',
      `${prefix}-kvm2 rbd-pool`,
    ]);
  });

  it('is told of all images at once: used by nothing, gone, and used twice', async () => {
    const stranger = await labSession(lab, 'qemu+ssh://nowhere/system');
    const report = await makeImageReport(cluster, [cephPool], [...sessions, stranger]);
    const own = (all: readonly { readonly name: string }[]): readonly string[] =>
      all
        .map(({ name }) => name)
        .filter((name) => name.includes(prefix))
        .sort();
    assert.deepEqual(own(report.unused), [`${cephPool}/${prefix}-b`, `${cephPool}/${prefix}-free`]);
    assert.deepEqual(own(report.missing), [`${cephPool}/${prefix}-gone`]);
    assert.deepEqual(own(report.shared), [`${cephPool}/${prefix}-both`]);
    const template = report.unused.find(({ name }) => name === `${cephPool}/template-linux`);
    assert.equal(template?.clones, 2);
    assert.deepEqual(
      report.unseen.map(({ session, why }) => [session.name, why]),
      [['nowhere', 'not-connected']],
    );
    stranger.dispose();
  });
});
