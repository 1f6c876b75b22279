import assert from 'node:assert/strict';
import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { CancelledError } from '../../../src/base/errors.ts';
import { ConnectionClosedError, LibvirtError } from '../../../src/libvirt/errors.ts';
import type { LibvirtConnection } from '../../../src/libvirt/connection.ts';
import { openConsole, takeScreenshot } from '../../../src/libvirt/domainStreams.ts';
import { connectGetHostname } from '../../../src/libvirt/protocol/connect.ts';
import { domainOpenConsole, domainScreenshot } from '../../../src/libvirt/protocol/domainStream.ts';
import { storageVolDownload, storageVolUpload } from '../../../src/libvirt/protocol/storageVolume.ts';
import { StreamEndedError, StreamHole } from '../../../src/libvirt/streams.ts';
import { downloadVolume, uploadVolume } from '../../../src/libvirt/volumes.ts';
import { remoteError } from '../../../src/libvirt/errors.ts';
import { type Message, MessageStatus, MessageType } from '../../../src/libvirt/wire/message.ts';
import { decode, i64, struct, u32 } from '../../../src/libvirt/wire/xdrTypes.ts';
import { connected, replyBytes, message, settled, type FakePeer } from './fakePeer.ts';

const domain = { name: 'vm1', uuid: '6695eb01-f6a4-8304-79aa-97f2502e193f', id: 1 };
const volume = { pool: 'p', name: 'v', key: 'p/v' };
const hole = struct({ length: i64, flags: u32 });
const { ok, error, continue: more } = MessageStatus;

function packet(call: Message, status: number, bytes: Uint8Array = Buffer.alloc(0)): Buffer {
  return message({ ...call, type: MessageType.stream, status }, (writer) => {
    writer.raw(bytes);
  });
}

function holePacket(call: Message, length: number): Buffer {
  return message({ ...call, type: MessageType.streamHole, status: more }, (writer) => {
    hole.write(writer, { length: BigInt(length), flags: 0 });
  });
}

function failure(call: Message, text: string): Buffer {
  return message({ ...call, type: MessageType.stream, status: error }, (writer) => {
    const nothing = { domainRef: undefined, string1: undefined, string2: undefined, string3: undefined };
    remoteError.write(writer, {
      ...{ code: 38, domain: 38, message: text, level: 2, int1: 28, int2: -1, networkRef: undefined },
      ...nothing,
    });
  });
}

const headOf = ({ type, status, payload }: Message): readonly number[] => [type, status, payload.length];
const finish = [MessageType.stream, ok, 0];
const abort = [MessageType.stream, error, 0];

/** What a daemon does with a stream of which nothing is left: it answers calls. */
async function assertLive(peer: FakePeer, connection: LibvirtConnection): Promise<void> {
  const answer = connection.call(connectGetHostname, {});
  peer.reply(await peer.nextCall(connectGetHostname), connectGetHostname, { hostname: 'kvm1' });
  assert.deepEqual(await answer, { hostname: 'kvm1' });
}

async function downloading(sparse = false): Promise<{
  peer: FakePeer;
  connection: LibvirtConnection;
  call: Message;
  stream: Readable;
}> {
  const { peer, connection } = connected();
  const opened = downloadVolume(connection, volume, { sparse, offset: 512, length: 4096 });
  const call = await peer.nextCall(storageVolDownload);
  peer.reply(call, storageVolDownload, {});
  return { peer, connection, call, stream: await opened };
}

