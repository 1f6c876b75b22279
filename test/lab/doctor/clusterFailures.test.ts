import assert from 'node:assert/strict';
import type { Failure } from '../../../src/doctor/failure.ts';
import type { Finding } from '../../../src/doctor/finding.ts';
import { cephFullFailure } from '../../../src/doctor/failures/cluster/cephFull.ts';
import { clockSkewFailure } from '../../../src/doctor/failures/cluster/clockSkew.ts';
import { osdDownFailure } from '../../../src/doctor/failures/cluster/osdDown.ts';
import { pgLimitFailure } from '../../../src/doctor/failures/cluster/pgLimit.ts';
import { slowOpsFailure } from '../../../src/doctor/failures/cluster/slowOps.ts';
import type { CephCluster } from '../../../src/hosts/clusters/cephCluster.ts';
import { startLab, type Lab } from '../../../tools/lab/lab.ts';
import { defineScratch, rbdDisk } from '../domains/scratchDomain.ts';
import { eventually } from '../support/eventually.ts';
import { labSession } from '../support/labSession.ts';
import { complaintOf, LabWard } from './labPatient.ts';

/** What Ceph 18 prints where the clock of one of three monitors differs. */
const skewed = JSON.stringify({
  status: 'HEALTH_WARN',
  checks: {
    MON_CLOCK_SKEW: {
      severity: 'HEALTH_WARN',
      summary: { message: 'clock skew detected on mon.b', count: 1 },
      detail: [{ message: 'mon.b clock skew 0.330231s > max 0.05s (latency 0.00103s)' }],
      muted: false,
    },
  },
  mutes: [],
});

const own = [cephFullFailure, clockSkewFailure, osdDownFailure, pgLimitFailure, slowOpsFailure];

