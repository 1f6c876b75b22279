import assert from 'node:assert/strict';
import { daemonNotRunningFailure } from '../../../src/doctor/failures/libvirt/daemonNotRunning/daemonNotRunning.ts';
import { droppedElementsFailure } from '../../../src/doctor/failures/libvirt/droppedElements.ts';
import { duplicateTargetFailure } from '../../../src/doctor/failures/libvirt/duplicateTarget.ts';
import { noHotplugOnBusFailure } from '../../../src/doctor/failures/libvirt/noHotplugOnBus.ts';
import { nvramLostFailure } from '../../../src/doctor/failures/libvirt/nvramLost.ts';
import { snapshotOnRawFailure } from '../../../src/doctor/failures/libvirt/snapshotOnRaw.ts';
import { stateChangeLockFailure } from '../../../src/doctor/failures/libvirt/stateChangeLock.ts';
import type { Failure } from '../../../src/doctor/failure.ts';
import type { Finding } from '../../../src/doctor/finding.ts';
import type { Subject } from '../../../src/doctor/subject.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { PlanRun } from '../../../src/operations/plan/runPlan.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { xml, type Xml } from '../../../tools/lab/xml.ts';
import { defineScratch, forgetDomain, rbdDisk } from '../domains/scratchDomain.ts';
import { eventually } from '../support/eventually.ts';
import { labSession, until } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { complaintOf } from './labPatient.ts';
import { patientOf, planOf, untilKnown } from './support/patientOf.ts';

const folder = '/var/lib/libvirt/images/itself';
const name = 'itself-web';
const uefi = 'itself-uefi';

