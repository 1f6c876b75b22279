import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { Reaching } from './reaching.ts';

describe('what a real sshd refuses', () => {
  let reaching: Reaching;

  beforeEach(async () => {
    reaching = await Reaching.create();
  });

  afterEach(() => reaching.end());

  it('UNIX sockets, with AllowStreamLocalForwarding no', async () => {
    const path = reaching.home.in('echo.sock');
    const echo = createServer((socket) => socket.pipe(socket)).listen(path);
    await once(echo, 'listening');
    const transport = await reaching.connect(await reaching.sshd(['AllowStreamLocalForwarding no']));
    await assert.rejects(transport.openUnixSocket(path), {
      code: 'connect-failed',
      advice: /AllowStreamLocalForwarding/,
    });
    assert.equal((await transport.exec(['true'])).exitCode, 0);
    echo.close();
  });

  it('TCP ports, with AllowTcpForwarding no', async () => {
    const transport = await reaching.connect(await reaching.sshd(['AllowTcpForwarding no']));
    await assert.rejects(transport.forwardTcp('127.0.0.1', 1), {
      code: 'forwarding-prohibited',
      advice: /AllowTcpForwarding/,
    });
  });

  it('more programs than MaxSessions, while sockets still open', async () => {
    const path = reaching.home.in('hello.sock');
    const hello = createServer((socket) => socket.end('hello')).listen(path);
    await once(hello, 'listening');
    const transport = await reaching.connect(await reaching.sshd(['MaxSessions 1']));
    const first = await transport.spawn(['cat']);
    await assert.rejects(transport.exec(['true']), { code: 'session-refused', advice: /MaxSessions/ });
    assert.equal(await text(await transport.openUnixSocket(path)), 'hello');
    first.stream.end();
    first.stream.resume();
    await first.exited;
    // sshd counts a session until it has tidied up after it.
    let exitCode: number | undefined;
    for (let attempt = 0; attempt < 100 && exitCode === undefined; attempt++) {
      exitCode = await transport.exec(['true']).then(
        (result) => result.exitCode,
        () => undefined,
      );
    }
    assert.equal(exitCode, 0);
    hello.close();
  });

  it('a client without a common algorithm', async () => {
    const sshd = await reaching.sshd(['KexAlgorithms sntrup761x25519-sha512@openssh.com']);
    await assert.rejects(reaching.connect(sshd), {
      code: 'no-common-algorithm',
      raw: /no matching key exchange/,
    });
  });

  it('a user it does not list, and says nothing about it', async () => {
    const sshd = await reaching.sshd(['AllowUsers nobody-at-all']);
    await assert.rejects(reaching.connect(sshd), {
      code: 'auth-failed',
      message: /Tried: publickey \(1\)\. The host takes: publickey\.$/,
      advice: /ssh-copy-id/,
    });
  });

  it('more tries than MaxAuthTries', async () => {
    const sshd = await reaching.sshd(['MaxAuthTries 2']);
    const wrong = ['a', 'b', 'c'].map((name) => `IdentityFile ${reaching.key(name)}\n`);
    await reaching.config(wrong.join(''));
    await assert.rejects(reaching.connect(sshd), {
      code: 'auth-failed',
      raw: /Too many authentication failures/,
      advice: /IdentitiesOnly/,
    });
  });

  it('connections when its session is killed: they are lost with what runs over them', async () => {
    const transport = await reaching.connect(await reaching.sshd());
    const closed = new Promise((resolve) => transport.onClose(resolve));
    const running = assert.rejects(transport.exec(['sleep', '60']), { code: 'connection-lost' });
    await assert.rejects(transport.exec(['sh', '-c', 'kill -9 "$PPID"; sleep 60']), {
      code: 'connection-lost',
    });
    await running;
    assert.match(String(await closed), /SshError: The connection to .* was lost/);
    await assert.rejects(transport.exec(['true']), { code: 'connection-lost' });
  });
});
