import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { now } from '../../../../tools/bench/clock.ts';
import type { LineKind } from '../../../../tools/bench/direction.ts';
import { Line } from '../../../../tools/bench/line.ts';
import { freePort } from '../../../../tools/lab/ports.ts';

const roundTripMs = 20;

describe('a line with latency', () => {
  const servers: Server[] = [];
  const lines: Line[] = [];
  const sockets: Socket[] = [];

  /** A line to a server that does this with each connection. */
  const lineTo = async (
    serve: (socket: Socket) => void,
    milliseconds = roundTripMs,
    kind: LineKind = 'tcp',
  ): Promise<Line> => {
    const server = createServer({ allowHalfOpen: true }, serve).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    const line = await Line.start((server.address() as AddressInfo).port, {
      kind,
      roundTripMs: milliseconds,
    });
    lines.push(line);
    return line;
  };

  const connectTo = ({ port }: Line): Socket => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    sockets.push(socket);
    return socket;
  };

  const echo = (socket: Socket): void => {
    socket.pipe(socket);
  };

  /** Sends a word and waits for it to come back. */
  const exchange = async (socket: Socket): Promise<void> => {
    socket.write('word');
    await once(socket, 'data');
  };

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await Promise.all(lines.splice(0).map((line) => line.close()));
    for (const server of servers.splice(0)) server.close();
  });

  it('carries all bytes in their order, both ways, and counts them', async () => {
    const line = await lineTo(echo);
    const socket = connectTo(line);
    const sent = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 251));
    socket.end(sent);
    const received: Buffer[] = [];
    for await (const chunk of socket) received.push(chunk as Buffer);
    assert.ok(Buffer.concat(received).equals(sent));
    assert.equal(line.traffic().bytes, 600_000);
  });

  it('counts the handshake of TCP and what is said by turns', async () => {
    const line = await lineTo(echo);
    const socket = connectTo(line);
    for (let turn = 0; turn < 3; turn++) await exchange(socket);
    assert.equal(line.traffic().roundTrips, 1 + 3);
  });

  it('has no handshake and no slow start when it is latency alone', async () => {
    const line = await lineTo((socket) => socket.end(Buffer.alloc(300_000)), roundTripMs, 'delay');
    const socket = connectTo(line);
    let received = 0;
    for await (const chunk of socket) received += (chunk as Buffer).length;
    assert.equal(received, 300_000);
    assert.equal(line.traffic().roundTrips, 0.5);
  });

  it('counts questions that are asked together once', async () => {
    const line = await lineTo(echo);
    const socket = connectTo(line);
    await once(socket, 'connect');
    for (let question = 0; question < 5; question++) socket.write('?');
    let answers = 0;
    while (answers < 5) answers += ((await once(socket, 'data')) as [Buffer])[0].length;
    assert.equal(line.traffic().roundTrips, 1 + 1);
  });

  it('lets a server that speaks first be heard two round trips after the client began', async () => {
    const line = await lineTo((socket) => socket.write('hello'));
    await once(connectTo(line), 'data');
    assert.equal(line.traffic().roundTrips, 2);
  });

  it('sends a long answer as TCP starts: ten segments, then twice as many with each round trip', async () => {
    const size = 90_000;
    const line = await lineTo((socket) => {
      socket.once('data', () => socket.end(Buffer.alloc(size)));
    });
    const socket = connectTo(line);
    socket.write('?');
    let received = 0;
    for await (const chunk of socket) received += (chunk as Buffer).length;
    assert.equal(received, size);
    // 14,480 bytes come with the answer, 28,960 one round trip later, the rest after another.
    assert.equal(line.traffic().roundTrips, 1 + 1 + 2);
  });

  it('takes at least the time of the round trips it counts', async () => {
    const line = await lineTo(echo);
    const startedAt = now();
    const socket = connectTo(line);
    for (let turn = 0; turn < 3; turn++) await exchange(socket);
    const took = now() - startedAt;
    const counted = (line.traffic().roundTrips ?? 0) * roundTripMs;
    // Each of Node's timers may be up to a millisecond early.
    assert.ok(took >= counted - 8, `${took} ms for ${counted} ms`);
  });

  it('counts anew over an open connection, and up to a moment', async () => {
    const line = await lineTo(echo);
    const socket = connectTo(line);
    await exchange(socket);
    line.clear();
    assert.deepEqual(line.traffic(), { roundTrips: 0, bytes: 0 });
    await exchange(socket);
    const afterFirst = now();
    await exchange(socket);
    assert.deepEqual(line.traffic(afterFirst), { roundTrips: 1, bytes: 8 });
    assert.deepEqual(line.traffic(), { roundTrips: 2, bytes: 16 });
  });

  it('counts what a server sends by itself as half a round trip', async () => {
    let served: Socket | undefined;
    const line = await lineTo((socket) => {
      served = socket;
      echo(socket);
    });
    const socket = connectTo(line);
    await exchange(socket);
    line.clear();
    served?.write('event');
    await once(socket, 'data');
    assert.deepEqual(line.traffic(), { roundTrips: 0.5, bytes: 5 });
  });

  it('counts only bytes where there is no latency', async () => {
    const line = await lineTo(echo, 0);
    await exchange(connectTo(line));
    assert.deepEqual(line.traffic(), { roundTrips: undefined, bytes: 8 });
  });

  it('passes on that a side has nothing more to say, while the other goes on', async () => {
    const line = await lineTo((socket) => {
      socket.resume();
      socket.once('end', () => socket.end('goodbye'));
    });
    const socket = connectTo(line);
    socket.end();
    let said = '';
    for await (const chunk of socket) said += String(chunk);
    assert.equal(said, 'goodbye');
  });

  it('ends a connection whose server is not there', async () => {
    const line = await Line.start(await freePort(), { kind: 'tcp', roundTripMs });
    lines.push(line);
    await once(connectTo(line).resume(), 'end');
  });

  it('ends its connections when it is closed', async () => {
    const line = await lineTo(echo);
    const socket = connectTo(line);
    await exchange(socket);
    const ended = once(socket.resume(), 'end');
    lines.splice(lines.indexOf(line), 1);
    await line.close();
    await ended;
  });
});
