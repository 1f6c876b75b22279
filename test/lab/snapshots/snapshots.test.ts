import assert from 'node:assert/strict';
import type { LibvirtConnection } from '../../../src/libvirt/connection.ts';
import {
  destroyDomain,
  getDomainXml,
  lookupDomainByName,
  startDomain,
} from '../../../src/libvirt/domains.ts';
import { LibvirtError } from '../../../src/libvirt/errors.ts';
import { guestAgentAnswers } from '../../../src/libvirt/guestAgent.ts';
import { parseDomain } from '../../../src/libvirt/model/domain.ts';
import { DomainCreate } from '../../../src/libvirt/protocol/domainFlags.ts';
import type { DomainRef } from '../../../src/libvirt/protocol/refs.ts';
import { countSnapshots } from '../../../src/libvirt/snapshots.ts';
import {
  describe as describeSnapshot,
  isUndeletable,
  remove,
  revert,
  spoiltByRevert,
} from '../../../src/operations/snapshots/changeSnapshot.ts';
import { offerSnapshots } from '../../../src/operations/snapshots/snapshotKinds.ts';
import {
  descendantsOf,
  readSnapshots,
  type Snapshot,
} from '../../../src/operations/snapshots/snapshotTree.ts';
import { filesOf, takeSnapshot, type NewSnapshot } from '../../../src/operations/snapshots/takeSnapshot.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { connectTo } from '../libvirt/labConnection.ts';
import { sharedLab } from '../support/sharedLab.ts';

const disk = '/var/lib/libvirt/images/cache1.qcow2';

