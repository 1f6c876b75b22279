import assert from 'node:assert/strict';
import { Emitter } from '../../../../src/base/events.ts';
import { silentLog } from '../../../../src/base/log.ts';
import type { CephClient } from '../../../../src/ceph/cephAccess.ts';
import { isForbidden } from '../../../../src/ceph/cephError.ts';
import { getFsid } from '../../../../src/ceph/clusterStatus.ts';
import { CephCluster } from '../../../../src/hosts/clusters/cephCluster.ts';
import { choiceOf, type ClusterRoute } from '../../../../src/hosts/clusters/clusterRoute.ts';
import { parseHostAddress } from '../../../../src/hosts/hostAddress.ts';
import { HostSession } from '../../../../src/hosts/hostSession.ts';
import type { ExecResult, Transport } from '../../../../src/transport/transport.ts';

/** What `ceph` prints on a host, and how it ends. */
type Said = Pick<ExecResult, 'exitCode' | 'stderr'> & { readonly stdout?: string };

const answer: Said = { exitCode: 0, stdout: '{"fsid":"5f1b"}', stderr: '' };
const refused: Said = {
  exitCode: 1,
  stderr: '[errno 13] RADOS permission denied (error connecting to the cluster)',
};
const silent: Said = { exitCode: 1, stderr: 'timed out' };
const noProgram: Said = { exitCode: 127, stderr: 'ceph: not found' };
const forbidden: Said = { exitCode: 13, stderr: 'Error EACCES: access denied' };

