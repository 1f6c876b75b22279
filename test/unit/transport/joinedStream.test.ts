import assert from 'node:assert/strict';
import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { JoinedStream } from '../../../src/transport/joinedStream.ts';

describe('JoinedStream', () => {
  function join(writable: Writable = new PassThrough()): {
    incoming: PassThrough;
    stream: JoinedStream;
    closed: () => number;
  } {
    let closed = 0;
    const incoming = new PassThrough();
    const stream = new JoinedStream(incoming, writable, () => closed++);
    return { incoming, stream, closed: () => closed };
  }

  it('reads from one and writes to the other', async () => {
    const outgoing = new PassThrough();
    const { incoming, stream, closed } = join(outgoing);
    incoming.end('in');
    stream.end('out');
    assert.equal(await text(outgoing), 'out');
    assert.equal(await text(stream), 'in');
    if (!stream.closed) await once(stream, 'close');
    assert.equal(closed(), 1);
  });

  it('ends the writing side when the reading side has ended', async () => {
    const outgoing = new PassThrough();
    const { incoming, stream } = join(outgoing);
    stream.resume();
    incoming.end();
    await once(outgoing, 'finish');
  });

  it('is destroyed when all was read and written, whichever comes last', async () => {
    const reading = join();
    reading.stream.end();
    await once(reading.stream, 'finish');
    reading.incoming.end();
    reading.stream.resume();
    await once(reading.stream, 'close');

    const writing = join();
    writing.incoming.end();
    writing.stream.resume();
    await once(writing.stream, 'close');

    const closing = join();
    const late = new PassThrough({ autoDestroy: false });
    const stream = new JoinedStream(late, new PassThrough(), closing.closed);
    stream.resume().end();
    late.end();
    await Promise.all([once(stream, 'end'), once(stream, 'finish')]);
    assert.equal(stream.destroyed, false, 'an end alone does not close');
    late.destroy();
    await once(stream, 'close');
  });

  it('reads no faster than its reader does', async () => {
    const { incoming, stream } = join();
    let accepted = 0;
    while (incoming.write(Buffer.alloc(10_000))) accepted++;
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(incoming.writableNeedDrain, `${accepted} chunks were taken though nobody reads`);
    stream.resume();
    await once(incoming, 'drain');
  });

  it('writes no faster than the other end takes it', async () => {
    let take: () => void = () => undefined;
    const slow = new Writable({
      highWaterMark: 10,
      write: (_chunk, _encoding, done) => {
        take = done;
      },
    });
    const { stream } = join(slow);
    let written = false;
    stream.write(Buffer.alloc(100), () => {
      written = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(written, false);
    take();
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(written, true);
  });

  it('settles a write that the other end will never take', async () => {
    const stuck = new Writable({ write: () => undefined });
    const { stream } = join(stuck);
    const written = new Promise((resolve) => stream.write('lost', resolve));
    stuck.destroy();
    await written;
  });

  it('loses what is written after the other end stopped reading, without an error', async () => {
    const gone = new Writable({
      write: (_chunk, _encoding, done) => {
        done(Object.assign(new Error('gone'), { code: 'EPIPE' }));
      },
    });
    const { incoming, stream } = join(gone);
    stream.write('lost');
    stream.write('lost too');
    incoming.end('still here');
    assert.equal(await text(stream), 'still here');
  });

  it('passes errors of either side on', async () => {
    for (const side of ['incoming', 'outgoing'] as const) {
      const outgoing = new PassThrough();
      const { incoming, stream, closed } = join(outgoing);
      const failed = once(stream, 'error');
      (side === 'incoming' ? incoming : outgoing).destroy(new Error(side));
      assert.equal(String((await failed)[0]), `Error: ${side}`);
      assert.equal(closed(), 1);
    }
  });
});
