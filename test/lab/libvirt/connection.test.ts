import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { CancelledError, TimeoutError } from '../../../src/base/errors.ts';
import type { LibvirtConnection } from '../../../src/libvirt/connection.ts';
import {
  destroyDomain,
  getDomainXml,
  listDomains,
  lookupDomainByName,
} from '../../../src/libvirt/domains.ts';
import { type ConnectionClosedError, LibvirtError } from '../../../src/libvirt/errors.ts';
import { getConnectionFacts } from '../../../src/libvirt/node.ts';
import { openConnection } from '../../../src/libvirt/openConnection.ts';
import { ErrorCode } from '../../../src/libvirt/protocol/errorCodes.ts';
import { procedure } from '../../../src/libvirt/protocol/procedure.ts';
import { ListPools } from '../../../src/libvirt/protocol/storagePool.ts';
import {
  definePool,
  listPools,
  lookupPoolByName,
  startPool,
  stopPool,
} from '../../../src/libvirt/storagePools.ts';
import { downloadVolume, lookupVolumeByPath } from '../../../src/libvirt/volumes.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { eventually } from '../support/eventually.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { connectTo, streamAs } from './labConnection.ts';

function closing(connection: LibvirtConnection): Promise<ConnectionClosedError> {
  return new Promise((resolve) => {
    connection.onClose(resolve);
  });
}

describe('a connection to a real libvirtd', function () {
  this.timeout(120_000);
  let lab: Lab;
  let host: LabHost;
  const open: LibvirtConnection[] = [];

  async function connect(options: Parameters<typeof connectTo>[1] = {}): Promise<LibvirtConnection> {
    const connection = await connectTo(host, options);
    open.push(connection);
    return connection;
  }

  before(async () => {
    lab = await sharedLab();
    host = lab.host('kvm1');
  });

  afterEach(() => {
    for (const connection of open.splice(0)) connection.dispose();
  });

  it('opens the hypervisor', async () => {
    const { type, uri, hostname } = await getConnectionFacts(await connect());
    assert.deepEqual([type, uri, hostname], ['QEMU', 'qemu:///system', 'kvm1']);
  });

  it('opens read-only', async () => {
    const connection = await connect({ readOnly: true });
    const domain = await lookupDomainByName(connection, 'cache1');
    await assert.rejects(destroyDomain(connection, domain), { code: ErrorCode.operationDenied });
  });

  it('opens over any byte stream', async () => {
    const connection = await openConnection(streamAs(host, 'vmadmin'), {
      host: 'kvm1',
      uri: 'qemu:///system',
    });
    assert.ok((await listDomains(connection)).length >= 3);
    connection.dispose();
  });

  it('says why a driver cannot be opened', async () => {
    await assert.rejects(
      connectTo(host, { uri: 'xen:///system' }),
      (error) => error instanceof LibvirtError && error.raw !== undefined,
    );
  });

  it('says that an SSH server is no libvirtd', async () => {
    const stream = createConnection(host.sshPort, host.sshHost);
    await assert.rejects(openConnection(stream, { host: 'kvm1', uri: 'qemu:///system' }), /SSH-2\.0-OpenSSH/);
  });

  it('says that a procedure is unknown to the daemon', async () => {
    const connection = await connect();
    await assert.rejects(connection.call(procedure(999_999, {}), {}), { code: ErrorCode.noSupport });
    assert.ok((await listDomains(connection)).length > 0);
  });

  it('answers a hundred questions at once', async () => {
    const connection = await connect();
    const domain = await lookupDomainByName(connection, 'web1');
    const texts = await Promise.all(
      Array.from({ length: 100 }, () => getDomainXml(connection, domain, { secure: true })),
    );
    assert.equal(new Set(texts).size, 1);
    assert.match(texts[0]!, /<name>web1<\/name>/);
  });

  it('ends when libvirtd stops', async () => {
    const connection = await connect();
    const closed = closing(connection);
    await host.restartLibvirtd();
    assert.equal((await closed).closeCause, 'server');
    await assert.rejects(listDomains(connection), await closed);
    // libvirt 9.0 does not take a running RBD pool up again.
    const again = await connect();
    const inactive = await listPools(again, ListPools.inactive);
    for (const pool of inactive.filter(({ name }) => name === 'rbd-pool')) await startPool(again, pool);
  });

  it('is given up when libvirtd gives no sign of life, and calls with it', async () => {
    const connection = await connect({ keepalive: { intervalMs: 50, count: 2 } });
    const closed = closing(connection);
    await host.freezeLibvirtd();
    try {
      const answer = assert.rejects(listDomains(connection), /no sign of life/);
      assert.equal((await closed).closeCause, 'keepalive');
      await answer;
    } finally {
      await host.thawLibvirtd();
    }
  });

  it('stays while libvirtd answers its keepalive', async () => {
    const connection = await connect({ keepalive: { intervalMs: 100, count: 10 } });
    await delay(2000);
    assert.equal(connection.closed, undefined);
  });

  it('lives on after a call that had no answer in time', async () => {
    const connection = await connect();
    await host.freezeLibvirtd();
    try {
      await assert.rejects(listDomains(connection, 0, { timeoutMs: 50 }), TimeoutError);
    } finally {
      await host.thawLibvirtd();
    }
    assert.ok((await listDomains(connection)).length > 0);
  });

  it('lives on while a call hangs on storage that is gone, and is cancelled', async () => {
    const connection = await connect();
    const pool = await lookupPoolByName(connection, 'rbd-pool');
    const domain = await lookupDomainByName(connection, 'cache1');
    await stopPool(connection, pool);
    const cancel = new AbortController();
    await lab.ceph.freeze('mon');
    try {
      const starting = startPool(connection, pool, { signal: cancel.signal });
      const texts = await Promise.all(Array.from({ length: 20 }, () => getDomainXml(connection, domain)));
      assert.equal(texts.length, 20);
      cancel.abort();
      await assert.rejects(starting, CancelledError);
      assert.ok((await listDomains(connection)).length > 0);
    } finally {
      await lab.ceph.thaw('mon');
    }
    // The daemon goes on with what it was asked, although nobody waits for it any more.
    await eventually('the pool is active', async () =>
      (await listPools(connection, ListPools.active)).some(({ uuid }) => uuid === pool.uuid),
    );
    assert.equal(connection.closed, undefined);
  });
});

