import assert from 'node:assert/strict';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Connection, ServerChannel } from 'ssh2';
import { CancelledError, TimeoutError } from '../../../../src/base/errors.ts';
import { remoteCommand } from '../../../../src/transport/ssh/remoteCommand.ts';
import type { Transport } from '../../../../src/transport/transport.ts';
import { connectTo, type Place } from '../support/connecting.ts';
import { eventually } from '../support/eventually.ts';
import { RecordingLog } from '../support/recordingLog.ts';
import { SshServer } from '../support/sshServer.ts';
import { TemporaryHome } from '../support/temporaryHome.ts';

/** What happens at the other end to a program; the default lets none run. */
type RunProgram = (channel: ServerChannel, command: string) => void;

describe('SshTransport', () => {
  let place: Place;
  let server: SshServer;
  let transport: Transport;

  beforeEach(async () => {
    place = { home: await TemporaryHome.create(), log: new RecordingLog() };
    await place.home.write('config', 'StrictHostKeyChecking accept-new\n');
  });

  afterEach(async () => {
    transport.dispose();
    await server.stop();
    await place.home.remove();
  });

  async function connect(connected: (connection: Connection) => void): Promise<void> {
    server = await SshServer.start({ connected });
    transport = await connectTo(server.port, place);
  }

  function connectToPrograms(run: RunProgram): Promise<void> {
    return connect((connection) => {
      connection.on('session', (accept) => {
        accept().on('exec', (acceptExec, _reject, { command }) => {
          run(acceptExec(), command);
        });
      });
    });
  }

  describe('programs', () => {
    it('get their input, and give output, errors and exit code', async () => {
      await connectToPrograms((channel, command) => {
        let input = '';
        channel.on('data', (chunk: Buffer) => {
          input += chunk.toString();
        });
        channel.once('end', () => {
          channel.stderr.write('a warning\n');
          channel.write(`${command}: ${input}`);
          channel.exit(3);
          channel.end();
        });
      });
      const result = await transport.exec(['rbd', 'import', '-'], { input: 'an image' });
      assert.deepEqual(
        { ...result, stdout: result.stdout.toString() },
        {
          exitCode: 3,
          signalName: undefined,
          stdout: `${remoteCommand(['rbd', 'import', '-'])}: an image`,
          stderr: 'a warning\n',
        },
      );
    });

    it('tell by which signal they ended', async () => {
      await connectToPrograms((channel) => {
        channel.exit('TERM');
        channel.end();
      });
      const { exitCode, signalName } = await transport.exec(['sleep', '10']);
      assert.deepEqual([exitCode, signalName], [undefined, 'SIGTERM']);
    });

    it('fail when they end without a word', async () => {
      await connectToPrograms((channel) => {
        channel.close();
      });
      await assert.rejects(transport.exec(['true']), { code: 'connection-lost' });
    });

    it('fail when they write too much, and are ended', async () => {
      let ended = false;
      await connectToPrograms((channel) => {
        channel.write('x'.repeat(2000));
        channel.resume().once('close', () => {
          ended = true;
        });
      });
      await assert.rejects(transport.exec(['cat', '/dev/zero'], { maxOutputBytes: 1000 }), {
        code: 'too-much-output',
        message: /^cat on tester@127\.0\.0\.1:\d+ wrote more than 1000 bytes\.$/,
      });
      await eventually(() => ended, 'the channel was closed');
    });

    for (const [how, options, expected] of [
      ['the time is over', { timeoutMs: 100 }, TimeoutError],
      ['they are cancelled', {}, CancelledError],
    ] as const) {
      it(`are ended when ${how}`, async () => {
        let ended = false;
        await connectToPrograms((channel) => {
          channel.resume().once('close', () => {
            ended = true;
          });
        });
        const owner = new AbortController();
        const waiting = transport.exec(['sleep', '10'], { signal: owner.signal, ...options });
        setTimeout(() => {
          owner.abort();
        }, 300);
        await assert.rejects(waiting, expected);
        await eventually(() => ended, 'the channel was closed');
      });
    }

    it('are refused by a server that opens no session', async () => {
      await connect((connection) => {
        connection.on('session', (_accept, reject) => {
          reject();
        });
      });
      await assert.rejects(transport.exec(['true']), {
        code: 'session-refused',
        message: /^sshd on tester@127\.0\.0\.1:\d+ did not run true\.$/,
        advice: /MaxSessions/,
      });
    });

    it('are refused by a server that runs none', async () => {
      await connect((connection) => {
        connection.on('session', (accept) => {
          accept().on('exec', (_accept, reject) => {
            reject();
          });
        });
      });
      await assert.rejects(transport.exec(['true']), { code: 'session-refused' });
    });

    it('that run while the connection is lost fail with it', async () => {
      await connectToPrograms((channel) => {
        channel.write('half of it');
        setTimeout(() => {
          server.cut();
        }, 20);
      });
      await assert.rejects(transport.exec(['ceph', 'status']), {
        code: 'connection-lost',
        message: /^The connection to tester@127\.0\.0\.1:\d+ was lost\.$/,
      });
    });

    it('tell when they have ended, also while nobody reads', async () => {
      await connectToPrograms((channel) => {
        channel.write('unread');
        channel.exit(7);
        channel.end();
      });
      const { exited, stream } = await transport.spawn(['true']);
      assert.deepEqual(await exited, { exitCode: 7, signalName: undefined });
      stream.destroy();
    });

    it('settle their end when the connection is lost', async () => {
      await connectToPrograms(() => undefined);
      const { exited, stream } = await transport.spawn(['nc']);
      const failed = once(stream, 'error');
      server.cut();
      assert.deepEqual(await exited, { exitCode: undefined, signalName: undefined });
      assert.match(String((await failed)[0]), /was lost/);
    });
  });

  describe('sockets', () => {
    function echo(connection: Connection): void {
      connection.on('openssh.streamlocal', (accept, reject, { socketPath }) => {
        if (socketPath === '/run/echo') {
          const channel = accept();
          channel.pipe(channel);
        } else reject();
      });
      connection.on('tcpip', (accept, reject, { destIP, destPort }) => {
        if (`${destIP}:${destPort}` === '::1:5900') {
          const channel = accept();
          channel.pipe(channel);
        } else reject();
      });
    }

    it('carry bytes both ways until one end is done', async () => {
      await connect(echo);
      for (const stream of [
        await transport.openUnixSocket('/run/echo'),
        await transport.forwardTcp('::1', 5900),
      ]) {
        stream.end('there and back');
        assert.equal(await text(stream), 'there and back');
        if (!stream.closed) await once(stream, 'close');
      }
    });

    it('that do not open say which and where', async () => {
      await connect(echo);
      await assert.rejects(transport.openUnixSocket('/run/none'), {
        code: 'connect-failed',
        message: /^The socket \/run\/none on tester@127\.0\.0\.1:\d+ did not open\.$/,
      });
      await assert.rejects(transport.forwardTcp('::1', 1), {
        code: 'connect-failed',
        message: /^::1:1 did not open, as seen from tester@127\.0\.0\.1:\d+\.$/,
      });
    });

    it('that the server forbids say so', async () => {
      // A server of ssh2 prohibits what nobody listens for.
      await connect(() => undefined);
      await assert.rejects(transport.openUnixSocket('/run/echo'), {
        code: 'forwarding-prohibited',
        message: /^sshd on tester@127\.0\.0\.1:\d+ forwards no UNIX sockets\.$/,
        advice: /AllowStreamLocalForwarding/,
      });
      await assert.rejects(transport.forwardTcp('::1', 5900), {
        code: 'forwarding-prohibited',
        advice: /AllowTcpForwarding/,
      });
    });

    it('that nobody answers for can be given up, and are closed if they open late', async () => {
      let answer: () => ServerChannel = () => assert.fail();
      await connect((connection) => {
        connection.on('openssh.streamlocal', (accept) => {
          answer = accept;
        });
      });
      await assert.rejects(transport.openUnixSocket('/run/slow', { timeoutMs: 100 }), (error: Error) => {
        assert.ok(error instanceof TimeoutError);
        assert.match(error.message, /^\/run\/slow on tester@127\.0\.0\.1:\d+ did not open within 0\.1 s\.$/);
        return true;
      });
      await once(answer().resume(), 'close');
    });

    it('that are open fail when the connection is lost', async () => {
      await connect(echo);
      const stream = await transport.openUnixSocket('/run/echo');
      const failed = once(stream, 'error');
      server.cut();
      assert.match(String((await failed)[0]), /SshError: The connection to .* was lost/);
      await assert.rejects(transport.openUnixSocket('/run/echo'), { code: 'connection-lost' });
    });
  });

  describe('the connection', () => {
    it('tells once, with the reason, that it was lost', async () => {
      await connect(() => undefined);
      const reasons: unknown[] = [];
      transport.onClose((reason) => reasons.push(reason));
      server.cut();
      await eventually(() => reasons.length > 0, 'the transport closed');
      transport.dispose();
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(reasons.length, 1);
      assert.match(String(reasons[0]), /was lost/);
    });

    it('closes without a reason when it is disposed of, and does nothing after that', async () => {
      await connectToPrograms(() => undefined);
      const reasons: unknown[] = [];
      transport.onClose((reason) => reasons.push(reason));
      const running = transport.exec(['sleep', '10']);
      await eventually(() => server.connections.length === 1, 'it runs');
      const failing = assert.rejects(running, { code: 'closed' });
      await new Promise((resolve) => setTimeout(resolve, 50));
      transport.dispose();
      await failing;
      await eventually(() => reasons.length === 1, 'the transport closed');
      assert.deepEqual(reasons, [undefined]);
      await eventually(() => server.sockets.size === 0, 'the socket is closed');
      await assert.rejects(transport.exec(['true']), { code: 'closed' });
    });

    it('is lost when the host does not answer any more', async () => {
      await place.home.write(
        'config',
        'StrictHostKeyChecking accept-new\nServerAliveInterval 1\nServerAliveCountMax 1\n',
      );
      await connect(() => undefined);
      const closed = new Promise((resolve) => transport.onClose(resolve));
      for (const socket of server.sockets) socket.pause();
      assert.match(String(await closed), /was lost/);
      assert.match(place.log.text, /connection lost: Keepalive timeout/);
    }).timeout(10_000);

    it('does nothing for those who have cancelled already', async () => {
      await connectToPrograms(() => assert.fail('a program was run'));
      const signal = AbortSignal.abort();
      await assert.rejects(transport.exec(['true'], { signal }), CancelledError);
      await assert.rejects(transport.openUnixSocket('/run/x', { signal }), CancelledError);
    });
  });
});
