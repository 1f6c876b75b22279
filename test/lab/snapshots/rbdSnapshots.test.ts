import assert from 'node:assert/strict';
import { CancelledError } from '../../../src/base/errors.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { getDomainXml, lookupDomainByName, startDomain } from '../../../src/libvirt/domains.ts';
import { guestAgentAnswers, listGuestFilesystems } from '../../../src/libvirt/guestAgent.ts';
import { parseDomain } from '../../../src/libvirt/model/domain.ts';
import type { DomainRef } from '../../../src/libvirt/protocol/refs.ts';
import {
  clonesOf,
  protectSet,
  removeSet,
  rollBack,
  type RollbackOptions,
  unprotectSet,
} from '../../../src/operations/snapshots/changeRbdSnapshots.ts';
import {
  QuietGuestError,
  type Quiet,
  type QuietOptions,
} from '../../../src/operations/snapshots/quietGuest.ts';
import { rollBackDomain, type RollbackPlan } from '../../../src/operations/snapshots/rollBackDomain.ts';
import { findRbdDisks, imageName, type DomainDisks } from '../../../src/operations/snapshots/rbdDisks.ts';
import {
  protectionOf,
  readRbdSnapshots,
  type RbdSnapshotSet,
} from '../../../src/operations/snapshots/rbdSnapshotSets.ts';
import { takeRbdSnapshots } from '../../../src/operations/snapshots/takeRbdSnapshots.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { eventually } from '../support/eventually.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';

/** Stands before `rbd` on the host: notes what the guest's agent says when a snapshot is made, then does what it is told. */
const wrapper = '/usr/local/bin/rbd';
const notes = '/tmp/rbd-notes';
const askAgent = `virsh qemu-agent-command web1 '{"execute":"guest-fsfreeze-status"}'`;