describe('what libvirt itself refuses', function () {
  this.timeout(60_000);
  let host: LabHost;
  let session: HostSession;

  const subject = (domain: string): Subject & { readonly name: string; readonly uuid: string } => {
    const all = [...(session.inventory?.domains.entries.values() ?? [])];
    const ref = all.find((one) => one.ref.name === domain)?.ref;
    assert.ok(ref);
    return { kind: 'domain', host: 'kvm1', name: domain, uuid: ref.uuid };
  };
  /** What virsh says, explained. */
  const refused = async (failure: Failure, ...args: string[]): Promise<Finding> => {
    const { exitCode, stderr } = await host.exec(['virsh', '--quiet', ...args]);
    assert.notEqual(exitCode, 0, args.join(' '));
    const complaint = complaintOf(failure, stderr.trim(), subject(name));
    const [finding, ...others] = (await failure.examineHost?.(patientOf(session), complaint)) ?? [];
    assert.ok(finding);
    assert.deepEqual(others, []);
    return finding;
  };
  const titles = async (failure: Failure): Promise<readonly string[]> =>
    ((await failure.examineHost?.(patientOf(session))) ?? []).map(({ title }) => title);
  const disk = (file: string, target: string, bus = 'virtio'): Xml =>
    xml`<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='${`${folder}/${file}`}'/><target dev='${target}' bus='${bus}'/></disk>`;

  before(async () => {
    const lab = await sharedLab();
    host = lab.host('kvm1');
    await host.run(['mkdir', folder]);
    for (const file of ['a.img', 'b.img', 'VARS.fd', 'nvram.fd'])
      await host.run(['truncate', '--size=128K', `${folder}/${file}`]);
    await host.run(['cp', '/usr/share/seabios/bios-256k.bin', `${folder}/CODE.fd`]);
    await defineScratch(host, name, { devices: [disk('a.img', 'vda')] });
    await defineScratch(host, uefi, {
      os: xml`<os><type arch='x86_64' machine='q35'>hvm</type><loader readonly='yes' type='pflash'>${`${folder}/CODE.fd`}</loader><nvram template='${`${folder}/VARS.fd`}'>${`${folder}/nvram.fd`}</nvram></os>`,
    });
    await host.virsh('start', '--paused', name);
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    await session.connect();
    await untilKnown(session, name);
    await untilKnown(session, uefi);
  });

  after(async () => {
    session.dispose();
    for (const domain of [name, uefi]) await forgetDomain(host, domain);
    await host.run(['rm', '-r', folder]);
  });

  it('is a disk on SATA or IDE while the domain runs: another bus is offered', async () => {
    const attach = (bus: string, target: string): readonly string[] => [
      ...['attach-disk', name, `${folder}/b.img`, target, '--targetbus', bus, '--live'],
    ];
    const sata = await refused(noHotplugOnBusFailure, ...attach('sata', 'sdb'));
    assert.equal(sata.title, `SATA cannot be plugged while ${name} on kvm1 runs`);
    const ide = await refused(noHotplugOnBusFailure, ...attach('ide', 'hdb'));
    assert.equal(ide.title, `IDE.0 cannot be plugged while ${name} on kvm1 runs`);
    assert.deepEqual(
      sata.remedies.map((one) => one.kind === 'command' && one.command),
      ['libvirt.domain.attachDisk', false],
    );
  });

  it('is a second disk of the same name: the next name that is free is told', async () => {
    await host.virsh('attach-disk', name, `${folder}/b.img`, 'vdb', '--config');
    session.inventory?.domains.noteDefinition(subject(name).uuid);
    const finding = await refused(
      duplicateTargetFailure,
      ...['attach-disk', name, `${folder}/b.img`, 'vda', '--live'],
    );
    assert.match(finding.explanation.join('\n'), /One is .*a\.img, the other .*b\.img.*: vdc\./s);
    assert.deepEqual(finding.evidence.slice(1), ['defined: vda vdb', 'running: vda']);
    await host.virsh('detach-disk', name, 'vdb', '--config');
    session.inventory?.domains.noteDefinition(subject(name).uuid);
  });

  it('is a snapshot within a raw disk: one that its storage can have is offered', async () => {
    const files = await refused(snapshotOnRawFailure, 'snapshot-create-as', name, 's1');
    assert.deepEqual(
      files.remedies.map((one) => one.kind === 'command' && one.command),
      ['libvirt.snapshot.take'],
    );
    await host.virsh(
      'attach-device',
      name,
      await host.writeXml('itself', rbdDisk('web1', 'vdb')),
      '--config',
    );
    session.inventory?.domains.noteDefinition(subject(name).uuid);
    const mixed = await refused(snapshotOnRawFailure, 'snapshot-create-as', name, 's1');
    assert.deepEqual(
      mixed.remedies.map((one) => one.kind === 'command' && one.command),
      ['libvirt.snapshot.takeRbd', 'libvirt.snapshot.take'],
    );
    assert.match(mixed.explanation.join('\n'), /Some disks are on Ceph and some are files/);
  });

  it('is an element that it does not know, which it would drop without the check', async () => {
    const defined = await host.virsh('dumpxml', '--inactive', name);
    const wrong = defined.replace('<memory', '<bogus>1</bogus><memory');
    await host.machine.writeFile('/tmp/itself-wrong.xml', wrong);
    const finding = await refused(droppedElementsFailure, 'define', '--validate', '/tmp/itself-wrong.xml');
    assert.equal(finding.title, 'libvirt on kvm1 does not expect <bogus> in <domain> where it stands');
    await host.virsh('define', '/tmp/itself-wrong.xml');
    assert.doesNotMatch(await host.virsh('dumpxml', '--inactive', name), /bogus/);
  });

  it('is a change while another operation has the lock: who has it, and since when', async () => {
    const said =
      'Timed out during operation: cannot acquire state change lock (held by monitor=remoteDispatchDomainBlockResize)';
    const complaint = complaintOf(stateChangeLockFailure, said, subject(name));
    const look = async (): Promise<Finding | undefined> =>
      (await stateChangeLockFailure.examineHost?.(patientOf(session), complaint))?.[0];
    const qemu = ({ args }: { readonly args: readonly string[] }): boolean =>
      args.some((word) => word.startsWith(`guest=${name},`));
    await host.machine.signal(qemu, 'SIGSTOP');
    const held = host.exec(['virsh', '--quiet', 'blockresize', name, 'vda', '256K']);
    try {
      const finding = await eventually('it is locked', async () => {
        const found = await look();
        return found?.severity === 'error' && found;
      });
      assert.match(
        finding.explanation[0] ?? '',
        /remoteDispatchDomainBlockResize holds it: a disk is resized/,
      );
      assert.match(finding.evidence.join('\n'), /libvirt has been busy with it for \d+ s/);
      assert.deepEqual(
        finding.remedies.map((one) => one.kind === 'command' && one.command),
        ['libvirt.domain.forceOff'],
      );
    } finally {
      await host.machine.signal(qemu, 'SIGCONT');
    }
    await held;
    assert.equal((await look())?.title, `${name} on kvm1 is not locked any more`);
  });

  it('is undefining a domain with UEFI without a word about its variables', async () => {
    const { stderr } = await host.exec(['virsh', '--quiet', 'undefine', uefi]);
    const complaint = complaintOf(nvramLostFailure, stderr, subject(uefi));
    const [finding] = (await nvramLostFailure.examineHost?.(patientOf(session), complaint)) ?? [];
    assert.deepEqual(
      finding?.remedies.map((one) => one.kind === 'command' && one.command),
      ['libvirt.domain.undefine'],
    );
  });

  it('is a domain whose UEFI variables are lost, unless it was never started', async () => {
    assert.deepEqual(await titles(nvramLostFailure), []);
    await host.run(['rm', `${folder}/nvram.fd`]);
    assert.deepEqual(await titles(nvramLostFailure), []);
    await host.virsh('start', uefi);
    await host.virsh('destroy', uefi);
    await host.run(['rm', `${folder}/nvram.fd`]);
    const { uuid } = subject(uefi);
    const state = (): number | undefined => session.inventory?.domains.entries.get(uuid)?.state;
    await until(session.onDidChangeInventory, () => state() === 5, 'it is off');
    assert.deepEqual(await titles(nvramLostFailure), [
      `${uefi} on kvm1 has no file ${folder}/nvram.fd for its UEFI variables`,
    ]);
    await host.run(['rm', `${folder}/VARS.fd`]);
    const [worse] = (await nvramLostFailure.examineHost?.(patientOf(session))) ?? [];
    assert.equal(worse?.severity, 'error');
    assert.deepEqual(
      worse.remedies.map(({ kind }) => kind),
      ['document'],
    );
    await host.run(['truncate', '--size=128K', `${folder}/VARS.fd`]);
    await host.virsh('start', uefi);
    await host.virsh('destroy', uefi);
    assert.deepEqual(await titles(nvramLostFailure), []);
  });

  it('is nothing where libvirtd listens; where virtqemud does, a part that nobody listens for', async () => {
    assert.deepEqual(await titles(daemonNotRunningFailure), []);
    const make = `timeout 0.2 nc -lU /run/libvirt/virtqemud-sock </dev/null; test -S /run/libvirt/virtqemud-sock || exit
mount -t tmpfs tmpfs /usr/local/sbin && printf '#!/bin/sh\\n' > /usr/local/sbin/virtstoraged && chmod 755 /usr/local/sbin/virtstoraged`;
    const made = await host.exec(['sh', '-c', make]);
    try {
      assert.equal(made.exitCode, 0, made.stderr);
      const [finding] = (await daemonNotRunningFailure.examineHost?.(patientOf(session))) ?? [];
      assert.equal(finding?.title, 'Nobody listens for virtstoraged on kvm1');
      await assert.rejects(
        new PlanRun(await planOf(finding, /virtstoraged/)).run(new AbortController().signal),
        /systemctl on kvm1: Unit/,
      );
    } finally {
      await host.run(['sh', '-c', 'rm -f /run/libvirt/virtqemud-sock; umount /usr/local/sbin']);
    }
  });
});
