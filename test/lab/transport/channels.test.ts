import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import type { Transport } from '../../../src/transport/transport.ts';
import { eventually } from '../../unit/transport/support/eventually.ts';
import { hostileNames } from '../../unit/transport/support/hostileNames.ts';
import { Reaching } from './reaching.ts';
import type { Sshd } from './sshd.ts';

const megabyte = 1024 * 1024;

describe('channels over a real sshd', () => {
  let reaching: Reaching;
  let sshd: Sshd;
  let transport: Transport;

  before(async () => {
    reaching = await Reaching.create();
    sshd = await reaching.sshd(['RekeyLimit 4M', 'LogLevel DEBUG1']);
    transport = await reaching.connect(sshd);
  });

  after(() => reaching.end());

  describe('programs', () => {
    it('get arguments unchanged, input, and messages in English', async () => {
      const script = `cat; printf '%s\\0' "$LC_ALL" "$@"; echo warning >&2; exit 3`;
      const result = await transport.exec(['sh', '-c', script, 'sh', ...hostileNames], { input: 'in' });
      assert.deepEqual(result.stdout.toString().split('\0').slice(0, -1), ['inC', ...hostileNames]);
      assert.equal(result.stderr, 'warning\n');
      assert.deepEqual([result.exitCode, result.signalName], [3, undefined]);
    });

    it('exit as they do on this machine', async () => {
      assert.equal((await transport.exec(['true'])).exitCode, 0);
      assert.equal((await transport.exec(['no-such-program'])).exitCode, 127);
      assert.equal((await transport.exec(['cat'])).stdout.length, 0);
      assert.equal((await transport.exec(['sh', '-c', 'kill -9 $$'])).signalName, 'SIGKILL');
    });

    it('that do not read their input end all the same', async () => {
      const { exitCode } = await transport.exec(['true'], { input: Buffer.alloc(4 * megabyte) });
      assert.equal(exitCode, 0);
    });

    it('pass 20 MB through unchanged', async () => {
      const input = randomBytes(20 * megabyte);
      const { stdout } = await transport.exec(['cat'], { input });
      assert.ok(stdout.equals(input));
    });

    it('that write more than is wanted are ended on the host', async () => {
      const pidFile = reaching.home.in('endless');
      const endless = ['sh', '-c', 'echo $$ > "$1"; exec cat /dev/zero', 'sh', pidFile] as const;
      await assert.rejects(transport.exec(endless, { maxOutputBytes: megabyte }), {
        code: 'too-much-output',
      });
      await hasEnded(pidFile);
    });

    it('that neither read nor write are ended on the host when they are given up', async () => {
      const pidFile = reaching.home.in('silent');
      const silent = ['sh', '-c', 'sleep 60 & echo $! > "$1"; wait', 'sh', pidFile] as const;
      await assert.rejects(transport.exec(silent, { timeoutMs: 500 }), { code: 'timeout' });
      await hasEnded(pidFile);
    });

    it('can be ended, and tell so', async () => {
      const running = await transport.spawn(['sleep', '60']);
      running.stream.end();
      running.stream.resume();
      running.stderr.resume();
      running.kill();
      assert.deepEqual(await running.exited, { exitCode: undefined, signalName: 'SIGTERM' });
    });

    it('that ignore the signal lose their input and output', async () => {
      const stubborn = [
        'sh',
        '-c',
        'trap "" TERM; echo ready; while read line; do :; done; sleep 1',
      ] as const;
      const running = await transport.spawn(stubborn);
      const { stream, exited } = running;
      running.stderr.resume();
      assert.equal(String((await once(stream, 'data'))[0]), 'ready\n');
      running.kill();
      await once(stream, 'close');
      await exited;
    });

    it('run with their streams in our hands', async () => {
      const script = 'read a; echo "got $a"; read b; exit $b';
      const { stream, stderr, exited } = await transport.spawn(['sh', '-c', script]);
      stderr.resume();
      stream.write('one\n');
      assert.equal(String((await once(stream, 'data'))[0]), 'got one\n');
      stream.write('5\n');
      assert.deepEqual(await exited, { exitCode: 5, signalName: undefined });
    });

    it('run beside each other', async () => {
      const numbers = Array.from({ length: 6 }, (_, number) => String(number));
      const results = await Promise.all(numbers.map((number) => transport.exec(['echo', number])));
      assert.deepEqual(
        results.map(({ stdout }) => stdout.toString().trim()),
        numbers,
      );
    });

    async function hasEnded(pidFile: string): Promise<void> {
      const { stdout } = await transport.exec(['cat', pidFile]);
      const pid = stdout.toString().trim();
      assert.match(pid, /^\d+$/);
      for (let attempt = 0; attempt < 50; attempt++) {
        const state = (await transport.exec(['ps', '-o', 'stat=', '-p', pid])).stdout.toString();
        // A zombie has ended: who reaps it is not our concern.
        if (state.trim() === '' || state.startsWith('Z')) return;
      }
      assert.fail(`${pid} still runs`);
    }
  });

  describe('sockets', () => {
    let echo: Server;
    let path: string;

    before(async () => {
      path = reaching.home.in('echo.sock');
      echo = createServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket)).listen(path);
      await once(echo, 'listening');
    });

    after(() => {
      echo.close();
    });

    it('carry 20 MB both ways at once, through changes of the session keys', async () => {
      const data = randomBytes(20 * megabyte);
      const stream = await transport.openUnixSocket(path);
      const back = buffer(stream);
      for (let at = 0; at < data.length; at += 100_000) stream.write(data.subarray(at, at + 100_000));
      stream.end();
      assert.ok((await back).equals(data));
      const changes = (await sshd.log()).match(/SSH2_MSG_NEWKEYS received/g)?.length ?? 0;
      assert.ok(changes > 4, `the session keys were changed ${changes} times`);
    });

    it('carry one huge write', async () => {
      const data = randomBytes(20 * megabyte);
      const stream = await transport.openUnixSocket(path);
      stream.end(data);
      assert.ok((await buffer(stream)).equals(data));
    });

    it('hold back a writer whose reader is slow, and lose nothing', async () => {
      let taken = 0;
      const slow = createServer((socket) => {
        setTimeout(() => {
          socket.on('data', (chunk) => {
            taken += chunk.length;
          });
        }, 300);
      }).listen(reaching.home.in('slow.sock'));
      await once(slow, 'listening');
      const stream = await transport.openUnixSocket(reaching.home.in('slow.sock'));
      const chunk = Buffer.alloc(64 * 1024);
      let sent = 0;
      while (sent < 16 * megabyte) {
        sent += chunk.length;
        if (!stream.write(chunk)) await once(stream, 'drain');
      }
      stream.end();
      await eventually(() => taken === sent, 'all arrived');
      stream.destroy();
      slow.close();
    });

    it('end when the other end does', async () => {
      const brief = createServer((socket) => socket.end('bye')).listen(reaching.home.in('brief.sock'));
      await once(brief, 'listening');
      const stream = await transport.openUnixSocket(reaching.home.in('brief.sock'));
      assert.equal(await text(stream), 'bye');
      if (!stream.closed) await once(stream, 'close');
      brief.close();
    });

    it('connect to TCP ports as seen from the host', async () => {
      const tcp = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
      await once(tcp, 'listening');
      const { port } = tcp.address() as AddressInfo;
      const stream = await transport.forwardTcp('127.0.0.1', port);
      stream.end('there and back');
      assert.equal(await text(stream), 'there and back');
      tcp.close();
      await once(tcp, 'close');
      await assert.rejects(transport.forwardTcp('127.0.0.1', port), {
        code: 'connect-failed',
        raw: /Connection refused/,
      });
    });

    it('that are not there do not open', async () => {
      await assert.rejects(transport.openUnixSocket(reaching.home.in('none.sock')), {
        code: 'connect-failed',
        message: /^The socket .*none\.sock on .* did not open\.$/,
      });
    });
  });
});