/** As packages configure it (root is let in, others ask polkit; few calls at a time), but with less patience. */
describe('a libvirtd with its own defaults', function () {
  this.timeout(120_000);
  let lab: Lab;
  let host: LabHost;

  before(async () => {
    lab = await sharedLab();
    host = await lab.addHost({
      name: 'kvm-defaults',
      pool: 'absent',
      secret: 'absent',
      libvirtdConf: {
        auth_unix_rw: 'polkit',
        max_client_requests: 5,
        keepalive_interval: 1,
        keepalive_count: 2,
      },
    });
  });

  after(async () => {
    await lab.removeHost('kvm-defaults');
  });

  it('lets root in', async () => {
    const connection = await connectTo(host);
    assert.deepEqual(await listDomains(connection), []);
    connection.dispose();
  });

  it('refuses another user without polkit, and says what helps', async () => {
    const opened = openConnection(streamAs(host, 'vmadmin'), { host: 'kvm-defaults', uri: 'qemu:///system' });
    await assert.rejects(opened, (error) => {
      assert.ok(error instanceof LibvirtError);
      assert.match(error.message, /kvm-defaults/);
      assert.notEqual(error.code, ErrorCode.rpc);
      return true;
    });
  });

  it('is told that the client lives, also while a stream is not read', async () => {
    const connection = await connectTo(host, { keepalive: { intervalMs: 500, count: 100 } });
    const path = '/var/lib/libvirt/images/large';
    await host.run(['truncate', '--size=64M', path]);
    const xml = '<pool type="dir"><name>p</name><target><path>/var/lib/libvirt/images</path></target></pool>';
    const { ref } = await definePool(connection, xml);
    await startPool(connection, ref);
    const stream = await downloadVolume(connection, await lookupVolumeByPath(connection, path));
    await once(stream, 'readable');
    await delay(5000);
    assert.equal(connection.closed, undefined);
    let read = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) read += chunk.length;
    assert.equal(read, 64 * 1024 * 1024);
    connection.dispose();
  });

  it('is told that the client lives by the answers to its own questions', async () => {
    const connection = await connectTo(host, { keepalive: { intervalMs: 60_000, count: 1 } });
    await delay(5000);
    assert.equal(connection.closed, undefined);
    connection.dispose();
  });

  it('is never asked more than it takes at a time', async () => {
    const connection = await connectTo(host, { uri: 'test:///default' });
    const domain = await lookupDomainByName(connection, 'test');
    await Promise.all(Array.from({ length: 200 }, () => getDomainXml(connection, domain)));
    connection.dispose();
    const log = await host.machine.readFile('/var/log/libvirt/libvirtd.log');
    assert.ok(!log.includes('max requests limit'), log);
  });
});
