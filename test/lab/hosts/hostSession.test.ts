import assert from 'node:assert/strict';
import { CancelledError } from '../../../src/base/errors.ts';
import { HostError } from '../../../src/hosts/hostErrors.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { labSession, until, untilState } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';

describe('a session with a host', function () {
  this.timeout(60_000);
  const sessions: HostSession[] = [];
  let lab: Lab;
  let kvm1: LabHost;

  const open = async (uri: string, autoReconnect = false): Promise<HostSession> => {
    const session = await labSession(lab, uri, { autoReconnect });
    sessions.push(session);
    return session;
  };

  before(async () => {
    lab = await sharedLab();
    kvm1 = lab.host('kvm1');
  });

  afterEach(() => {
    for (const session of sessions.splice(0)) session.dispose();
  });

  it('connects and knows who it talks to', async () => {
    const session = await open('qemu+ssh://kvm1/system');
    await session.connect();
    await until(session.onDidChangeState, () => session.facts !== undefined, 'the facts are read');
    assert.ok(session.facts);
    const { hostname, uri, libvirtVersion, node } = session.facts;
    assert.deepEqual({ hostname, uri }, { hostname: 'kvm1', uri: 'qemu:///system' });
    assert.match(libvirtVersion, /^\d+\.\d+\.\d+$/);
    assert.ok(node.cpus > 0);
    assert.deepEqual(session.inventory?.unsupported, []);
  });

  it('joins a connecting that is under way', async () => {
    const session = await open('qemu+ssh://kvm1/system');
    const [first, second] = await Promise.all([session.connect(), session.connect()]);
    assert.equal(first, second);
  });

  it("opens libvirt's test driver over the same way", async () => {
    const session = await open('test+ssh://kvm1/default');
    const { inventory } = await session.connect();
    await until(inventory.onDidChange, () => inventory.domains.status.kind === 'loaded', 'domains are there');
    assert.deepEqual(
      [...inventory.domains.entries.values()].map(({ ref }) => ref.name),
      ['test'],
    );
  });

  it('lets a member of the group libvirt in', async () => {
    const session = await open('qemu+ssh://vmadmin@kvm1/system');
    const { connection } = await session.connect();
    assert.ok(connection);
  });

  it('says which user may not use which socket, and what to run', async () => {
    const session = await open('qemu+ssh://visitor@kvm1/system');
    await assert.rejects(session.connect(), (error) => {
      assert.ok(error instanceof HostError);
      assert.equal(error.code, 'no-permission');
      assert.match(error.message, /visitor.*visitor@kvm1.*libvirt-sock/);
      assert.match(error.remedy ?? '', /usermod.* libvirt.* visitor/);
      return true;
    });
    assert.equal(session.state.kind, 'failed');
  });

  it('reaches libvirt through virt-ssh-helper where sshd forwards no sockets', async () => {
    const host = await lab.addHost({
      name: 'noforward',
      pool: 'absent',
      sshdConfig: { AllowStreamLocalForwarding: 'no' },
    });
    const session = await open('qemu+ssh://noforward/system');
    const { inventory } = await session.connect();
    await until(inventory.onDidChange, () => inventory.domains.status.kind === 'loaded', 'domains are there');
    assert.equal(inventory.domains.entries.size, 0);
    await lab.removeHost(host.name);
  });

  it('says when libvirt does not run, and connects once it does', async () => {
    const host = await lab.addHost({ name: 'nolibvirt', pool: 'absent' });
    await host.stopLibvirtd();
    const session = await open('qemu+ssh://nolibvirt/system');
    await assert.rejects(session.connect(), (error) => {
      assert.ok(error instanceof HostError);
      assert.equal(error.code, 'no-libvirt');
      assert.match(error.remedy ?? '', /systemctl enable --now libvirtd\.socket/);
      return true;
    });
    await host.startLibvirtd();
    await session.connect();
    assert.equal(session.state.kind, 'connected');
    await lab.removeHost(host.name);
  });

  it('can be cancelled while it connects', async () => {
    const session = await open('qemu+ssh://kvm1/system');
    const connecting = session.connect();
    session.cancelConnecting();
    await assert.rejects(connecting, CancelledError);
    assert.equal(session.state.kind, 'disconnected');
  });

  it('tells a loss, keeps what was last known, and comes back by itself with what changed meanwhile', async () => {
    const session = await open('qemu+ssh://kvm1/system', true);
    const { inventory } = await session.connect();
    await until(inventory.onDidChange, () => inventory.domains.status.kind === 'loaded', 'domains are there');
    await kvm1.cutSsh();
    await untilState(session, 'lost');
    assert.ok(
      [...(session.inventory?.domains.entries.values() ?? [])].some(({ ref }) => ref.name === 'web1'),
    );
    await kvm1.virsh('start', 'cache1', '--paused');
    await untilState(session, 'connected');
    const cache1 = [...(session.inventory?.domains.entries.values() ?? [])].find(
      ({ ref }) => ref.name === 'cache1',
    );
    assert.equal(cache1?.state, 3);
    await kvm1.virsh('destroy', 'cache1');
  });

  it('tells when libvirtd goes away, and finds it again', async () => {
    const session = await open('qemu+ssh://kvm1/system', true);
    await session.connect();
    const lost = untilState(session, 'lost');
    await kvm1.restartLibvirtd();
    await lost;
    await untilState(session, 'connected');
    // libvirt does not start RBD pools again when it restarts.
    await kvm1.virsh('pool-start', 'rbd-pool');
  });

  it('does not knock again and again where its key is no longer taken', async () => {
    const host = await lab.addHost({ name: 'shut', pool: 'absent' });
    const session = await open('qemu+ssh://shut/system', true);
    await session.connect();
    await host.run(['rm', '/root/.ssh/authorized_keys']);
    await host.cutSsh();
    await until(
      session.onDidChangeState,
      () => session.state.kind === 'lost' && session.state.retryAt === undefined,
      'it has given up',
    );
    await lab.removeHost(host.name);
  });

  it('stays disconnected when a person disconnects', async () => {
    const session = await open('qemu+ssh://kvm1/system', true);
    await session.connect();
    session.disconnect();
    assert.equal(session.state.kind, 'disconnected');
    assert.equal(session.inventory, undefined);
  });
});
