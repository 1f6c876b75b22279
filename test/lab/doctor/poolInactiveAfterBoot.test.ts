import assert from 'node:assert/strict';
import { poolInactiveAfterBootFailure as failure } from '../../../src/doctor/failures/storage/poolInactive/poolInactiveAfterBoot.ts';
import type { Finding } from '../../../src/doctor/finding.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { planScript } from '../../../src/operations/plan/planScript.ts';
import {
  starterScript,
  starterScriptPath,
  starterUnit,
  starterUnitPath,
} from '../../../src/operations/poolStarter/starterFiles.ts';
import { rbdPoolName } from '../../../tools/lab/domains.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { startLab, type Lab } from '../../../tools/lab/lab.ts';
import { eventually } from '../support/eventually.ts';
import { labSession } from '../support/labSession.ts';
import { complaintOf, LabWard, planOf, runPlan } from './labPatient.ts';

const libvirtSays = `Requested operation is not valid: storage pool '${rbdPoolName}' is not active`;
const calls = '/var/log/systemctl.log';

/** In place of systemd, which the lab's hosts have not: it notes what it is told, and knows the unit as enabled or not. */
const systemctl = `#!/bin/sh
case "$*" in
  *${starterUnit} | daemon-reload) ;;
  *) exec /usr/bin/systemctl.lab "$@" ;;
esac
[ "$1" = is-enabled ] || echo "$*" >>${calls}
enabled=/etc/systemd/system/libvirtd.service.wants/${starterUnit}
case $1 in
  enable) mkdir -p "\${enabled%/*}" && ln -sf ${starterUnitPath} "$enabled" ;;
  disable) rm -f "$enabled" ;;
  is-enabled) if [ -e "$enabled" ]; then echo enabled; else echo disabled; exit 1; fi ;;
  start) setsid ${starterScriptPath} >/dev/null 2>&1 & ;;
esac
`;