describe('the ways to a cluster', () => {
  let asked: string[];
  const hosts = new Map<string, HostSession>();

  beforeEach(() => {
    asked = [];
    hosts.clear();
  });

  function sessionOf(name: string): HostSession {
    const known = hosts.get(name);
    if (known) return known;
    const session = new HostSession(name, parseHostAddress(`qemu+ssh://${name}/system`), {
      log: silentLog,
      autoReconnect: () => false,
      openTransport: () => assert.fail('nobody connects'),
    });
    hosts.set(name, session);
    return session;
  }

  function route(
    name: string,
    clientId: string,
    said: () => Said,
    change: Partial<ClusterRoute> = {},
  ): ClusterRoute {
    const transport: Transport = {
      label: name,
      exec: () => {
        asked.push(`${clientId}@${name}`);
        const { exitCode, stdout = '', stderr } = said();
        return Promise.resolve({ exitCode, signalName: undefined, stdout: Buffer.from(stdout), stderr });
      },
      spawn: () => assert.fail('nothing is spawned'),
      openUnixSocket: () => assert.fail('no socket is opened'),
      forwardTcp: () => assert.fail('no port is forwarded'),
      onClose: new Emitter<Error | undefined>().event,
      dispose: () => undefined,
    };
    const access: CephClient['access'] = {
      monitors: [],
      clientId,
      key: undefined,
      configFile: undefined,
      settings: new Map(),
    };
    return {
      session: sessionOf(name),
      client: { transport, access },
      clientId,
      from: {
        kind: 'configuration',
        path: '/etc/ceph/ceph.conf',
        keyring: `/etc/ceph/ceph.client.${clientId}.keyring`,
      },
      lacksCeph: false,
      isPreset: false,
      ...change,
    };
  }

  function clusterWith(routes: readonly ClusterRoute[], choice?: ClusterRoute): CephCluster {
    const cluster = new CephCluster('5f1b', 'ceph', sessionOf('kvm1'));
    const clients = [...new Set(routes.map(({ session }) => session))];
    cluster.setRoutes(routes, { clients, choice: choice && choiceOf(choice) });
    return cluster;
  }

  const order = (cluster: CephCluster): string[] =>
    cluster.routes.map(({ clientId, session }) => `${clientId}@${session.name}`);

  it('are taken best first: who may most, with ceph, by a file that is simply read', () => {
    const says = (): Said => answer;
    const pool = route('kvm1', 'libvirt', says, { from: { kind: 'pool', pool: 'rbd' } });
    const named = route('kvm1', 'guest', says);
    const preset = route('kvm3', 'ops', says, { isPreset: true });
    const withoutCeph = route('kvm2', 'admin', says, { lacksCeph: true });
    const admin = route('kvm4', 'admin', says);
    const all = [pool, named, withoutCeph, admin, preset];
    assert.deepEqual(order(clusterWith(all)), [
      'ops@kvm3',
      'admin@kvm4',
      'guest@kvm1',
      'libvirt@kvm1',
      'admin@kvm2',
    ]);
    assert.deepEqual(order(clusterWith(all, pool))[0], 'libvirt@kvm1', 'the chosen one before all');
  });

  it('are tried in turn where one cannot log in or has no program, and the one that works is kept', async () => {
    const cluster = clusterWith([
      route('kvm1', 'admin', () => refused),
      route('kvm2', 'admin', () => noProgram),
      route('kvm2', 'guest', () => answer),
    ]);
    assert.equal(await cluster.ask(getFsid), '5f1b');
    assert.deepEqual(asked, ['admin@kvm1', 'admin@kvm2', 'guest@kvm2']);
    assert.equal(cluster.route?.clientId, 'guest');
    assert.match(String(cluster.failureOf(cluster.routes[0] ?? assert.fail())), /permission denied/);
    await cluster.ask(getFsid);
    assert.equal(asked.at(-1), 'guest@kvm2');
    cluster.startOver();
    await cluster.ask(getFsid);
    assert.equal(asked[4], 'admin@kvm1', 'from the beginning');
  });

  it('end at one that logs in and may not: that is an answer', async () => {
    const cluster = clusterWith([
      route('kvm1', 'admin', () => refused),
      route('kvm1', 'guest', () => forbidden),
      route('kvm2', 'other', () => answer),
    ]);
    await assert.rejects(cluster.ask(getFsid), isForbidden);
    assert.deepEqual(asked, ['admin@kvm1', 'guest@kvm1']);
    assert.equal(cluster.route?.clientId, 'guest');
  });

  it('lead by another host where one does not get through, not by the same host again', async () => {
    const cluster = clusterWith([
      route('kvm1', 'admin', () => silent),
      route('kvm1', 'guest', () => answer),
      route('kvm2', 'guest', () => answer),
    ]);
    assert.equal(await cluster.ask(getFsid), '5f1b');
    assert.deepEqual(asked, ['admin@kvm1', 'guest@kvm2']);
    assert.equal(cluster.host.name, 'kvm2');
  });

  it('are not all waited for again and again while the cluster is silent', async () => {
    const cluster = clusterWith(['kvm1', 'kvm2', 'kvm3'].map((name) => route(name, 'admin', () => silent)));
    await assert.rejects(cluster.ask(getFsid), { message: /The monitors of Ceph do not answer kvm3/ });
    assert.equal(asked.length, 3);
    await assert.rejects(cluster.ask(getFsid), { message: /do not answer kvm1/ });
    assert.equal(asked.length, 4, 'one question is enough');
  });

  it('are said to be missing, with what to do', async () => {
    const cluster = clusterWith([]);
    await assert.rejects(cluster.status.get(), {
      code: 'not-connected',
      advice: 'Connect to one of its clients, then try again.',
    });
  });

  it('bring what could not be read when the cluster answers again', async () => {
    let said = silent;
    const cluster = clusterWith([route('kvm1', 'admin', () => said)]);
    await assert.rejects(cluster.status.get());
    await assert.rejects(cluster.users.get());
    const status = {
      fsid: '5f1b',
      health: { status: 'HEALTH_OK' },
      monmap: { num_mons: 1 },
      osdmap: {},
      pgmap: {},
      auth_dump: [{ entity: 'client.admin', key: '', caps: {} }],
    };
    said = { exitCode: 0, stdout: JSON.stringify(status), stderr: '' };
    const read = new Promise<void>((resolve) => {
      cluster.onDidChange((change) => {
        if (change === 'users') resolve();
      });
    });
    await cluster.status.read();
    await read;
    assert.deepEqual(
      cluster.users.value?.map(({ entity }) => entity),
      ['client.admin'],
    );
  });
});
