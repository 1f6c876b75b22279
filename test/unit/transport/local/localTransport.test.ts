import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { hostname } from 'node:os';
import { text } from 'node:stream/consumers';
import { CancelledError, TimeoutError } from '../../../../src/base/errors.ts';
import { LocalTransport } from '../../../../src/transport/local/localTransport.ts';
import { eventually } from '../support/eventually.ts';
import { hostileNames } from '../support/hostileNames.ts';
import { TemporaryHome } from '../support/temporaryHome.ts';

describe('LocalTransport', () => {
  let transport: LocalTransport;
  let home: TemporaryHome;

  beforeEach(async () => {
    transport = new LocalTransport();
    home = await TemporaryHome.create();
  });

  afterEach(async () => {
    transport.dispose();
    await home.remove();
  });

  it('is called by the name of this machine', () => {
    assert.equal(transport.label, hostname());
  });

  describe('programs', () => {
    it('get arguments unchanged, input, and messages in English', async () => {
      const script = `cat; printf '%s\\0' "$LC_ALL" "$@"; echo warning >&2; exit 3`;
      const result = await transport.exec(['sh', '-c', script, 'sh', ...hostileNames], { input: 'in' });
      assert.deepEqual(result.stdout.toString().split('\0').slice(0, -1), ['inC', ...hostileNames]);
      assert.equal(result.stderr, 'warning\n');
      assert.deepEqual([result.exitCode, result.signalName], [3, undefined]);
    });

    it('find the end of their input when there is none', async () => {
      assert.equal((await transport.exec(['cat'])).stdout.length, 0);
    });

    it('that do not read their input end all the same', async () => {
      const { exitCode } = await transport.exec(['true'], { input: Buffer.alloc(1_000_000) });
      assert.equal(exitCode, 0);
    });

    it('pass a megabyte through unchanged', async () => {
      const input = Buffer.from(Array.from({ length: 1_000_000 }, (_, index) => index % 251));
      assert.ok((await transport.exec(['cat'], { input })).stdout.equals(input));
    });

    it('that do not exist exit with 127, those that may not be run with 126', async () => {
      const missing = await transport.exec(['no-such-program']);
      assert.equal(missing.exitCode, 127);
      assert.match(missing.stderr, /no-such-program.*No such file or directory/);
      const file = await home.write('file', '#!/bin/sh\n');
      assert.equal((await transport.exec([file])).exitCode, 126);
      await chmod(file, 0o700);
      assert.equal((await transport.exec([file])).exitCode, 0);
    });

    it('tell by which signal they ended', async () => {
      const { exitCode, signalName } = await transport.exec(['sh', '-c', 'kill -9 $$']);
      assert.deepEqual([exitCode, signalName], [undefined, 'SIGKILL']);
    });

    it('fail when they write too much', async () => {
      await assert.rejects(transport.exec(['cat', '/dev/zero'], { maxOutputBytes: 100_000 }), {
        code: 'too-much-output',
        message: `cat on ${hostname()} wrote more than 100000 bytes.`,
      });
      await assert.rejects(transport.exec(['sh', '-c', 'cat /dev/zero >&2'], { maxOutputBytes: 100_000 }), {
        code: 'too-much-output',
      });
    });

    it('are ended with all they have started when the time is over or they are cancelled', async () => {
      const tell = async (options: object, expected: new (...args: never[]) => Error): Promise<void> => {
        const file = home.in('pid');
        const running = transport.exec(['sh', '-c', `sleep 60 & echo $! > '${file}'; wait`], options);
        await assert.rejects(running, expected);
        const pid = Number(await home.read('../pid'));
        await eventually(() => !isRunning(pid), 'the program of the script has ended');
      };
      await tell({ timeoutMs: 300 }, TimeoutError);
      await tell({ signal: AbortSignal.timeout(300) }, CancelledError);
    });

    it('run with their streams in our hands', async () => {
      const { stream, stderr, exited } = await transport.spawn([
        'sh',
        '-c',
        'read a; echo "got $a"; read b; exit $b',
      ]);
      stderr.resume();
      stream.write('one\n');
      assert.equal(String((await once(stream, 'data'))[0]), 'got one\n');
      stream.write('5\n');
      assert.deepEqual(await exited, { exitCode: 5, signalName: undefined });
    });

    it('can be ended', async () => {
      const running = await transport.spawn(['sleep', '60']);
      running.kill();
      assert.deepEqual(await running.exited, { exitCode: undefined, signalName: 'SIGTERM' });
      running.kill();
    });

    it('notice that their input is closed', async () => {
      const { stream, exited } = await transport.spawn(['cat']);
      stream.destroy();
      assert.equal((await exited).exitCode, 0);
    });
  });

  describe('sockets', () => {
    let server: Server;
    let path: string;

    beforeEach(async () => {
      path = home.in('socket');
      server = createServer((socket) => socket.pipe(socket)).listen(path);
      await once(server, 'listening');
    });

    afterEach(() => {
      server.close();
    });

    it('connect to UNIX sockets and TCP ports', async () => {
      const tcp = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
      await once(tcp, 'listening');
      const { port } = tcp.address() as AddressInfo;
      for (const stream of [
        await transport.openUnixSocket(path),
        await transport.forwardTcp('127.0.0.1', port),
      ]) {
        stream.end('there and back');
        assert.equal(await text(stream), 'there and back');
      }
      tcp.close();
    });

    it('that do not open say why', async () => {
      const none = home.in('none');
      await assert.rejects(transport.openUnixSocket(none), {
        code: 'connect-failed',
        message: `${none} does not exist on ${hostname()}.`,
      });
      const { port } = await unusedPort();
      await assert.rejects(transport.forwardTcp('127.0.0.1', port), {
        code: 'connect-failed',
        message: `Nothing listens on 127.0.0.1:${port} on ${hostname()}.`,
      });
      await assert.rejects(transport.openUnixSocket(home.in('.ssh')), { code: 'connect-failed' });
    });

    it('are not opened for those who have cancelled', async () => {
      await assert.rejects(transport.openUnixSocket(path, { signal: AbortSignal.abort() }), CancelledError);
    });
  });

  it('ends everything when it is disposed of, and tells so once', async () => {
    const server = createServer().listen(home.in('socket'));
    await once(server, 'listening');
    const reasons: unknown[] = [];
    transport.onClose((reason) => reasons.push(reason));
    const socket = await transport.openUnixSocket(home.in('socket'));
    const running = await transport.spawn(['sleep', '60']);
    const waiting = assert.rejects(transport.exec(['sleep', '60']), { code: 'closed' });
    await transport.exec(['true']);
    const starting = assert.rejects(transport.exec(['sleep', '60']), { code: 'closed' });
    transport.dispose();
    transport.dispose();
    assert.equal((await running.exited).signalName, 'SIGTERM');
    assert.ok(socket.destroyed);
    await waiting;
    await starting;
    assert.deepEqual(reasons, [undefined]);
    await assert.rejects(transport.exec(['true']), { code: 'closed' });
    server.close();
  });
});

/** A zombie has ended: who reaps it is not our concern. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}

async function unusedPort(): Promise<AddressInfo> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return address;
}