describe('snapshots of a domain', function () {
  this.timeout(60_000);
  let host: LabHost;
  let connection: LibvirtConnection;
  let ref: DomainRef;

  before(async () => {
    host = (await sharedLab()).host('kvm1');
    connection = await connectTo(host);
    ref = await lookupDomainByName(connection, 'cache1');
    await host.run(['cp', disk, '/tmp/cache1.qcow2']);
  });

  after(async () => {
    connection.dispose();
    await host.exec(['virsh', 'destroy', 'cache1']);
    for (const name of await namesByVirsh()) {
      await host.virsh('snapshot-delete', 'cache1', name, '--metadata');
    }
    const definition = (await host.virsh('dumpxml', 'cache1', '--inactive')).replace(
      /cache1\.(?!qcow2)[^']*'/,
      "cache1.qcow2'",
    );
    await host.machine.writeFile('/tmp/cache1.xml', definition);
    await host.virsh('define', '/tmp/cache1.xml');
    await host.run(['cp', '/tmp/cache1.qcow2', disk]);
    await host.run(['sh', '-c', 'rm -f /tmp/cache1.qcow2 /var/lib/libvirt/images/cache1[.-][!q]*']);
    await host.virsh('pool-refresh', 'images');
  });

  async function namesByVirsh(): Promise<string[]> {
    const names = await host.virsh('snapshot-list', 'cache1', '--name', '--topological');
    return names.split('\n').filter((name) => name !== '');
  }

  async function take(snapshot: Partial<NewSnapshot> & Pick<NewSnapshot, 'name'>): Promise<void> {
    const { disks } = await parseDomain(await getDomainXml(connection, ref));
    const whole = { description: '', kind: 'internal', quiesce: false, live: false, ...snapshot } as const;
    assert.equal(await takeSnapshot(connection, { ref, disks }, whole, {}), 'done');
  }

  async function named(name: string): Promise<Snapshot> {
    const snapshot = (await readSnapshots(connection, ref)).byName.get(name);
    assert.ok(snapshot, `there is a snapshot ${name}`);
    return snapshot;
  }

  it('none are there at first', async () => {
    const { roots } = await readSnapshots(connection, ref);
    assert.deepEqual(roots, []);
    assert.equal(await countSnapshots(connection, ref), 0);
  });

  it('are taken of a domain that is off, inside its qcow2 file', async () => {
    await take({ name: 'off', description: 'before <anything> & "all"' });
    assert.deepEqual(await namesByVirsh(), ['off']);
    assert.match(await host.run(['qemu-img', 'snapshot', '-l', disk]), / off /);
    const { description, state, memory, isCurrent, createdAt } = await named('off');
    assert.deepEqual(
      { description, state, memory, isCurrent },
      { description: 'before <anything> & "all"', state: 'shutoff', memory: 'no', isCurrent: true },
    );
    assert.ok(createdAt !== undefined && Math.abs(createdAt - Date.now() / 1000) < 300);
  });

  it('are taken of one that runs, with its memory', async () => {
    await startDomain(connection, ref, DomainCreate.paused);
    await take({ name: 'on' });
    const { state, memory, parent } = await named('on');
    assert.deepEqual({ state, memory, parent }, { state: 'paused', memory: 'internal', parent: 'off' });
  });

  it('are taken in new files, which the domain writes to from then on', async () => {
    const subject = { ref, disks: (await parseDomain(await getDomainXml(connection, ref))).disks };
    const external: NewSnapshot = {
      name: 'ext',
      description: '',
      kind: 'disksOnly',
      quiesce: false,
      live: false,
    };
    assert.deepEqual(filesOf(subject, external), [
      { target: 'vda', file: '/var/lib/libvirt/images/cache1.ext' },
    ]);
    await take(external);
    assert.match(await host.virsh('domblklist', 'cache1'), /vda +\/var\/lib\/libvirt\/images\/cache1\.ext$/m);
    await take({ name: 'mem', kind: 'withMemory', live: true });
    const { memory, memoryFile, disks } = await named('mem');
    assert.deepEqual([memory, memoryFile], ['external', '/var/lib/libvirt/images/cache1-mem.memory']);
    assert.deepEqual(
      disks.filter(({ location }) => location !== 'no'),
      [{ target: 'vda', location: 'external', file: '/var/lib/libvirt/images/cache1.mem' }],
    );
    await host.run(['test', '-s', '/var/lib/libvirt/images/cache1-mem.memory']);
  });

  it('are a tree, as virsh shows it', async () => {
    const { roots } = await readSnapshots(connection, ref);
    const lines = (snapshots: readonly Snapshot[], depth: number): string[] =>
      snapshots.flatMap(({ name, children }) => [`${depth} ${name}`, ...lines(children, depth + 1)]);
    assert.deepEqual(lines(roots, 0), ['0 off', '1 on', '2 ext', '3 mem']);
    const tree = await host.virsh('snapshot-list', 'cache1', '--tree');
    assert.deepEqual(tree.match(/\w+/g), ['off', 'on', 'ext', 'mem']);
    assert.equal((await named('mem')).isCurrent, true);
    assert.equal((await host.virsh('snapshot-current', 'cache1', '--name')).trim(), 'mem');
  });

  it('are read again without asking for what is known', async () => {
    const known = await readSnapshots(connection, ref);
    const again = await readSnapshots(connection, ref, known);
    assert.deepEqual(again, known);
  });

  it('are described anew, and nothing else of them changes', async () => {
    const before = await host.virsh('snapshot-dumpxml', 'cache1', 'on', '--security-info');
    await describeSnapshot(connection, await named('on'), 'it’s <b>');
    const after = await host.virsh('snapshot-dumpxml', 'cache1', 'on', '--security-info');
    assert.match(after, /<description>it’s &lt;b&gt;<\/description>/);
    assert.equal(after.replace(/\n *<description>.*<\/description>/, ''), before);
    assert.equal((await named('mem')).isCurrent, true);
    await describeSnapshot(connection, await named('on'), '');
    assert.equal((await named('on')).description, undefined);
  });

  it('that a revert would spoil are known before', async () => {
    assert.deepEqual(
      spoiltByRevert(await named('on')).map(({ name }) => name),
      ['ext', 'mem'],
    );
    assert.deepEqual(
      descendantsOf(await named('ext')).map(({ name }) => name),
      ['mem'],
    );
  });

  it('that libvirt cannot delete can be forgotten', async () => {
    await destroyDomain(connection, ref);
    for (const name of ['mem', 'ext']) {
      const snapshot = await named(name);
      const refusal: unknown = await remove(connection, snapshot, 'one', {}).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (refusal === undefined) continue;
      assert.ok(refusal instanceof LibvirtError && isUndeletable(refusal));
      await remove(connection, snapshot, 'metadata', {});
    }
    assert.deepEqual(await namesByVirsh(), ['off', 'on']);
  });

  it('are reverted to, and the domain is as it was or as one says', async () => {
    assert.equal(await revert(connection, await named('on'), { after: 'asItWas', force: false }), 'done');
    assert.match(await host.virsh('domstate', 'cache1'), /^paused/);
    assert.equal((await named('on')).isCurrent, true);
    assert.equal(await revert(connection, await named('on'), { after: 'running', force: false }), 'done');
    assert.match(await host.virsh('domstate', 'cache1'), /^running/);
    assert.equal(await revert(connection, await named('off'), { after: 'asItWas', force: false }), 'done');
    assert.match(await host.virsh('domstate', 'cache1'), /^shut off/);
    assert.equal((await named('off')).isCurrent, true);
  });

  it('ask to be forced where the revert is risky', async () => {
    await host.virsh('setmem', 'cache1', '65536', '--config');
    await host.virsh('start', 'cache1', '--paused');
    const snapshot = await named('on');
    const end = await revert(connection, snapshot, { after: 'asItWas', force: false });
    if (end !== 'done') {
      assert.match(end.risky, /revert requires force/);
      assert.equal(await revert(connection, snapshot, { after: 'asItWas', force: true }), 'done');
    }
    assert.equal((await named('on')).isCurrent, true);
    await destroyDomain(connection, ref);
    await host.virsh('setmem', 'cache1', '131072', '--config');
  });

  it('are deleted with what builds upon them', async () => {
    await take({ name: 'leaf' });
    assert.equal(await remove(connection, await named('on'), 'one', {}), 'done');
    assert.equal((await named('leaf')).parent, 'off');
    assert.equal(await remove(connection, await named('off'), 'withChildren', {}), 'done');
    assert.deepEqual(await namesByVirsh(), []);
    assert.equal((await host.run(['qemu-img', 'snapshot', '-l', disk])).trim(), '');
  });

  it('have names that are data', async () => {
    const name = `it's "a" $(reboot) %s ü`;
    await take({ name, description: '-' });
    assert.equal((await named(name)).description, '-');
    assert.ok((await namesByVirsh()).includes(name));
    await remove(connection, await named(name), 'one', {});
    assert.deepEqual(await namesByVirsh(), []);
  });

  it('of RBD disks libvirt has none, which is known before it is asked', async () => {
    const web1 = await lookupDomainByName(connection, 'web1');
    const { disks } = await parseDomain(await getDomainXml(connection, web1));
    const { kinds, notInternal, notExternal } = offerSnapshots(disks, true);
    assert.deepEqual(kinds, []);
    assert.deepEqual([notInternal.length, notExternal.length], [2, 2]);
    await assert.rejects(host.virsh('snapshot-create-as', 'web1', 'x'), /unsupported/);
  });

  it('are quiesced only where an agent answers', async () => {
    assert.equal(await guestAgentAnswers(connection, ref), false);
  });
});