describe('a download', () => {
  it('asks for the part that is wanted', async () => {
    const { call } = await downloading(true);
    assert.deepEqual(decode(storageVolDownload.args, call.payload), {
      volume,
      offset: 512,
      length: 4096,
      flags: 1,
    });
  });

  it('ends when the daemon has confirmed, and not before', async () => {
    const { peer, connection, call, stream } = await downloading();
    const content = buffer(stream);
    peer.end.write(packet(call, more, Buffer.from('hello ')));
    peer.end.write(packet(call, more, Buffer.from('world')));
    peer.end.write(packet(call, more));
    assert.deepEqual(headOf(await peer.next()), finish);
    await settled();
    assert.equal(stream.readableEnded, false);
    peer.end.write(packet(call, ok));
    assert.equal((await content).toString(), 'hello world');
    await assertLive(peer, connection);
  });

  it('loses nothing that came together with the answer, or before it', async () => {
    const { peer, connection } = connected();
    const opened = downloadVolume(connection, volume);
    const call = await peer.nextCall(storageVolDownload);
    peer.end.write(
      Buffer.concat([
        packet(call, more, Buffer.from('a')),
        replyBytes(call, storageVolDownload, {}),
        packet(call, more, Buffer.from('b')),
        packet(call, more),
        packet(call, ok),
      ]),
    );
    assert.equal((await buffer(await opened)).toString(), 'ab');
  });

  it('fails with the error that came together with the answer', async () => {
    const { peer, connection } = connected();
    const opened = downloadVolume(connection, volume);
    const call = await peer.nextCall(storageVolDownload);
    peer.end.write(Buffer.concat([replyBytes(call, storageVolDownload, {}), failure(call, 'too early')]));
    await assert.rejects(buffer(await opened), /too early/);
  });

  it('delivers holes between bytes, in order', async () => {
    const { peer, call, stream } = await downloading(true);
    const items = stream.toArray();
    peer.end.write(packet(call, more, Buffer.from('data')));
    peer.end.write(holePacket(call, 3_000_000_000));
    peer.end.write(packet(call, more, Buffer.from('end')));
    peer.end.write(packet(call, more));
    await peer.next();
    peer.end.write(packet(call, ok));
    const read: readonly unknown[] = await items;
    assert.deepEqual(read, [Buffer.from('data'), new StreamHole(3_000_000_000), Buffer.from('end')]);
  });

  it('fails on a hole that cannot be read, and tells the daemon', async () => {
    const { peer, connection, call, stream } = await downloading(true);
    peer.end.write(message({ ...call, type: MessageType.streamHole, status: more }));
    await assert.rejects(stream.toArray(), /too early/);
    assert.deepEqual(headOf(await peer.next()), abort);
    await assertLive(peer, connection);
  });

  it('fails with what the daemon says, in the middle and at the end', async () => {
    for (const atTheEnd of [false, true]) {
      const { peer, connection, call, stream } = await downloading();
      peer.end.write(packet(call, more, Buffer.from('a')));
      if (atTheEnd) {
        peer.end.write(packet(call, more));
        await peer.next();
      }
      peer.end.write(failure(call, 'Input/output error'));
      await assert.rejects(
        buffer(stream),
        (problem) =>
          problem instanceof LibvirtError && problem.ints[0] === 28 && problem.message.includes('I'),
      );
      await assertLive(peer, connection);
    }
  });

  it('that is given up tells the daemon, and ignores what is still on its way', async () => {
    const { peer, connection, call, stream } = await downloading();
    stream.destroy();
    assert.deepEqual(headOf(await peer.next()), abort);
    peer.end.write(packet(call, more, Buffer.alloc(1000)));
    peer.end.write(packet(call, more));
    peer.end.write(packet(call, ok));
    await assertLive(peer, connection);
    assert.equal(peer.unread.length, 0);
  });

  it('that is given up before the daemon has answered is stopped as soon as it has', async () => {
    const { peer, connection } = connected();
    const cancel = new AbortController();
    const opened = downloadVolume(connection, volume, { signal: cancel.signal });
    const call = await peer.nextCall(storageVolDownload);
    cancel.abort();
    await assert.rejects(opened, CancelledError);
    await settled();
    assert.equal(peer.unread.length, 0);
    peer.end.write(packet(call, more, Buffer.alloc(1000)));
    peer.reply(call, storageVolDownload, {});
    assert.deepEqual(headOf(await peer.next()), abort);
    peer.end.write(failure(call, 'stream aborted at client request'));
    await assertLive(peer, connection);
  });

  it('that the daemon refuses rejects', async () => {
    const { peer, connection } = connected();
    const opened = downloadVolume(connection, volume);
    peer.refuse(await peer.nextCall(storageVolDownload), { code: 50 });
    await assert.rejects(opened, (problem) => problem instanceof LibvirtError && problem.code === 50);
    await assertLive(peer, connection);
  });

  it('fails when the connection ends, also in the same moment as it was opened', async () => {
    for (const together of [false, true]) {
      const { peer, connection } = connected();
      const opened = downloadVolume(connection, volume);
      const call = await peer.nextCall(storageVolDownload);
      peer.reply(call, storageVolDownload, {});
      if (together) peer.end.end();
      const stream = await opened;
      if (!together) peer.end.end();
      await assert.rejects(buffer(stream), ConnectionClosedError);
    }
  });

  it('makes the daemon wait for a slow consumer, and goes on with it', async () => {
    const { peer, call, stream } = await downloading();
    const chunk = Buffer.alloc(262_120, 7);
    let accepted = 0;
    for (let index = 0; index < 60; index += 1)
      peer.end.write(packet(call, more, chunk), () => (accepted += 1));
    peer.end.write(packet(call, more));
    await settled();
    assert.ok(accepted < 40, `${accepted} of 60 chunks were taken without a reader`);
    const content = buffer(stream);
    await peer.next();
    peer.end.write(packet(call, ok));
    assert.equal((await content).length, 60 * chunk.length);
    assert.equal(accepted, 60);
  });
});

