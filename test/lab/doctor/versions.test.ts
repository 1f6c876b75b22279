import assert from 'node:assert/strict';
import type { Failure } from '../../../src/doctor/failure.ts';
import { authSupportedRemovedFailure } from '../../../src/doctor/failures/versions/authSupportedRemoved.ts';
import { clientOlderThanClusterFailure } from '../../../src/doctor/failures/versions/clientOlderThanCluster.ts';
import { functionNotSupportedFailure } from '../../../src/doctor/failures/versions/functionNotSupported.ts';
import { imageFormat1Failure } from '../../../src/doctor/failures/versions/imageFormat1.ts';
import { librbdReplacedFailure } from '../../../src/doctor/failures/versions/librbdReplaced.ts';
import { oldCipherFailure } from '../../../src/doctor/failures/versions/oldCipher.ts';
import type { Finding } from '../../../src/doctor/finding.ts';
import { Patient } from '../../../src/doctor/patient.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { PlanRun } from '../../../src/operations/plan/runPlan.ts';
import { cephPool } from '../../../tools/lab/cephCluster.ts';
import { rbdPoolName } from '../../../tools/lab/domains.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { defineScratch, forgetDomain } from '../domains/scratchDomain.ts';
import { eventually } from '../support/eventually.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { clusterWard, type ClusterWard } from './support/clusterWard.ts';
import { complaintOf } from './labPatient.ts';
import { planOf } from './support/patientOf.ts';

const name = 'doctor-versions';
const domain = 'doctor, $(x)';
const onHosts = [
  authSupportedRemovedFailure,
  clientOlderThanClusterFailure,
  functionNotSupportedFailure,
  librbdReplacedFailure,
  imageFormat1Failure,
];
const inClusters = [imageFormat1Failure, oldCipherFailure];