/** A lab of its own: its monitor is frozen. */
describe('a storage pool that is inactive after a boot', function () {
  this.timeout(60_000);
  let lab: Lab;
  let kvm: LabHost;
  let session: HostSession;
  let ward: LabWard;

  const state = async (): Promise<string> =>
    /State: +(\w+)/.exec(await kvm.virsh('pool-info', rbdPoolName))?.[1] ?? '';
  const examine = async (said?: string): Promise<readonly Finding[]> => {
    await ward.ready();
    return ward.examine(failure, session, said === undefined ? undefined : complaintOf(failure, said));
  };
  const restart = async (): Promise<void> => {
    const host = session.connected;
    await kvm.restartLibvirtd();
    await eventually('the old session has ended', () => Promise.resolve(session.connected !== host));
  };
  const titles = ({ remedies }: Finding): readonly string[] => remedies.map(({ title }) => title);

  before(async () => {
    lab = await startLab({ hosts: [{ name: 'kvm1' }] });
    kvm = lab.host('kvm1');
    session = await labSession(lab, 'qemu+ssh://kvm1/system', { autoReconnect: true });
    ward = new LabWard([session]);
    await kvm.run(['mv', '/usr/bin/systemctl', '/usr/bin/systemctl.lab']);
    await kvm.machine.writeFile('/usr/bin/systemctl', systemctl, 0o755);
    await kvm.run(['mkdir', '-p', '/run/systemd/system']);
  });

  after(async () => {
    ward.dispose();
    await lab.stop();
  });

  it('is not found while it is active, nor while it is not to start with the host', async () => {
    assert.deepEqual(await examine(), []);
    assert.deepEqual(await examine(libvirtSays), []);
    await kvm.virsh('pool-autostart', rbdPoolName, '--disable');
    await kvm.virsh('pool-destroy', rbdPoolName);
    assert.deepEqual(await examine(), []);
    const [finding] = await examine(libvirtSays);
    assert.equal(finding?.title, `The storage pool ${rbdPoolName} on kvm1 is not active`);
    const run = await runPlan(await planOf(finding));
    assert.match(await kvm.virsh('pool-info', rbdPoolName), /State: +running[\s\S]*Autostart: +yes/);
    await run.undo();
    assert.match(await kvm.virsh('pool-info', rbdPoolName), /State: +inactive[\s\S]*Autostart: +no/);
    await runPlan(await planOf(finding));
  });

  it('is left so by a restart of libvirt, which the marker of its autostart tells; a plan starts it', async () => {
    await kvm.run(['touch', '-d', '1 hour ago', '/run/libvirt/storage/autostarted']);
    await restart();
    assert.equal(await state(), 'inactive');
    const [finding, ...more] = await examine();
    assert.deepEqual(more, []);
    assert.match(
      finding?.explanation[0] ?? '',
      /was restarted after the boot\. It does not take up a pool of the type rbd/,
    );
    await runPlan(await planOf(finding));
    assert.equal(await state(), 'running');
    assert.deepEqual(await examine(), []);
  });

  it('is left so when libvirt could not start it, with the reason from its log', async () => {
    await kvm.virsh('pool-destroy', rbdPoolName);
    const secret = (await kvm.virsh('secret-list')).trim().split(/\s+/)[0] ?? '';
    const value = (await kvm.virsh('secret-get-value', secret)).trim();
    await kvm.machine.writeFile('/root/wrong', Buffer.from('no key').toString('base64'), 0o600);
    await kvm.machine.writeFile('/root/right', value, 0o600);
    await kvm.virsh('secret-set-value', secret, '--file', '/root/wrong');
    await kvm.run(['rm', '/run/libvirt/storage/autostarted']);
    await restart();
    await kvm.virsh('secret-set-value', secret, '--file', '/root/right');
    const [finding] = await examine();
    assert.match(finding?.explanation[0] ?? '', /it tried and failed/);
    assert.match(finding?.evidence.join('\n') ?? '', /failed to connect to the RADOS monitor/);
    await runPlan(await planOf(finding));
  });

  it('gets a unit that is shown, installed, found again and removed', async () => {
    await kvm.virsh('pool-destroy', rbdPoolName);
    const [finding] = await examine();
    assert.ok(finding);
    assert.deepEqual(titles(finding), [
      `Start the storage pool ${rbdPoolName} now`,
      'Have kvm1 start its pools when their storage answers, from now on',
    ]);
    const install = finding.remedies[1];
    assert.ok(install?.kind === 'plan');
    const plan = await install.plan({});
    assert.ok(planScript(plan).text.includes(starterScript.trim()));
    const run = await runPlan(plan);
    await eventually('the unit has started the pool', async () => (await state()) === 'running');
    assert.equal((await kvm.run(['stat', '-c', '%a', starterScriptPath])).trim(), '755');
    const [installed, ...more] = await examine();
    assert.deepEqual(more, []);
    assert.deepEqual([installed?.severity, installed?.about.kind], ['information', 'host']);
    const again = await runPlan(await install.plan({}));
    assert.deepEqual(
      again.steps.map(({ kind }) => kind),
      ['already', 'already', 'already', 'done', 'done'],
    );
    const removal = await runPlan(await planOf(installed));
    await assert.rejects(kvm.run(['ls', starterUnitPath, starterScriptPath]));
    await removal.undo();
    assert.deepEqual(
      (await examine()).map(({ severity }) => severity),
      ['information'],
    );
    await run.undo();
    await assert.rejects(kvm.run(['ls', starterUnitPath]));
    assert.deepEqual(await examine(), []);
    const told = (await kvm.run(['cat', calls])).trim().split('\n');
    assert.deepEqual(
      [told[0], told[1], told[2], told.at(-1)],
      ['daemon-reload', `enable ${starterUnit}`, `start --no-block ${starterUnit}`, 'daemon-reload'],
    );
  });

  it('is started by the script as soon as a monitor that was frozen answers, and libvirt is not asked before', async () => {
    await kvm.machine.writeFile(starterScriptPath, starterScript, 0o755);
    const runScript = (rounds: number): ReturnType<LabHost['exec']> =>
      kvm.exec(['env', `LIBVIRT_POOLS_ROUNDS=${rounds}`, 'LIBVIRT_POOLS_PAUSE=1', starterScriptPath]);
    await kvm.virsh('pool-destroy', rbdPoolName);
    await ward.ready();
    await lab.ceph.freeze('mon');
    try {
      const [finding] = await ward.examine(failure, session);
      assert.ok(finding);
      assert.deepEqual(titles(finding), [
        'Have kvm1 start its pools when their storage answers, from now on',
      ]);
      const failed = await runScript(1);
      assert.equal(failed.exitCode, 1);
      assert.match(failed.stdout, new RegExp(`Waiting for the servers of the storage pool ${rbdPoolName}`));
      const waiting = runScript(60);
      await lab.ceph.thaw('mon');
      const { exitCode, stdout } = await waiting;
      assert.equal(exitCode, 0);
      assert.match(stdout, new RegExp(`Started the storage pool ${rbdPoolName}`));
    } finally {
      await lab.ceph.thaw('mon');
    }
    assert.equal(await state(), 'running');
    const { exitCode, stdout } = await runScript(1);
    assert.deepEqual([exitCode, stdout], [0, '']);
  });
});