async function uploading(sparse = false): ReturnType<typeof startUpload> {
  return startUpload(sparse);
}

async function startUpload(sparse: boolean): Promise<{
  peer: FakePeer;
  connection: LibvirtConnection;
  call: Message;
  stream: Awaited<ReturnType<typeof uploadVolume>>;
}> {
  const { peer, connection } = connected();
  const opened = uploadVolume(connection, volume, { sparse });
  const call = await peer.nextCall(storageVolUpload);
  peer.reply(call, storageVolUpload, {});
  return { peer, connection, call, stream: await opened };
}

describe('an upload', () => {
  it('goes out in messages that every daemon takes, and finishes when the daemon has confirmed', async () => {
    const { peer, connection, call, stream } = await uploading();
    const content = Buffer.alloc(600_000, 'libvirt');
    const done = pipeline(Readable.from([content]), stream);
    const received: Buffer[] = [];
    for (;;) {
      const part = await peer.next();
      assert.equal(part.serial, call.serial);
      assert.ok(part.payload.length <= 262_120);
      if (part.status === ok) break;
      received.push(part.payload);
    }
    assert.ok(Buffer.concat(received).equals(content));
    await settled();
    assert.equal(stream.writableFinished, false);
    peer.end.write(packet(call, ok));
    await done;
    assert.equal(stream.writableFinished, true);
    await assertLive(peer, connection);
  });

  it('sends holes between bytes', async () => {
    const { peer, call, stream } = await uploading(true);
    const done = pipeline(
      Readable.from([Buffer.from('a'), new StreamHole(5_000_000_000), Buffer.from('b')]),
      stream,
    );
    assert.equal((await peer.next()).payload.toString(), 'a');
    const middle = await peer.next();
    assert.deepEqual([middle.type, middle.status], [MessageType.streamHole, more]);
    assert.deepEqual(decode(hole, middle.payload), { length: 5_000_000_000n, flags: 0 });
    assert.equal((await peer.next()).payload.toString(), 'b');
    assert.deepEqual(headOf(await peer.next()), finish);
    peer.end.write(packet(call, ok));
    await done;
  });

  it('does not send a hole of no size', async () => {
    const { peer, connection, call, stream } = await uploading(true);
    await assert.rejects(pipeline(Readable.from([new StreamHole(-1)]), stream), /-1/);
    assert.deepEqual(headOf(await peer.next()), abort);
    peer.end.write(packet(call, ok));
    await assertLive(peer, connection);
  });

  it('waits for the byte stream to take what was written', async () => {
    const { peer, stream } = await uploading();
    peer.end.pause();
    const chunk = Buffer.alloc(262_120);
    let written = 0;
    for (let index = 0; index < 20; index += 1) stream.write(chunk, () => (written += 1));
    await settled();
    assert.ok(written < 3, `${written} of 20 chunks have left although nobody read them`);
    peer.end.resume();
    await once(stream, 'drain');
    assert.equal(written, 20);
  });

  it('fails with what the daemon says', async () => {
    const { peer, connection, call, stream } = await uploading();
    stream.write('some');
    await peer.next();
    peer.end.write(failure(call, 'cannot write to stream: No space left on device'));
    const [problem] = (await once(stream, 'error')) as [unknown];
    assert.ok(problem instanceof LibvirtError && problem.message.includes('No space left on device'));
    await assertLive(peer, connection);
    assert.equal(peer.unread.length, 0);
  });

  it('fails when the daemon does not confirm the end', async () => {
    const { peer, call, stream } = await uploading();
    const done = pipeline(Readable.from([Buffer.from('a')]), stream);
    await peer.next();
    await peer.next();
    peer.end.write(failure(call, 'cannot close volume'));
    await assert.rejects(done, /cannot close volume/);
  });

  it('that is given up tells the daemon', async () => {
    const { peer, connection, call, stream } = await uploading();
    const source = new PassThrough();
    const cancel = new AbortController();
    const done = pipeline(source, stream, { signal: cancel.signal });
    source.write('some');
    await peer.next();
    cancel.abort();
    await assert.rejects(done, { name: 'AbortError' });
    assert.deepEqual(headOf(await peer.next()), abort);
    peer.end.write(packet(call, ok));
    await assertLive(peer, connection);
  });
});