describe('versions that do not fit', function () {
  this.timeout(60_000);
  let lab: Lab;
  let host: LabHost;
  let session: HostSession;
  let ward: ClusterWard;

  const signal = new AbortController().signal;
  const onHost = async (failure: Failure, said?: string): Promise<readonly Finding[]> =>
    (await failure.examineHost?.(
      new Patient(session, ward),
      said === undefined ? undefined : complaintOf(failure, said),
    )) ?? [];
  const inCluster = async (failure: Failure): Promise<readonly Finding[]> =>
    (await failure.examineCluster?.(ward.cluster, ward)) ?? [];
  /** Puts a file over another, for this host alone. */
  const cover = async (path: string, file: string): Promise<void> => {
    await host.run(['mount', '--bind', file, path]);
  };

  before(async () => {
    lab = await sharedLab();
    host = await lab.addHost({ name });
    await defineScratch(host, domain);
    session = await labSession(lab, `qemu+ssh://${name}/system`);
    await session.connect();
    ward = await clusterWard(session);
  });

  after(async () => {
    ward.dispose();
    session.dispose();
    await lab.removeHost(name);
  });

  it('are not found where all are of one release', async () => {
    for (const failure of onHosts) assert.deepEqual(await onHost(failure), [], failure.id);
    for (const failure of inClusters) assert.deepEqual(await inCluster(failure), [], failure.id);
  });

  it('are a library whose program has to be looked for elsewhere, where those of the host fit', async () => {
    const said =
      "raise make_ex(ret, 'error creating image')\\n', u'FunctionNotSupported: error creating image\\n'";
    const [found] = await onHost(functionNotSupportedFailure, said);
    assert.equal(found?.severity, 'information');
    assert.match(
      found.evidence.join(),
      /librbd \d+\.\d+\.\d+,QEMU \d+\.\d+\.\d+,libvirt \d+\.\d+\.\d+,ceph: \d+/,
    );
  });

  it('are a librbd that is older than the cluster, by the version of its package', async () => {
    for (const [version, severity] of [
      ['12.2.11+dfsg1-2.1', 'warning'],
      ['14.2.21-1', 'information'],
    ] as const) {
      const script = `#!/bin/sh\necho 'package ${version}'\n`;
      await host.machine.writeFile('/tmp/dpkg-query', script, 0o755);
      await cover('/usr/bin/dpkg-query', '/tmp/dpkg-query');
      try {
        const [found] = await onHost(clientOlderThanClusterFailure);
        assert.equal(found?.severity, severity);
        assert.ok(found.title.includes(`on ${name} is older than the cluster ceph (16.2.`), found.title);
        const [asked] = await onHost(
          functionNotSupportedFailure,
          'FunctionNotSupported: error creating image',
        );
        assert.equal(asked?.severity, 'error');
      } finally {
        await host.run(['umount', '/usr/bin/dpkg-query']);
      }
    }
  });

  it('are a library without the option that libvirt sets: found before and when no RBD pool starts', async () => {
    const library = (
      await host.run(['sh', '-c', 'readlink -f /usr/lib*/*/ceph/libceph-common.so.2 | head -n 1'])
    ).trim();
    await host.run(['sh', '-c', 'sed s/auth_supported/auth_suppoXted/g "$1" >/tmp/common.so', 'sh', library]);
    await cover(library, '/tmp/common.so');
    try {
      const [warned] = await onHost(authSupportedRemovedFailure);
      assert.equal(warned?.title, `No RBD pool starts on ${name}: libvirt and its Ceph library do not fit`);
      assert.equal(warned.evidence.at(-1), 'Ceph’s library does not know auth_supported');
      await host.restartLibvirtd();
      const { stderr } = await host.exec(['virsh', '-q', 'pool-start', rbdPoolName]);
      assert.match(stderr, /failed to set RADOS option: auth_supported/);
      await session.connect();
      const [found] = await onHost(authSupportedRemovedFailure, stderr);
      assert.equal(found?.severity, 'error');
    } finally {
      await host.run(['umount', '--lazy', library]);
      await host.restartLibvirtd();
      await host.virsh('pool-start', rbdPoolName);
      await session.connect();
    }
    assert.deepEqual(await onHost(authSupportedRemovedFailure), []);
  });

  it('are a library that was replaced under a domain, which a plan starts again', async () => {
    await host.virsh('start', '--domain', domain);
    const fake = ['-name', `guest=${domain.replace(',', ',,')},debug-threads=on`];
    await host.run(['sh', '-c', 'cp "$(ls /usr/lib/*/librbd.so.1.* | head -n 1)" /tmp/librbd.so.1']);
    const preload =
      'LD_PRELOAD=/tmp/librbd.so.1 setsid python3 -c "import time; time.sleep(300)" "$@" >/dev/null 2>&1 & echo $!; sleep 0.5; rm /tmp/librbd.so.1';
    const pid = (await host.run(['sh', '-c', preload, 'sh', ...fake])).trim();
    await eventually('the domain runs', () =>
      Promise.resolve(
        [...session.require().inventory.domains.entries.values()].some(({ ref }) => ref.name === domain),
      ),
    );
    const found = await eventually('it is found', async () => (await onHost(librbdReplacedFailure))[0]);
    assert.ok(
      found.evidence.some((line) => line.endsWith(`domain ${domain}`)),
      found.evidence.join('\n'),
    );
    const run = new PlanRun(await planOf(found, /Start Again/));
    const running = run.run(signal);
    await eventually('it is asked to shut down', () => {
      const [first] = run.steps;
      return Promise.resolve(first?.kind === 'running' && first.progress !== undefined);
    });
    await host.exec(['pkill', '--session', pid]);
    await host.exec(['kill', pid]);
    await host.virsh('destroy', '--domain', domain);
    await running;
    assert.equal((await host.virsh('domstate', '--domain', domain)).trim(), 'running');
    assert.deepEqual(await onHost(librbdReplacedFailure), []);
    await forgetDomain(host, domain);
  });

  it('are a configuration that asks for format 1', async () => {
    const conf = await host.machine.readFile('/etc/ceph/ceph.conf');
    await host.machine.writeFile('/etc/ceph/ceph.conf', `${conf}\n[client]\nrbd default format = 1\n`);
    const { stderr } = await host.exec(['rbd', 'create', '--size', '1M', `${cephPool}/doctor-never`]);
    const [found] = await onHost(imageFormat1Failure, stderr);
    assert.equal(found?.title, `ceph.conf on ${name} asks for new images of format 1`);
    await host.machine.writeFile('/etc/ceph/ceph.conf', conf);
    assert.deepEqual(await onHost(imageFormat1Failure), []);
  });

  it('are told before they bite, where the cluster is newer than what libvirt can follow, and its keys are to change', async () => {
    const answers = {
      versions: { mon: { 'ceph version 20.2.4 (0f) tentacle (stable)': 1 }, osd: {}, overall: {} },
      health: {
        status: 'HEALTH_WARN',
        checks: {
          AUTH_INSECURE_CLIENT_KEY_TYPE: {
            severity: 'HEALTH_WARN',
            summary: { message: '1 auth client entities with insecure key types', count: 1 },
            detail: [{ message: 'entity client.libvirt using insecure key type: aes' }],
            muted: false,
          },
        },
      },
    };
    const wrapper = `#!/bin/sh
case " $* " in
*" versions "*) echo '${JSON.stringify(answers.versions)}' ;;
*" health detail "*) echo '${JSON.stringify(answers.health)}' ;;
*) exec /tmp/ceph.real "$@" ;;
esac
`;
    await host.run(['cp', '/usr/bin/ceph', '/tmp/ceph.real']);
    await host.machine.writeFile('/tmp/ceph.fake', wrapper, 0o755);
    await cover('/usr/bin/ceph', '/tmp/ceph.fake');
    try {
      await ward.cluster.versions.read();
      const [libvirt] = await onHost(authSupportedRemovedFailure);
      assert.equal(libvirt?.title, `Upgrade libvirt on ${name} before its Ceph packages`);
      const [keys] = await inCluster(oldCipherFailure);
      assert.equal(keys?.severity, 'warning');
      assert.match(keys.explanation.join(), new RegExp(`client\\.libvirt \\(${name}\\)`));
      assert.match(keys.explanation.join(), new RegExp(`does not know aes256k: ${name} \\(16\\.2`));
    } finally {
      await host.run(['umount', '/usr/bin/ceph']);
      await ward.cluster.versions.read();
    }
  });

  it('are logins of an old kind, where the cluster warns that it accepts them', async () => {
    const set = (value: string): Promise<string> =>
      lab.ceph.machine.run([
        ...['ceph', 'tell', 'mon.*', 'config', 'set', 'auth_allow_insecure_global_id_reclaim', value],
      ]);
    await set('true');
    try {
      const found = await eventually('the cluster warns', async () => (await inCluster(oldCipherFailure))[0]);
      assert.match(found.evidence.join('\n'), /AUTH_INSECURE_GLOBAL_ID_RECLAIM_ALLOWED/);
      assert.match(found.explanation.join(), /auth_allow_insecure_global_id_reclaim false/);
      assert.doesNotMatch(found.explanation.join(), /aes256k/);
    } finally {
      await set('false');
    }
    await eventually('the cluster is healthy', async () => (await inCluster(oldCipherFailure)).length === 0);
  });
});