describe('RBD snapshots of all disks of a domain', function () {
  this.timeout(60_000);
  let lab: Lab;
  let host: LabHost;
  let session: HostSession;
  let ref: DomainRef;
  let disks: DomainDisks;

  before(async () => {
    lab = await sharedLab();
    host = lab.host('kvm1');
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    const { connection } = await session.connect();
    ref = await lookupDomainByName(connection, 'web1');
    await eventually('the agent answers', () => guestAgentAnswers(connection, ref));
    disks = await disksOfWeb1();
  });

  after(async () => {
    session.dispose();
    await host.run(['rm', '-f', wrapper, notes]);
  });

  afterEach(async () => {
    await host.run(['rm', '-f', wrapper, notes]);
  });

  async function disksOfWeb1(): Promise<DomainDisks> {
    const { connection } = session.require();
    return findRbdDisks(session.require(), (await parseDomain(await getDomainXml(connection, ref))).disks);
  }

  /** Does `before` on the host whenever a snapshot is being made. */
  async function wrapRbd(before: string): Promise<void> {
    await host.machine.writeFile(
      wrapper,
      `#!/bin/sh\ncase "$*" in *"snap create"*) ${before} ;; esac\nexec /usr/bin/rbd "$@"\n`,
      0o755,
    );
  }

  async function take(name: string, quiet: Quiet, options: QuietOptions = {}): Promise<void> {
    const { connection, transport } = session.require();
    const domain = { connection, transport, uri: 'qemu:///system', ref };
    await takeRbdSnapshots(domain, { name, disks: disks.rbd, quiet }, options);
  }

  async function setNamed(name: string): Promise<RbdSnapshotSet> {
    const { sets } = await readRbdSnapshots(await disksOfWeb1());
    const set = sets.find((one) => one.name === name);
    assert.ok(set, `there is a set ${name}`);
    return set;
  }

  /** What `rbd` itself says, with the key of client.admin. */
  async function snapshotsOn(image: string): Promise<string[]> {
    return ((await lab.ceph.rbd('snap', 'ls', `${lab.ceph.pool}/${image}`)) as { name: string }[]).map(
      ({ name }) => name,
    );
  }

  /** What is in an image, or in its snapshot, as hexadecimal numbers. @param range offset and length */
  async function read(name: string, range: string): Promise<string> {
    const command = ['qemu-io', '--read-only', '--format', 'raw', '--cmd', `read -v ${range}`, `rbd:${name}`];
    return (await host.run(command)).replace(/^read [^]*/m, '');
  }

  /** What is made of a snapshot when nobody is there any more to remove it. */
  async function removeLeft(name: string): Promise<void> {
    const isMaking = async (): Promise<boolean> =>
      (await host.machine.processes()).some(({ args }) => args.join(' ').includes('snap create'));
    await eventually('what was under way has ended', async () => !(await isMaking()));
    for (const image of ['web1', 'web1-data']) {
      if (!(await snapshotsOn(image)).includes(name)) continue;
      await host.run(['rbd', 'snap', 'rm', '--no-progress', `${lab.ceph.pool}/${image}@${name}`]);
    }
  }

  const frozen = async (): Promise<string> =>
    (await host.run(['sh', '-c', askAgent])).replace(/^.*"return":"(\w+)".*$/s, '$1');

  it('finds the disks with the identity that libvirt uses for each', () => {
    assert.deepEqual(
      disks.rbd.map(({ target, image, client }) => [target, imageName(image), client.access.clientId]),
      [
        ['vda', 'libvirt-pool/web1', 'libvirt'],
        ['vdb', 'libvirt-pool/web1-data', 'libvirt'],
      ],
    );
    assert.deepEqual(disks.others, []);
  });

  it('finds disks that are volumes of a pool, and tells those that are something else', async () => {
    const { connection } = session.require();
    const volume = (pool: string, name: string, target: string) => `<disk type='volume' device='disk'>
      <source pool='${pool}' volume='${name}'/><target dev='${target}'/></disk>`;
    const { disks: mixed } = await parseDomain(`<domain><devices>
      ${volume('rbd-pool', 'web1-data', 'vda')}${volume('images', 'cache1.qcow2', 'vdb')}
      ${volume('rbd-pool', 'web1-data', 'vdc')}</devices></domain>`);
    const found = await findRbdDisks({ connection, transport: session.require().transport }, mixed);
    assert.deepEqual(
      found.rbd.map(({ target, image }) => [target, imageName(image)]),
      [['vda', 'libvirt-pool/web1-data']],
    );
    assert.deepEqual(
      found.others.map(({ target }) => target),
      ['vdb'],
    );
  });

  it('are taken while the guest is frozen, and the guest goes on', async () => {
    const { connection } = session.require();
    assert.deepEqual(await listGuestFilesystems(connection, ref), [
      { mountpoint: '/data', type: 'ext4', disks: ['vdb'] },
    ]);
    await wrapRbd(`${askAgent} >>${notes}`);
    const steps: string[] = [];
    await take('frozen', 'frozen', { say: (step) => steps.push(step) });
    assert.deepEqual((await host.run(['cat', notes])).match(/frozen|thawed/g), ['frozen', 'frozen']);
    assert.equal(await frozen(), 'thawed');
    assert.deepEqual(steps, [
      'Freezing the file systems of web1',
      'Taking snapshots of 2 disks',
      'Thawing the file systems of web1',
    ]);
    assert.deepEqual(await snapshotsOn('web1'), ['frozen']);
    assert.deepEqual(await snapshotsOn('web1-data'), ['frozen']);
  });

  it('of a frozen guest need no repair, those of one that goes on do', async () => {
    await take('as-it-is', 'none');
    assert.equal(await needsRecovery('as-it-is'), true);
    assert.equal(await needsRecovery('frozen'), false);
    await removeSet(await setNamed('as-it-is'), { unprotect: false });
  });

  /** Whether the journal of the guest's ext4 would be replayed when it is mounted: a bit of its superblock. */
  async function needsRecovery(snapshot: string): Promise<boolean> {
    const superblock = await read(`${lab.ceph.pool}/web1-data@${snapshot}`, '1024 512');
    const features = /^00000460: {2}([0-9a-f]{2}) /m.exec(superblock)?.[1] ?? '';
    assert.notEqual(features, '');
    return (parseInt(features, 16) & 4) !== 0;
  }

  it('are told as one, with the size, the time and the protection of all', async () => {
    const set = await setNamed('frozen');
    assert.deepEqual(
      set.members.map(({ disk }) => disk.target),
      ['vda', 'vdb'],
    );
    assert.deepEqual(set.missing, []);
    assert.equal(protectionOf(set), 'none');
    assert.ok(set.size > 4 * 1024 ** 3);
    assert.ok(set.createdAt);
  });

  it('of one name are refused when one disk has it already, and that one is kept', async () => {
    await host.run(['rbd', 'snap', 'create', '--no-progress', `${lab.ceph.pool}/web1-data@half`]);
    await assert.rejects(take('half', 'frozen'), /There is an RBD snapshot half already, of vdb\./);
    assert.deepEqual(await snapshotsOn('web1-data'), ['frozen', 'half']);
    const set = await setNamed('half');
    assert.deepEqual(
      set.missing.map(({ target }) => target),
      ['vda'],
    );
    await removeSet(set, { unprotect: false });
    assert.deepEqual(await snapshotsOn('web1-data'), ['frozen']);
  });

  it('are all or none: when one fails, the guest is thawed and the others are removed', async () => {
    await wrapRbd(`case "$*" in *--image=web1-data*) echo "rbd: no luck" >&2; exit 5 ;; esac`);
    await assert.rejects(take('failing', 'frozen'), /was not taken: vdb: rbd on .*: no luck/);
    assert.equal(await frozen(), 'thawed');
    assert.deepEqual(await snapshotsOn('web1'), ['frozen']);
    assert.deepEqual(await snapshotsOn('web1-data'), ['frozen']);
  });

  it('that are cancelled leave a thawed guest and no snapshot', async () => {
    await wrapRbd(`touch ${notes}; sleep 1`);
    const cancel = new AbortController();
    const taking = take('cancelled', 'frozen', { signal: cancel.signal });
    taking.catch(() => undefined);
    await eventually('it is being made', async () => (await host.exec(['test', '-e', notes])).exitCode === 0);
    assert.equal(await frozen(), 'frozen');
    cancel.abort();
    await assert.rejects(taking, CancelledError);
    assert.equal(await frozen(), 'thawed');
    assert.deepEqual(await snapshotsOn('web1'), ['frozen']);
    assert.deepEqual(await snapshotsOn('web1-data'), ['frozen']);
  });

  it('that take too long are given up for the sake of the guest', async () => {
    await wrapRbd('sleep 1');
    await assert.rejects(
      take('slow', 'frozen', { quietMs: 500 }),
      (error) => error instanceof QuietGuestError && error.code === 'quiet-too-long',
    );
    assert.equal(await frozen(), 'thawed');
    assert.deepEqual(await snapshotsOn('web1'), ['frozen']);
  });

  it('thaw the guest from the host when the connection is lost', async () => {
    const own = await labSession(lab, 'qemu+ssh://kvm1/system');
    const { connection, transport } = await own.connect();
    await wrapRbd(`touch ${notes}; sleep 1`);
    const domain = { connection, transport, uri: 'qemu:///system', ref };
    const lost = await findRbdDisks(
      own.require(),
      (await parseDomain(await getDomainXml(connection, ref))).disks,
    );
    const taking = takeRbdSnapshots(domain, { name: 'lost', disks: lost.rbd, quiet: 'frozen' });
    taking.catch(() => undefined);
    await eventually('it is being made', async () => (await host.exec(['test', '-e', notes])).exitCode === 0);
    assert.equal(await frozen(), 'frozen');
    own.dispose();
    await assert.rejects(taking);
    await eventually('the guard thaws', async () => (await frozen()) === 'thawed');
    await removeLeft('lost');
  });

  it('thaw the guest from the host when libvirt is lost', async () => {
    const own = await labSession(lab, 'qemu+ssh://kvm1/system');
    const { connection, transport } = await own.connect();
    await wrapRbd(`touch ${notes}; sleep 1`);
    const domain = { connection, transport, uri: 'qemu:///system', ref };
    const { disks: all } = await parseDomain(await getDomainXml(connection, ref));
    const lost = await findRbdDisks(own.require(), all);
    const taking = takeRbdSnapshots(domain, { name: 'by-guard', disks: lost.rbd, quiet: 'frozen' });
    taking.catch(() => undefined);
    await eventually('it is being made', async () => (await host.exec(['test', '-e', notes])).exitCode === 0);
    assert.equal(await frozen(), 'frozen');
    connection.dispose();
    // The SSH connection goes with that to libvirt: whether the end of the guard is heard of is a matter of time.
    await taking.catch(() => undefined);
    await eventually('the guard thaws', async () => (await frozen()) === 'thawed');
    own.dispose();
    await removeLeft('by-guard');
  });

  it('that freeze too late leave a thawed guest and no snapshot', async () => {
    await assert.rejects(
      take('late', 'frozen', { freezeMs: 1 }),
      (error) => error instanceof QuietGuestError && error.code === 'not-frozen',
    );
    assert.equal(await frozen(), 'thawed');
    assert.deepEqual(await snapshotsOn('web1'), ['frozen']);
  });

  it('tell when somebody else thaws the guest too early, and are removed', async () => {
    await wrapRbd('virsh domfsthaw web1 >/dev/null 2>&1');
    await assert.rejects(
      take('early', 'frozen'),
      (error) => error instanceof QuietGuestError && error.code === 'thawed-early',
    );
    assert.deepEqual(await snapshotsOn('web1'), ['frozen']);
  });

  it('are taken of a guest that stands still for a moment', async () => {
    await wrapRbd(`virsh domstate web1 >>${notes}`);
    await take('suspended', 'suspended');
    assert.deepEqual((await host.run(['cat', notes])).match(/\w+/g), ['paused', 'paused']);
    assert.match(await host.virsh('domstate', 'web1'), /^running/);
    await removeSet(await setNamed('suspended'), { unprotect: false });
  });

  it('are not rolled back to while somebody has the disks open', async () => {
    await assert.rejects(
      rollBack(await setNamed('frozen')),
      /It is still open: vda \(libvirt-pool\/web1\) by /,
    );
  });

  it('bring back what the disks held, once nothing fails half-way', async () => {
    const { connection } = session.require();
    await host.virsh('shutdown', 'web1');
    const image = `${lab.ceph.pool}/web1-data`;
    const content = (name: string): Promise<string> => read(name, '0 64k');
    await eventually('nobody has it open', async () => {
      return !JSON.stringify(await lab.ceph.rbd('status', image)).includes('address');
    });
    await host.run(['qemu-io', '--format', 'raw', '--cmd', 'write -P 0x5a 0 64k', `rbd:${image}`]);
    assert.notEqual(await content(image), await content(`${image}@frozen`));
    await host.machine.writeFile(
      wrapper,
      '#!/bin/sh\ncase "$*" in *"snap rollback"*web1-data*) exit 5 ;; esac\nexec /usr/bin/rbd "$@"\n',
      0o755,
    );
    const half = /Not all disks are back at frozen: vdb: /;
    await assert.rejects(rollBackTo('frozen', { stop: undefined, keep: undefined }), half);
    await host.run(['rm', wrapper]);
    const fractions: (number | undefined)[] = [];
    await rollBackTo(
      'frozen',
      { stop: undefined, keep: undefined },
      { report: ({ fraction }) => fractions.push(fraction) },
    );
    assert.equal(await content(image), await content(`${image}@frozen`));
    assert.equal(fractions.at(-1), 1);
    assert.match(await host.virsh('domstate', 'web1'), /^shut off/);
    await startDomain(connection, ref);
    await eventually('the guest is back', () => guestAgentAnswers(connection, ref));
  });

  it('are rolled back to with the domain stopped for it, and what was there kept', async () => {
    const { connection } = session.require();
    const cancelled = AbortSignal.abort();
    const plan = { stop: 'shutDown', keep: 'kept' } as const;
    await assert.rejects(rollBackTo('frozen', plan, { signal: cancelled }), CancelledError);
    assert.match(await host.virsh('domstate', 'web1'), /^running/);
    await rollBackTo('frozen', plan);
    assert.match(await host.virsh('domstate', 'web1'), /^running/);
    assert.deepEqual(await snapshotsOn('web1-data'), ['frozen', 'kept']);
    await removeSet(await setNamed('kept'), { unprotect: false });
    await eventually('the guest is back', () => guestAgentAnswers(connection, ref));
  });

  async function rollBackTo(
    name: string,
    plan: Pick<RollbackPlan, 'stop' | 'keep'>,
    options: RollbackOptions = {},
  ): Promise<void> {
    const { connection, transport } = session.require();
    const domain = { connection, transport, uri: 'qemu:///system', ref };
    await rollBackDomain(domain, { ...plan, set: await setNamed(name), stopSeconds: 30 }, options);
  }

  it('that are protected are kept while they have clones', async () => {
    await protectSet(await setNamed('frozen'));
    assert.equal(protectionOf(await setNamed('frozen')), 'all');
    await assert.rejects(
      removeSet(await setNamed('frozen'), { unprotect: false }),
      /frozen, on 2 of 2 disks: .*protected/s,
    );
    await host.run(['rbd', 'clone', `${lab.ceph.pool}/web1@frozen`, `${lab.ceph.pool}/web1-copy`]);
    assert.deepEqual(
      (await clonesOf(await setNamed('frozen'))).map(({ target, clone }) => [target, imageName(clone)]),
      [['vda', 'libvirt-pool/web1-copy']],
    );
    await assert.rejects(unprotectSet(await setNamed('frozen')), /frozen, on 1 of 2 disks: vda: /);
    await host.run(['rbd', 'rm', '--no-progress', `${lab.ceph.pool}/web1-copy`]);
    await removeSet(await setNamed('frozen'), { unprotect: true });
    assert.deepEqual(await snapshotsOn('web1'), []);
    assert.deepEqual(await snapshotsOn('web1-data'), []);
  });

  it('have names that are data', async () => {
    const name = `it's "a" $(reboot) %s ü --help`;
    await take(name, 'none');
    assert.deepEqual(await snapshotsOn('web1'), [name]);
    await removeSet(await setNamed(name), { unprotect: false });
    assert.deepEqual(await snapshotsOn('web1-data'), []);
  });
});
