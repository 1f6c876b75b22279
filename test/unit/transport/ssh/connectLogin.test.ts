import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { AuthContext, ParsedKey } from 'ssh2';
import { CancelledError } from '../../../../src/base/errors.ts';
import { connectTo, type Place } from '../support/connecting.ts';
import { makeKeyPair } from '../support/keys.ts';
import { RecordingLog } from '../support/recordingLog.ts';
import { ScriptedPrompts } from '../support/scriptedPrompts.ts';
import { readPublic, SshServer, usesKey } from '../support/sshServer.ts';
import { TemporaryHome } from '../support/temporaryHome.ts';

const pair = makeKeyPair();
const secondPair = makeKeyPair();

/** Takes this key and nothing else. */
function onlyKey(key: ParsedKey, methods: AuthContext['method'][] = ['publickey']) {
  return (context: AuthContext): void => {
    if (context.method === 'publickey' && usesKey(context, key)) context.accept();
    else context.reject(methods);
  };
}

describe('connectSsh and the login', () => {
  let place: Place;
  let server: SshServer;

  beforeEach(async () => {
    place = { home: await TemporaryHome.create(), log: new RecordingLog() };
    await place.home.write('config', 'StrictHostKeyChecking accept-new\n');
  });

  afterEach(async () => {
    await server.stop();
    await place.home.remove();
  });

  async function serve(authenticate: (context: AuthContext, server: SshServer) => void): Promise<void> {
    server = await SshServer.start({ authenticate });
  }

  async function connect(prompts = new ScriptedPrompts()): Promise<void> {
    (await connectTo(server.port, place, prompts)).dispose();
  }

  /** A key file with a passphrase, made by ssh-keygen; gives its public part. */
  async function encryptedKey(name: string, ...options: string[]): Promise<ParsedKey> {
    const path = place.home.in('.ssh', name);
    // One round of key derivation: the tests need not wait for more.
    execFileSync('ssh-keygen', ['-q', '-a', '1', '-N', 'open sesame', '-f', path, ...options]);
    return readPublic(await place.home.read(`${name}.pub`));
  }

  it('with a key costs two round trips: no “none” before it', async () => {
    await serve(onlyKey(readPublic(pair.public)));
    await place.home.write('id_ed25519', pair.private);
    await connect();
    assert.deepEqual(server.tried, ['publickey?', 'publickey']);
  });

  for (const [type, bits] of [
    ['rsa', 2048],
    ['ecdsa', 256],
    ['ecdsa', 521],
  ] as const) {
    it(`works with a key of type ${type} and ${bits} bits`, async () => {
      const made = makeKeyPair(type, bits);
      await serve(onlyKey(readPublic(made.public)));
      await place.home.write(`id_${type}`, made.private);
      await connect();
    });
  }

  it('tries the default keys in order, each once', async () => {
    await serve(onlyKey(readPublic(secondPair.public)));
    await place.home.write('id_ed25519', pair.private);
    await place.home.write('id_rsa', secondPair.private);
    await connect();
    assert.deepEqual(server.tried, ['publickey?', 'publickey?', 'publickey']);
  });

  it('goes on after a key file that is none, and says so without showing it', async () => {
    await serve(onlyKey(readPublic(secondPair.public)));
    await place.home.write('id_ed25519', 'SECRET nonsense');
    await place.home.write('id_rsa', secondPair.private);
    await connect();
    assert.match(place.log.text, /warn The key .*id_ed25519 cannot be used/);
    assert.doesNotMatch(place.log.text, /SECRET/);
  });

  it('without a key asks the server first, and people only for what it takes', async () => {
    await serve((context) => {
      if (context.method === 'password' && context.password === 'right') context.accept();
      else context.reject(['password']);
    });
    const prompts = new ScriptedPrompts({ password: ({ attempt }) => (attempt === 3 ? 'right' : 'wrong') });
    await connect(prompts);
    assert.deepEqual(server.tried, ['none', 'password', 'password', 'password']);
    assert.deepEqual(prompts.asked, ['password 1', 'password 2', 'password 3']);
    assert.doesNotMatch(place.log.text, /right|wrong/);
  });

  it('asks nobody when the server lets everybody in', async () => {
    await serve((context) => {
      context.accept();
    });
    await connect();
    assert.deepEqual(server.tried, ['none']);
  });

  it('gives up after three passwords, and says what was tried and what the server takes', async () => {
    await serve((context) => {
      context.reject(['publickey', 'password']);
    });
    await place.home.write('id_ed25519', pair.private);
    const prompts = new ScriptedPrompts({ password: () => 'wrong' });
    await assert.rejects(connect(prompts), {
      code: 'auth-failed',
      message:
        /did not let the user tester in\. Tried: publickey \(1\), password \(3\)\. The host takes: publickey, password\.$/,
      advice: /ssh-copy-id tester@127\.0\.0\.1/,
    });
  });

  it('says so when there is nothing to try', async () => {
    await serve((context) => {
      context.reject(['publickey', 'gssapi-with-mic' as 'publickey']);
    });
    await assert.rejects(connect(), {
      code: 'auth-failed',
      message: /There was nothing to try\. The host takes: publickey, gssapi-with-mic\.$/,
    });
  });

  it('answers several rounds of keyboard-interactive', async () => {
    await serve((context) => {
      if (context.method !== 'keyboard-interactive') {
        context.reject(['keyboard-interactive']);
        return;
      }
      context.prompt([{ prompt: 'Password: ', echo: false }], 'Login', 'Two steps', ([password]) => {
        if (password !== 'right') {
          context.reject(['keyboard-interactive']);
          return;
        }
        context.prompt(
          [
            { prompt: 'Token: ', echo: true },
            { prompt: 'PIN: ', echo: false },
          ],
          ([token, pin]) => {
            if (token === '123' && pin === '456') context.accept();
            else context.reject(['keyboard-interactive']);
          },
        );
      });
    });
    const shown: unknown[] = [];
    const prompts = new ScriptedPrompts({
      keyboardInteractive: ({ name, instructions, prompts: questions, attempt }) => {
        shown.push([name, instructions, questions, attempt]);
        return questions.length === 2 ? ['123', '456'] : [attempt === 1 ? 'wrong' : 'right'];
      },
    });
    await connect(prompts);
    const first = [{ prompt: 'Password: ', echo: false }];
    assert.deepEqual(shown, [
      ['Login', 'Two steps', first, 1],
      ['Login', 'Two steps', first, 2],
      [
        '',
        '',
        [
          { prompt: 'Token: ', echo: true },
          { prompt: 'PIN: ', echo: false },
        ],
        2,
      ],
    ]);
  });

  it('goes on to the next factor when a key was accepted but is not enough', async () => {
    const key = readPublic(pair.public);
    let keyDone = false;
    await serve((context) => {
      if (context.method === 'publickey' && usesKey(context, key)) {
        if (context.signature === undefined) {
          context.accept();
          return;
        }
        keyDone = true;
        context.reject(['password'], true);
      } else if (context.method === 'password' && keyDone && context.password === 'right') context.accept();
      else context.reject(keyDone ? ['password'] : ['publickey']);
    });
    await place.home.write('id_ed25519', pair.private);
    await place.home.write('id_rsa', secondPair.private);
    await connect(new ScriptedPrompts({ password: () => 'right' }));
    assert.deepEqual(server.tried, ['publickey?', 'publickey', 'password']);
    assert.match(place.log.text, /accepted, but more is asked for: password/);
  });

  it('goes on to a second key, and from a password to a key', async () => {
    const keys = [readPublic(pair.public), readPublic(secondPair.public)];
    const used = new Set<ParsedKey>();
    let passwordDone = false;
    await serve((context) => {
      const key = context.method === 'publickey' ? keys.find((each) => usesKey(context, each)) : undefined;
      if (context.method === 'password') {
        passwordDone = true;
        context.reject(['publickey'], true);
      } else if (!passwordDone || !key || context.method !== 'publickey') {
        context.reject(passwordDone ? ['publickey'] : ['password']);
      } else if (context.signature === undefined) context.accept();
      else {
        used.add(key);
        if (used.size === 2) context.accept();
        else context.reject(['publickey'], true);
      }
    });
    await place.home.write(
      'config',
      'StrictHostKeyChecking accept-new\nPreferredAuthentications password,publickey\n',
    );
    await place.home.write('id_ed25519', pair.private);
    await place.home.write('id_rsa', secondPair.private);
    await connect(new ScriptedPrompts({ password: () => 'right' }));
    assert.deepEqual(server.tried, [
      'none',
      'password',
      'publickey?',
      'publickey',
      'publickey?',
      'publickey',
    ]);
  });

  it('explains a key that was accepted while the user was not', async () => {
    await serve((context) => {
      if (context.method === 'publickey' && context.signature === undefined) context.accept();
      else context.reject(['publickey']);
    });
    const path = await place.home.write('id_ed25519', pair.private);
    await assert.rejects(connect(), (error: Error & { advice?: string }) => {
      assert.ok(
        error.advice?.includes(`It took the key ${path}, which was not enough: look at PermitRootLogin`),
      );
      return true;
    });
  });

  it('explains a server that hangs up after too many failures', async () => {
    await serve((context, { connections }) => {
      if (context.method === 'none') {
        context.reject(['password']);
        return;
      }
      const inner = connections[0] as unknown as { _protocol: { disconnect(reason: number): void } };
      inner._protocol.disconnect(14);
      connections[0]?.end();
    });
    await assert.rejects(connect(new ScriptedPrompts({ password: () => 'wrong' })), {
      code: 'auth-failed',
      message: /Tried: password \(1\)\. The host takes: password\.$/,
    });
  });

  it('shows a server’s banner in the log', async () => {
    server = await SshServer.start({ config: { banner: 'Authorized use only\n' } });
    await connect();
    assert.match(place.log.text, /says: Authorized use only/);
  });

  describe('with a key that has a passphrase', () => {
    it('asks only when the server takes the key, three times at most, and remembers it', async () => {
      const key = await encryptedKey('id_ed25519', '-t', 'ed25519');
      await serve(onlyKey(key));
      const prompts = new ScriptedPrompts({
        passphrase: ({ attempt, keyFile }) => {
          assert.equal(keyFile, place.home.in('.ssh', 'id_ed25519'));
          assert.deepEqual(server.tried, ['publickey?']);
          return attempt === 3 ? 'open sesame' : 'wrong';
        },
      });
      await connect(prompts);
      assert.deepEqual(prompts.asked, ['passphrase 1', 'passphrase 2', 'passphrase 3']);
      await connect();
      assert.doesNotMatch(place.log.text, /sesame/);
    });

    it('does not ask when the server would not take the key', async () => {
      await encryptedKey('id_ed25519', '-t', 'ed25519');
      await serve((context) => {
        context.reject(['publickey']);
      });
      await assert.rejects(connect(), { code: 'auth-failed' });
    });

    it('goes on without the key after three wrong ones, and after an empty one', async () => {
      const key = await encryptedKey('id_ed25519', '-t', 'ed25519');
      await serve((context) => {
        if (context.method === 'publickey' && usesKey(context, key)) context.accept();
        else if (context.method === 'password') context.accept();
        else context.reject(['publickey', 'password']);
      });
      const wrong = new ScriptedPrompts({ passphrase: () => 'wrong', password: () => 'right' });
      await connect(wrong);
      assert.deepEqual(wrong.asked, ['passphrase 1', 'passphrase 2', 'passphrase 3', 'password 1']);
      const empty = new ScriptedPrompts({ passphrase: () => '', password: () => 'right' });
      await connect(empty);
      assert.deepEqual(empty.asked, ['passphrase 1', 'password 1']);
    });

    it('asks once when several connections want it at the same time', async () => {
      const key = await encryptedKey('id_ed25519', '-t', 'ed25519');
      await serve(onlyKey(key));
      const prompts = new ScriptedPrompts({
        passphrase: async () => {
          while (server.tried.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
          return 'open sesame';
        },
      });
      await Promise.all([connect(prompts), connect(prompts)]);
      assert.deepEqual(prompts.asked, ['passphrase 1']);
    });

    it('reads the public part of an old PEM file from the file beside it', async () => {
      const key = await encryptedKey('id_rsa', '-t', 'rsa', '-b', '2048', '-m', 'PEM');
      await serve(onlyKey(key));
      const prompts = new ScriptedPrompts({ passphrase: () => 'open sesame' });
      await connect(prompts);
      assert.deepEqual(server.tried, ['publickey?', 'publickey']);
    });

    it('asks before it tries an old PEM file that is alone', async () => {
      const key = await encryptedKey('old', '-t', 'rsa', '-b', '2048', '-m', 'PEM');
      await place.home.write('id_rsa', await place.home.read('old'));
      await serve(onlyKey(key));
      const prompts = new ScriptedPrompts({
        passphrase: () => {
          assert.deepEqual(server.tried, []);
          return 'open sesame';
        },
      });
      await connect(prompts);
      assert.deepEqual(prompts.asked, ['passphrase 1']);
    });
  });

  describe('when a person cancels', () => {
    const refuseAll = (context: AuthContext): void => {
      context.reject(['publickey', 'keyboard-interactive', 'password']);
    };

    it('ends at the password', async () => {
      await serve(refuseAll);
      await assert.rejects(connect(new ScriptedPrompts({ password: () => undefined })), CancelledError);
    });

    it('ends at the passphrase', async () => {
      const key = await encryptedKey('id_ed25519', '-t', 'ed25519');
      await serve(onlyKey(key, ['publickey', 'password']));
      await assert.rejects(connect(new ScriptedPrompts({ passphrase: () => undefined })), CancelledError);
    });

    it('ends at keyboard-interactive', async () => {
      await serve((context) => {
        if (context.method === 'keyboard-interactive') context.prompt('Password: ', () => undefined);
        else refuseAll(context);
      });
      await assert.rejects(
        connect(new ScriptedPrompts({ keyboardInteractive: () => undefined })),
        CancelledError,
      );
    });
  });
});