describe('a console', () => {
  async function console(): Promise<{
    peer: FakePeer;
    connection: LibvirtConnection;
    call: Message;
    stream: Awaited<ReturnType<typeof openConsole>>;
  }> {
    const { peer, connection } = connected();
    const opened = openConsole(connection, domain, { force: true });
    const call = await peer.nextCall(domainOpenConsole);
    assert.deepEqual(decode(domainOpenConsole.args, call.payload), { domain, device: undefined, flags: 1 });
    peer.reply(call, domainOpenConsole, {});
    return { peer, connection, call, stream: await opened };
  }

  it('carries bytes both ways', async () => {
    const { peer, call, stream } = await console();
    stream.write('root\r');
    assert.equal((await peer.next()).payload.toString(), 'root\r');
    peer.end.write(packet(call, more, Buffer.from('login: ')));
    const [bytes] = (await once(stream, 'data')) as [Buffer];
    assert.equal(bytes.toString(), 'login: ');
  });

  it('ends when the guest stops', async () => {
    const { peer, connection, call, stream } = await console();
    stream.resume();
    peer.end.write(packet(call, more));
    assert.deepEqual(headOf(await peer.next()), finish);
    peer.end.write(packet(call, ok));
    await once(stream, 'close');
    assert.equal(stream.errored, null);
    await assertLive(peer, connection);
  });

  it('ends when its user leaves', async () => {
    const { peer, connection, call, stream } = await console();
    stream.resume();
    stream.end();
    assert.deepEqual(headOf(await peer.next()), finish);
    peer.end.write(packet(call, ok));
    await once(stream, 'close');
    assert.equal(stream.errored, null);
    await assertLive(peer, connection);
  });

  it('says that it has ended to who still types', async () => {
    const { peer, call, stream } = await console();
    peer.end.write(packet(call, more));
    await peer.next();
    stream.write('x');
    const [problem] = (await once(stream, 'error')) as [unknown];
    assert.ok(problem instanceof StreamEndedError);
  });
});

describe('a screenshot', () => {
  it('has a type and a picture', async () => {
    const { peer, connection } = connected();
    const taken = takeScreenshot(connection, domain);
    const call = await peer.nextCall(domainScreenshot);
    peer.reply(call, domainScreenshot, { mime: 'image/png' });
    const { mime, stream } = await taken;
    assert.equal(mime, 'image/png');
    const picture = buffer(stream);
    peer.end.write(packet(call, more, Buffer.from('PNG')));
    peer.end.write(packet(call, more));
    peer.end.write(packet(call, ok));
    assert.equal((await picture).toString(), 'PNG');
  });
});
