import assert from 'node:assert/strict';
import { qcow2AsRawFailure as failure } from '../../../src/doctor/failures/chain/qcow2AsRaw/qcow2AsRaw.ts';
import type { Finding } from '../../../src/doctor/finding.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { PlanRun } from '../../../src/operations/plan/runPlan.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { xml, type Xml } from '../../../tools/lab/xml.ts';
import { defineScratch, forgetDomain } from '../domains/scratchDomain.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { complaintOf } from './labPatient.ts';
import { patientOf, planOf, untilKnown } from './support/patientOf.ts';

const folder = '/var/lib/libvirt/images/as-raw';

/** Makes what says the format of the file below unknown to QEMU, as images of old versions are. */
const forgetFormat = `at=$(LC_ALL=C grep -obUaP '\\xe2\\x79\\x2a\\xca' "$0" | head -n 1 | cut -d: -f1)
printf '\\021\\042\\063\\104' | dd of="$0" bs=1 seek="$at" conv=notrunc 2>/dev/null`;

describe('a qcow2 image that is used as raw', function () {
  this.timeout(60_000);
  let host: LabHost;
  let session: HostSession;

  const disk = (file: string, type: string): Xml =>
    xml`<disk type='file' device='disk'><driver name='qemu' type='${type}'/><source file='${`${folder}/${file}`}'/><target dev='vda' bus='virtio'/></disk>`;
  const define = (name: string, file: string, type: string): Promise<void> =>
    defineScratch(host, name, { devices: [disk(file, type)] });
  const qemuImg = (...args: string[]): Promise<string> => host.run(['qemu-img', ...args]);
  const find = async (said?: string): Promise<readonly Finding[]> => {
    const complaint = said === undefined ? undefined : complaintOf(failure, said);
    return (await failure.examineHost?.(patientOf(session), complaint)) ?? [];
  };
  const titles = async (): Promise<readonly string[]> => (await find()).map(({ title }) => title);
  const definition = (name: string): Promise<string> => host.virsh('dumpxml', '--inactive', name);
  const go = async (run: PlanRun): Promise<void> => run.run(new AbortController().signal);

  before(async () => {
    const lab = await sharedLab();
    host = lab.host('kvm1');
    await host.run(['mkdir', folder]);
    await qemuImg('create', '-q', '-f', 'qcow2', `${folder}/web.qcow2`, '32M');
    await qemuImg('create', '-q', '-f', 'qcow2', `${folder}/base.qcow2`, '32M');
    await qemuImg('create', '-q', '-f', 'raw', `${folder}/true.raw`, '32M');
    for (const [below, above] of [
      ['base', 'middle'],
      ['middle', 'top'],
    ])
      await qemuImg(
        ...['create', '-q', '-f', 'qcow2', '-F', 'qcow2'],
        ...['-b', `${below}.qcow2`, `${folder}/${above}.qcow2`],
      );
    await define('as-raw-true', 'true.raw', 'raw');
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    await session.connect();
    await untilKnown(session, 'as-raw-true');
  });

  after(async () => {
    session.dispose();
    for (const name of ['as-raw-true', 'as-raw-web', 'as-raw-top']) await forgetDomain(host, name);
    await host.run(['rm', '-r', folder]);
  });

  it('is not found where raw is raw and every image says what it stands on', async () => {
    assert.deepEqual(await titles(), []);
  });

  it('is found by its head, and the definition is corrected and put back', async () => {
    await define('as-raw-web', 'web.qcow2', 'raw');
    await untilKnown(session, 'as-raw-web');
    const found = await find();
    assert.deepEqual(
      found.map(({ title }) => title),
      [`vda of as-raw-web on kvm1 is used as raw, but ${folder}/web.qcow2 is a qcow2 image`],
    );
    assert.match(found[0]?.evidence.join('\n') ?? '', /begins as a qcow2 image of 32 MiB/);
    const run = new PlanRun(await planOf(found[0], /say qcow2/));
    await go(run);
    assert.match(await definition('as-raw-web'), /type='qcow2'/);
    assert.deepEqual(await titles(), []);
    await run.undo();
    assert.match(await definition('as-raw-web'), /type='raw'/);
    assert.equal((await titles()).length, 1);
  });

  it('is converted to a raw file beside it, which is gone again when that is undone', async () => {
    const run = new PlanRun(await planOf((await find())[0], /Convert/));
    await go(run);
    assert.match(await definition('as-raw-web'), /type='raw'.*<source file='[^']*\/web\.raw'\/>/s);
    await qemuImg('compare', '-f', 'qcow2', '-F', 'raw', `${folder}/web.qcow2`, `${folder}/web.raw`);
    assert.deepEqual(await titles(), []);
    await run.undo();
    assert.match(await definition('as-raw-web'), /web\.qcow2/);
    assert.notEqual((await host.exec(['test', '-e', `${folder}/web.raw`])).exitCode, 0);
  });

  it('is left alone where the guest has written over its tables', async () => {
    const plan = await planOf((await find())[0], /say qcow2/);
    await host.run([
      'sh',
      '-c',
      `printf 'x%.0s' $(seq 512) | dd of="$0" bs=1 seek=65536 conv=notrunc`,
      `${folder}/web.qcow2`,
    ]);
    await assert.rejects(go(new PlanRun(plan)), /is not a whole qcow2 image/);
    assert.match(await definition('as-raw-web'), /type='raw'/);
    await forgetDomain(host, 'as-raw-web');
  });

  it('is found below an image that does not say its format, which is then written into that', async () => {
    await host.run(['sh', '-c', forgetFormat, `${folder}/top.qcow2`]);
    await define('as-raw-top', 'top.qcow2', 'qcow2');
    await untilKnown(session, 'as-raw-top');
    const { stderr } = await host.exec(['virsh', 'start', '--paused', 'as-raw-top']);
    const [finding, ...others] = await find(stderr);
    assert.deepEqual(others, []);
    assert.equal(
      finding?.title,
      `The image of vda of as-raw-top on kvm1 does not say that ${folder}/middle.qcow2 is qcow2`,
    );
    assert.equal(finding.severity, 'error');
    await go(new PlanRun(await planOf(finding, /Write the format/)));
    await host.virsh('start', '--paused', 'as-raw-top');
    await host.virsh('destroy', 'as-raw-top');
    assert.deepEqual(await titles(), []);
  });

  it('is told from a raw file that is used as qcow2, for which the definition is corrected too', async () => {
    await define('as-raw-web', 'true.raw', 'qcow2');
    await untilKnown(session, 'as-raw-web');
    const { stderr } = await host.exec(['virsh', 'start', '--paused', 'as-raw-web']);
    const [finding, ...others] = await find(stderr);
    assert.deepEqual(others, []);
    assert.equal(
      finding?.title,
      `vda of as-raw-web on kvm1 is used as qcow2, but ${folder}/true.raw is no such image`,
    );
    const run = new PlanRun(await planOf(finding, /say raw/));
    await go(run);
    assert.deepEqual(await titles(), []);
    await host.virsh('start', '--paused', 'as-raw-web');
    await host.virsh('destroy', 'as-raw-web');
    assert.match(await definition('as-raw-web'), /type='raw'/);
  });
});
