import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { CancelledError } from '../../../../src/base/errors.ts';
import { connectTo, type Place } from '../support/connecting.ts';
import { eventually } from '../support/eventually.ts';
import { RecordingLog } from '../support/recordingLog.ts';
import { noAnswer, ScriptedPrompts } from '../support/scriptedPrompts.ts';
import { SshServer } from '../support/sshServer.ts';
import { DeadPort, TcpServer } from '../support/tcpServer.ts';
import { TemporaryHome } from '../support/temporaryHome.ts';

interface Peer {
  readonly port: number;
  readonly sockets: ReadonlySet<Socket>;
  stop(): Promise<void>;
}

/** How far a server gets before it says no more, and what is said about the time that was lost. */
const stalls: readonly (readonly [step: string, start: () => Promise<Peer>, message: RegExp])[] = [
  ['before its greeting', () => TcpServer.start(() => undefined), /did not complete the SSH handshake/],
  [
    'after its greeting',
    () => TcpServer.start((socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n')),
    /did not complete the SSH handshake/,
  ],
  [
    'during the login',
    () => SshServer.start({ authenticate: () => undefined }),
    /did not complete the login/,
  ],
];

describe('connectSsh when it fails', () => {
  let place: Place;
  let peer: Peer | undefined;

  beforeEach(async () => {
    place = { home: await TemporaryHome.create(), log: new RecordingLog() };
    await place.home.write('config', 'StrictHostKeyChecking accept-new\n');
  });

  afterEach(async () => {
    await peer?.stop();
    peer = undefined;
    await place.home.remove();
  });

  for (const [step, start, message] of stalls) {
    it(`says how far it came with a server that stalls ${step}`, async () => {
      const stalled = (peer = await start());
      await assert.rejects(connectTo(stalled.port, place, undefined, { timeoutMs: 1000 }), {
        code: 'timeout',
        message,
      });
      await eventually(() => stalled.sockets.size === 0, 'the socket is closed');
    });

    it(`can be cancelled with a server that stalls ${step}`, async () => {
      const stalled = (peer = await start());
      const owner = new AbortController();
      const connecting = connectTo(stalled.port, place, undefined, { signal: owner.signal });
      await eventually(() => stalled.sockets.size === 1, 'the socket is open');
      setTimeout(() => {
        owner.abort();
      }, 100);
      await assert.rejects(connecting, CancelledError);
      await eventually(() => stalled.sockets.size === 0, 'the socket is closed');
    });
  }

  describe('at a port that does not answer', () => {
    let dead: DeadPort;

    before(async () => {
      dead = await DeadPort.create();
    });

    after(() => dead.close());

    it('gives up when the time is over', async () => {
      await assert.rejects(connectTo(dead.port, place, undefined, { timeoutMs: 200 }), {
        code: 'timeout',
        message: /did not answer within 0\.2 s/,
      });
    });

    it('takes the time from ConnectTimeout', async () => {
      await place.home.write('config', 'ConnectTimeout 1\n');
      await assert.rejects(connectTo(dead.port, place), { code: 'timeout', message: /within 1 s/ });
    });

    it('can be cancelled', async () => {
      const owner = new AbortController();
      const connecting = connectTo(dead.port, place, undefined, { signal: owner.signal });
      setTimeout(() => {
        owner.abort();
      }, 100);
      await assert.rejects(connecting, CancelledError);
    });
  });

  it('does not even begin when it was cancelled before', async () => {
    const server = (peer = await TcpServer.start(() => undefined));
    await assert.rejects(
      connectTo(server.port, place, undefined, { signal: AbortSignal.abort() }),
      CancelledError,
    );
    assert.equal(place.log.text, '');
  });

  it('lets the clock stand still while a person thinks', async () => {
    const server = (peer = await SshServer.start({
      authenticate: (context) => {
        if (context.method === 'password') context.accept();
        else context.reject(['password']);
      },
    }));
    const prompts = new ScriptedPrompts({
      password: async () => {
        await new Promise((resolve) => setTimeout(resolve, 1300));
        return 'right';
      },
    });
    (await connectTo(server.port, place, prompts, { timeoutMs: 1200 })).dispose();
  });

  it('takes an open prompt away when it is cancelled', async () => {
    const server = (peer = await SshServer.start());
    await place.home.write('config', 'StrictHostKeyChecking ask\n');
    const prompts = new ScriptedPrompts({ confirmHostKey: noAnswer });
    const owner = new AbortController();
    const connecting = connectTo(server.port, place, prompts, { signal: owner.signal });
    await eventually(() => prompts.asked.length === 1, 'the prompt is open');
    owner.abort();
    await assert.rejects(connecting, CancelledError);
    await eventually(() => server.sockets.size === 0, 'the socket is closed');
  });

  it('takes an open prompt away when the server hangs up, and trusts no key that is confirmed after that', async () => {
    const server = await SshServer.start();
    peer = server;
    await place.home.write('config', 'StrictHostKeyChecking ask\n');
    let confirm: (answer: boolean) => void = () => undefined;
    const prompts = new ScriptedPrompts({
      confirmHostKey: () =>
        new Promise((resolve) => {
          confirm = resolve;
        }),
    });
    const connecting = connectTo(server.port, place, prompts);
    await eventually(() => prompts.asked.length === 1, 'the prompt is open');
    server.cut();
    await assert.rejects(connecting, { code: 'connection-lost' });
    confirm(true);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await assert.rejects(place.home.read('known_hosts'), { code: 'ENOENT' });
  });

  it('passes on what went wrong in a prompt', async () => {
    const server = (peer = await SshServer.start());
    await place.home.write('config', 'StrictHostKeyChecking ask\n');
    const prompts = new ScriptedPrompts({
      confirmHostKey: () => {
        throw new Error('no window');
      },
    });
    await assert.rejects(connectTo(server.port, place, prompts), /no window/);
    await eventually(() => server.sockets.size === 0, 'the socket is closed');
  });

  const sayings: readonly (readonly [what: string, text: string, code: string, message: RegExp])[] = [
    ['says nothing', '', 'connection-lost', /closed the connection during the SSH handshake/],
    [
      'only greets',
      'SSH-2.0-OpenSSH_9.2\r\n',
      'connection-lost',
      /closed the connection during the SSH handshake/,
    ],
    [
      'is a web server',
      'HTTP/1.1 400 Bad Request\r\n\r\n',
      'not-ssh',
      /on port \d+ of 127\.0\.0\.1 is not an SSH server/,
    ],
    ['speaks SSH 1', 'SSH-1.5-old\r\n', 'connection-lost', /during the SSH handshake/],
    ['has too much to do', 'Exceeded MaxStartups\r\n', 'connection-lost', /takes no further connections now/],
  ];
  for (const [what, text, code, message] of sayings) {
    it(`explains a server that ${what} and hangs up`, async () => {
      const server = (peer = await TcpServer.start((socket) => socket.end(text)));
      await assert.rejects(
        connectTo(server.port, place),
        (error: Error & { code?: string; raw?: string }) => {
          assert.equal(error.code, code, error.message);
          assert.match(error.message, message);
          assert.ok(error.raw === undefined || error.raw.startsWith(text.trim()), error.raw);
          return true;
        },
      );
    });
  }

  it('explains a server that hangs up during the login', async () => {
    const server = (peer = await SshServer.start({
      authenticate: (_context, self) => {
        self.cut();
      },
    }));
    await assert.rejects(connectTo(server.port, place), {
      code: 'connection-lost',
      message: /closed the connection during the login/,
    });
  });

  it('explains a server without a common algorithm', async () => {
    const server = (peer = await SshServer.start({
      config: { algorithms: { kex: ['diffie-hellman-group1-sha1'] } },
    }));
    await assert.rejects(connectTo(server.port, place), {
      code: 'no-common-algorithm',
      raw: /no matching key exchange algorithm/,
    });
  });

  it('explains a port where nothing listens', async () => {
    const server = await TcpServer.start(() => undefined);
    const { port } = server;
    await server.stop();
    await assert.rejects(connectTo(port, place), {
      code: 'refused',
      message: new RegExp(
        `tester@127\\.0\\.0\\.1:${port} refused the connection: nothing listens on its port ${port}`,
      ),
    });
  });

  it('explains a name without an address', async () => {
    await place.home.write('config', 'HostName no-such-host.invalid\n');
    await assert.rejects(connectTo(22, place), {
      code: 'host-not-found',
      message: /No address was found for no-such-host\.invalid/,
    });
  });
});