describe('what a storage user must know of a Ceph cluster', function () {
  this.timeout(60_000);
  let lab: Lab;
  let ward: LabWard;
  let cluster: CephCluster;

  const ceph = (...args: string[]): Promise<string> => lab.ceph.machine.run(['ceph', ...args]);
  const look = async (failure: Failure, said?: string): Promise<readonly Finding[]> => {
    const complaint = said === undefined ? undefined : complaintOf(failure, said);
    const now = { sessions: ward.sessions, clusters: ward.clusters, wait: {} };
    return (await failure.examineCluster?.(cluster, now, complaint)) ?? [];
  };
  const found = (failure: Failure): Promise<Finding> =>
    eventually(`${failure.id} is found`, async () => (await look(failure))[0]);
  const gone = (failure: Failure): Promise<boolean> =>
    eventually(`${failure.id} is gone`, async () => (await look(failure)).length === 0);
  /** A program that writes into an image, as a guest does, for some seconds. */
  const write = (image: string): Promise<unknown> =>
    lab.ceph.machine.exec([
      'timeout',
      '15',
      'rbd',
      'bench',
      '--io-type',
      'write',
      '--io-size',
      '64K',
      '--io-total',
      '2M',
      image,
    ]);

  before(async () => {
    lab = await startLab({ ceph: { osds: 3 }, hosts: [{ name: 'kvm1' }] });
    await ceph('osd', 'pool', 'create', 'three', '8', '8');
    await ceph('osd', 'pool', 'application', 'enable', 'three', 'rbd');
    await ceph('osd', 'pool', 'set', 'three', 'size', '3');
    await ceph('osd', 'pool', 'set', 'three', 'min_size', '3');
    await ceph('config', 'set', 'global', 'mon_pg_stuck_threshold', '1');
    await ceph('config', 'set', 'osd', 'osd_op_complaint_time', '1');
    for (const period of ['mgr_stats_period', 'mgr_tick_period', 'mon_tick_interval'])
      await ceph('config', 'set', 'global', period, '1');
    for (const image of ['libvirt-pool/web1', 'libvirt-pool/spare', 'three/a'])
      await lab.ceph.machine.run(['rbd', 'create', image, '--size', '16M']);
    const host = lab.host('kvm1');
    await defineScratch(host, 'web1', { devices: [rbdDisk('web1', 'vda')] });
    await host.virsh('start', '--paused', 'web1');
    ward = new LabWard([await labSession(lab, 'qemu+ssh://kvm1/system')]);
    await ward.ready();
    cluster = await eventually('the cluster is found', async () => {
      await ward.clusters.settled();
      return ward.clusters.clusters.find((one) => one.route !== undefined);
    });
  });

  after(async () => {
    ward.dispose();
    await lab.stop();
  });

  it('is nothing while it is healthy', async () => {
    for (const failure of own) await gone(failure);
  });

  it('is a pool that has reached its quota, with the domains that hang when they write', async () => {
    await write('libvirt-pool/spare');
    await ceph('osd', 'pool', 'set-quota', 'libvirt-pool', 'max_bytes', '1048576');
    const finding = await found(cephFullFailure);
    assert.equal(finding.title, 'The Ceph pool libvirt-pool has reached its quota');
    assert.ok(finding.explanation.includes('Domains that run on it: web1 on kvm1.'));
    assert.ok(finding.evidence.includes("    pool 'libvirt-pool' is full (running out of quota)"));
    assert.ok(finding.evidence.includes('Quota: 1 MiB'));
    assert.deepEqual(
      finding.remedies.map((one) => one.kind === 'command' && one.command),
      ['libvirt.cephPool.quota', 'libvirt.cephPool.measureImages'],
    );
    await ceph('osd', 'pool', 'set-quota', 'libvirt-pool', 'max_bytes', '0');
    await gone(cephFullFailure);
  });

  it('is that OSDs are nearly full', async () => {
    await ceph('osd', 'set-nearfull-ratio', '0.000001');
    const finding = await found(cephFullFailure);
    assert.equal(finding.severity, 'warning');
    assert.equal(finding.title, 'The Ceph cluster ceph is nearly full');
    assert.match(finding.evidence.join('\n'), /OSD_NEARFULL: \d nearfull osd\(s\)/);
    await ceph('osd', 'set-nearfull-ratio', '0.85');
    await gone(cephFullFailure);
  });

  it('is an OSD that is down, data that is out of reach by that, and the flag that keeps it down', async () => {
    await ceph('osd', 'set', 'noup');
    await ceph('osd', 'down', 'osd.2');
    const finding = await eventually('data is out of reach', async () => {
      const [one] = await look(osdDownFailure);
      return one?.severity === 'error' && one;
    });
    assert.equal(finding.title, 'Data of the Ceph cluster ceph is out of reach: osd.2 is down');
    assert.match(finding.explanation.join('\n'), /Pools with data out of reach: .*three/);
    assert.match(finding.explanation.join('\n'), /The flag noup is set/);
    assert.ok(finding.evidence.includes('three: 3 copies (size), served while 3 are up (min_size)'));
    assert.deepEqual(
      finding.remedies.map((one) => one.kind === 'command' && one.command),
      ['libvirt.cluster.setFlags', 'libvirt.cluster.showHealth'],
    );
    await ceph('osd', 'unset', 'noup');
    await gone(osdDownFailure);
  });

  it('is a pool that would have too many placement groups: the numbers of the refusal and what is left', async () => {
    const { stderr } = await lab.ceph.machine.exec(['ceph', 'osd', 'pool', 'create', 'many', '1024', '1024']);
    const [finding] = await look(pgLimitFailure, stderr);
    assert.match(
      finding?.explanation.join('\n') ?? '',
      /1024 groups with \d copies each .* 3 OSDs × 250 = 750 are allowed/s,
    );
    assert.match(finding?.title ?? '', /have room for \d+ more copies/);
    assert.ok(finding?.evidence.some((line) => line === 'libvirt-pool: 32'));
  });

  it('is that the clocks of monitors differ, as Ceph tells it', async () => {
    const { machine } = lab.host('kvm1');
    const wrapper = `#!/bin/sh\ncase "$*" in *'health detail'*) echo '${skewed}' ;; *) exec /usr/bin/ceph "$@" ;; esac\n`;
    await machine.run(['mount', '-t', 'tmpfs', 'tmpfs', '/usr/local/bin']);
    await machine.writeFile('/usr/local/bin/ceph', wrapper);
    await machine.run(['chmod', '755', '/usr/local/bin/ceph']);
    const finding = await found(clockSkewFailure);
    assert.equal(finding.title, 'The clocks of the monitors of the Ceph cluster ceph differ');
    assert.equal(finding.explanation[0], 'mon.b differs by 0.330231 s.');
    await machine.run(['umount', '/usr/local/bin']);
    await gone(clockSkewFailure);
  });

  it('is that requests wait for an OSD', async () => {
    // It is to be waited for by those that take the requests.
    await ceph('osd', 'primary-affinity', 'osd.2', '0');
    await lab.ceph.freeze('osd.2');
    const writing = write('three/a');
    const finding = await found(slowOpsFailure).finally(() => lab.ceph.thaw('osd.2'));
    assert.match(finding.title, /^\d+ requests wait in the Ceph cluster ceph, one for \d+ s$/);
    assert.match(finding.evidence.join('\n'), /slow ops, oldest one blocked/);
    await writing;
  });
});
