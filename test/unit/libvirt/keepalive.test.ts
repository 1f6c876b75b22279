import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connectGetHostname } from '../../../src/libvirt/protocol/connect.ts';
import { domainOpenConsole } from '../../../src/libvirt/protocol/domainStream.ts';
import { MessageStatus, MessageType } from '../../../src/libvirt/wire/message.ts';
import type { ConnectionClosedError } from '../../../src/libvirt/errors.ts';
import type { LibvirtConnection } from '../../../src/libvirt/connection.ts';
import { capturedBytes } from './captured.ts';
import { connected, PING, PONG, settled, type FakePeer } from './fakePeer.ts';

const quick = { intervalMs: 5, count: 3 };

const procedures = (peer: FakePeer): readonly number[] => peer.keepalives.map(({ procedure }) => procedure);

function closing(connection: LibvirtConnection): Promise<ConnectionClosedError> {
  return new Promise((resolve) => {
    connection.onClose(resolve);
  });
}

async function intervals(count: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, count * quick.intervalMs));
}

describe('keepalive', () => {
  it('declares a daemon dead that does not answer as often as agreed', async () => {
    const { peer, connection } = connected({ keepalive: quick });
    const answer = connection.call(connectGetHostname, {});
    connection.startKeepalive();
    const { closeCause } = await closing(connection);
    assert.equal(closeCause, 'keepalive');
    assert.deepEqual(procedures(peer), [PING, PING, PING]);
    await assert.rejects(answer, /no sign of life/);
  });

  it('asks nothing before it is started', async () => {
    const { peer, connection } = connected({ keepalive: quick });
    await intervals(10);
    assert.equal(connection.closed, undefined);
    assert.deepEqual(procedures(peer), []);
    connection.dispose();
  });

  it('is content with a daemon that answers', async () => {
    const { peer, connection } = connected({ keepalive: quick });
    connection.startKeepalive();
    const answering = setInterval(() => {
      if (peer.keepalives.length > 0) peer.end.write(capturedBytes('pong'));
    }, 1);
    await intervals(30);
    clearInterval(answering);
    assert.equal(connection.closed, undefined);
    assert.ok(peer.keepalives.length > 0);
    connection.dispose();
  });

  it('takes anything that comes as a sign of life', async () => {
    const { peer, connection } = connected({ keepalive: quick });
    connection.startKeepalive();
    const talking = setInterval(() => {
      peer.end.write(capturedBytes('suspendedEvent'));
    }, 1);
    await intervals(30);
    clearInterval(talking);
    assert.equal(connection.closed, undefined);
    connection.dispose();
  });

  it('answers the daemon although it does not ask itself', async () => {
    const { peer } = connected();
    peer.ping();
    peer.ping();
    await settled();
    assert.deepEqual(procedures(peer), [PONG, PONG]);
  });

  it('keeps a daemon content while a stream is not read, and does not count its silence', async () => {
    const { peer, connection } = connected({ keepalive: quick });
    const args = {
      domain: { name: 'a', uuid: '6695eb01-f6a4-8304-79aa-97f2502e193f', id: 1 },
      device: undefined,
    };
    const opened = connection.openStream(domainOpenConsole, { ...args, flags: 0 });
    const call = await peer.nextCall(domainOpenConsole);
    peer.reply(call, domainOpenConsole, {});
    const { stream } = await opened;
    connection.startKeepalive();
    const flood = { ...call, type: MessageType.stream, status: MessageStatus.continue };
    for (let chunk = 0; chunk < 40; chunk += 1)
      peer.send(flood, (writer) => {
        writer.raw(Buffer.alloc(200_000));
      });
    await intervals(20);
    const answers = procedures(peer).filter((procedure) => procedure === PONG);
    assert.equal(connection.closed, undefined);
    assert.ok(answers.length > 3, `${answers.length} pongs`);
    assert.ok(stream.readableLength < 6 * 1024 * 1024, `${stream.readableLength} bytes are buffered`);
    let read = 0;
    stream.on('data', (chunk: Buffer) => (read += chunk.length));
    while (read < 40 * 200_000) await once(stream, 'data');
    assert.equal(read, 40 * 200_000);
    connection.dispose();
    await assert.rejects(once(stream, 'close'), /closed/);
  });
});
