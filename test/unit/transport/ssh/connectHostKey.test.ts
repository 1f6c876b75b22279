import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { CancelledError } from '../../../../src/base/errors.ts';
import type { HostKeyQuestion } from '../../../../src/transport/ssh/sshPrompts.ts';
import { connectTo, type Place } from '../support/connecting.ts';
import { RecordingLog } from '../support/recordingLog.ts';
import { ScriptedPrompts } from '../support/scriptedPrompts.ts';
import { hostKey, otherHostKey, SshServer } from '../support/sshServer.ts';
import { TemporaryHome } from '../support/temporaryHome.ts';
import { makeKeyPair } from '../support/keys.ts';

describe('connectSsh and the host key', () => {
  let place: Place;
  let server: SshServer;

  beforeEach(async () => {
    place = { home: await TemporaryHome.create(), log: new RecordingLog() };
    server = await SshServer.start();
  });

  afterEach(async () => {
    await server.stop();
    await place.home.remove();
  });

  const connect = async (prompts = new ScriptedPrompts()): Promise<void> => {
    (await connectTo(server.port, place, prompts)).dispose();
  };

  it('asks about an unknown key, remembers it, and does not ask again', async () => {
    const questions: HostKeyQuestion[] = [];
    const prompts = new ScriptedPrompts({
      confirmHostKey: (question) => {
        questions.push(question);
        return true;
      },
    });
    await connect(prompts);
    assert.deepEqual(questions, [
      {
        host: `tester@127.0.0.1:${server.port}`,
        knownHostsName: `[127.0.0.1]:${server.port}`,
        keyType: 'ssh-ed25519',
        fingerprint: questions[0]?.fingerprint,
        otherKnownTypes: [],
        file: place.home.in('.ssh', 'known_hosts'),
      },
    ]);
    assert.match(questions[0]?.fingerprint ?? '', /^SHA256:[A-Za-z0-9+/]{43}$/);
    assert.ok(place.log.text.includes(questions[0]?.fingerprint ?? '?'));
    assert.equal(await place.home.read('known_hosts'), server.knownHosts());
    assert.equal((await stat(place.home.in('.ssh', 'known_hosts'))).mode & 0o777, 0o600);
    await connect();
  });

  for (const answer of [false, undefined]) {
    it(`neither connects nor remembers the key after the answer ${String(answer)}`, async () => {
      const prompts = new ScriptedPrompts({ confirmHostKey: () => answer });
      await assert.rejects(connect(prompts), CancelledError);
      await assert.rejects(place.home.read('known_hosts'), { code: 'ENOENT' });
      assert.deepEqual(server.tried, []);
    });
  }

  it('refuses an unknown key without asking when StrictHostKeyChecking is yes', async () => {
    await place.home.write('config', 'StrictHostKeyChecking yes\n');
    await assert.rejects(connect(), {
      code: 'host-key-unknown',
      message: /host key of tester@127\.0\.0\.1:\d+ is not known/,
    });
    assert.deepEqual(server.tried, []);
  });

  it('adds an unknown key without asking when it is accept-new, hashed if that is wanted', async () => {
    await place.home.write('config', 'StrictHostKeyChecking accept-new\nHashKnownHosts yes\n');
    await connect();
    assert.match(await place.home.read('known_hosts'), /^\|1\|[^ ]+ ssh-ed25519 /);
    await place.home.write('config', 'StrictHostKeyChecking yes\n');
    await connect();
  });

  it('refuses a changed key, says where the old one is, and changes nothing', async () => {
    const before = `# mine\n${server.knownHosts(otherHostKey.public)}`;
    const file = await place.home.write('known_hosts', before);
    await place.home.write('config', 'StrictHostKeyChecking accept-new\n');
    await assert.rejects(connect(), (error: Error & { code?: string; advice?: string }) => {
      assert.equal(error.code, 'host-key-changed');
      assert.ok(error.message.includes(`${file}:2 `), error.message);
      assert.ok(
        error.advice?.includes(`ssh-keygen -f ${file} -R '[127.0.0.1]:${server.port}'`),
        error.advice,
      );
      return true;
    });
    assert.equal(await place.home.read('known_hosts'), before);
    assert.deepEqual(server.tried, [], 'nothing is sent to a host that may be another');
  });

  it('refuses a revoked key', async () => {
    await place.home.write('known_hosts', `${server.knownHosts()}@revoked * ${hostKey.public}\n`);
    await assert.rejects(connect(), { code: 'host-key-revoked', message: /known_hosts:2\.$/ });
    assert.deepEqual(server.tried, []);
  });

  it('looks at the system’s file too, and takes a key known without the port', async () => {
    await place.home.write('../etc/ssh_known_hosts', `127.0.0.1 ${hostKey.public}\n`);
    await connect();
  });

  it('uses HostKeyAlias in place of the address', async () => {
    await place.home.write('known_hosts', `kvm1 ${hostKey.public}\n127.0.0.1 ${otherHostKey.public}\n`);
    await place.home.write('config', 'HostKeyAlias kvm1\n');
    await connect();
  });

  it('says that lines of certificate authorities are left out, and asks', async () => {
    await place.home.write('known_hosts', `@cert-authority * ${otherHostKey.public}\n`);
    const prompts = new ScriptedPrompts({ confirmHostKey: () => true });
    await connect(prompts);
    assert.deepEqual(prompts.asked, ['confirmHostKey']);
    assert.match(place.log.text, /warn .*known_hosts:1: certificates of hosts are not supported/);
  });

  it('does not go on when known keys cannot be read', async () => {
    await place.home.write('known_hosts/file', '');
    await assert.rejects(connect(), { code: 'bad-config', message: /known_hosts cannot be read/ });
  });

  it('goes on, and says so, when the key cannot be remembered', async () => {
    await place.home.write('config', 'UserKnownHostsFile /proc/none/known_hosts\n');
    await connect(new ScriptedPrompts({ confirmHostKey: () => true }));
    assert.match(place.log.text, /warn .*the host key could not be added to \/proc\/none\/known_hosts/);
  });

  describe('of a host with keys of several types', () => {
    const rsa = makeKeyPair('rsa', 2048);
    let both: SshServer;

    beforeEach(async () => {
      both = await SshServer.start({ config: { hostKeys: [hostKey.private, rsa.private] } });
    });

    afterEach(() => both.stop());

    it('has it show the one that is known', async () => {
      for (const known of [rsa.public, hostKey.public]) {
        await place.home.write('known_hosts', both.knownHosts(known));
        (await connectTo(both.port, place)).dispose();
      }
    });

    it('mentions the other types when it has the known one no more', async () => {
      await place.home.write('known_hosts', server.knownHosts(rsa.public));
      let otherTypes: readonly string[] = [];
      await connect(
        new ScriptedPrompts({
          confirmHostKey: ({ otherKnownTypes }) => {
            otherTypes = otherKnownTypes;
            return true;
          },
        }),
      );
      assert.deepEqual(otherTypes, ['ssh-rsa']);
    });
  });
});
