import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { userInfo } from 'node:os';
import { ScriptedPrompts } from '../../unit/transport/support/scriptedPrompts.ts';
import { countTurns } from './countTurns.ts';
import { Reaching } from './reaching.ts';
import type { KeyType } from './sshd.ts';

describe('logging in to a real sshd', () => {
  let reaching: Reaching;

  beforeEach(async () => {
    reaching = await Reaching.create();
  });

  afterEach(() => reaching.end());

  for (const type of ['ed25519', 'ecdsa', 'rsa'] as const) {
    it(`knows a host by its ${type} key, whatever others it has`, async () => {
      const others = (['ed25519', 'ecdsa', 'rsa'] as const).filter((each) => each !== type);
      const sshd = await reaching.sshd([], [type, ...others]);
      assert.equal((await (await reaching.connect(sshd)).exec(['true'])).exitCode, 0);
    });
  }

  it('adds a key that ssh finds again', async () => {
    const sshd = await reaching.sshd();
    await reaching.home.write('known_hosts', '');
    await reaching.config('HashKnownHosts yes\n');
    const transport = await reaching.connect(sshd, new ScriptedPrompts({ confirmHostKey: () => true }));
    const { stdout, stderr } = await transport.exec([
      'ssh',
      ...['-F', '/dev/null', '-p', String(sshd.port), '-i', reaching.key('id_ed25519')],
      ...['-o', `UserKnownHostsFile=${reaching.home.in('.ssh', 'known_hosts')}`],
      ...[
        '-o',
        'BatchMode=yes',
        '-o',
        'StrictHostKeyChecking=yes',
        `${userInfo().username}@127.0.0.1`,
        'echo in',
      ],
    ]);
    assert.equal(stdout.toString(), 'in\n', stderr);
  });

  for (const type of ['ed25519', 'ecdsa', 'rsa'] as const satisfies readonly KeyType[]) {
    it(`takes a key of type ${type} from a file and from an agent`, async () => {
      const sshd = await reaching.sshd();
      const key = reaching.key(`mine_${type}`, type);
      await sshd.authorize(key);
      await reaching.config(`IdentityFile ${key}\n`);
      await reaching.connect(sshd);
      assert.match(reaching.log.text, new RegExp(`trying the key ${key} `));
      const agent = await reaching.agent();
      agent.add([key]);
      await reaching.config(`IdentityFile ${key}.pub\nIdentitiesOnly yes\n`);
      await reaching.connect(sshd);
      assert.match(reaching.log.text, /The ssh agent at .* offers 1 keys/);
    });
  }

  it('needs no passphrase for a key that an agent holds', async () => {
    const sshd = await reaching.sshd();
    const key = reaching.key('locked', 'ed25519', 'open sesame');
    await sshd.authorize(key);
    await reaching.config(`IdentityFile ${key}\n`);
    const asked = new ScriptedPrompts({ passphrase: () => '' });
    await assert.rejects(reaching.connect(sshd, asked), { code: 'auth-failed' });
    assert.deepEqual(asked.asked, ['passphrase 1']);
    (await reaching.agent()).add([key], 'open sesame');
    await reaching.connect(sshd);
  });

  it('goes on with key files when the agent is locked or gone', async () => {
    const sshd = await reaching.sshd();
    const agent = await reaching.agent();
    agent.add([reaching.key('other')]);
    agent.add(['-x'], 'agent password');
    await reaching.connect(sshd);
    await reaching.config(`IdentityAgent ${reaching.home.in('none.sock')}\n`);
    await reaching.connect(sshd);
    assert.match(reaching.log.text, /warn The ssh agent at .*none\.sock does not answer/);
  });

  it('goes on with key files when the agent hangs', async () => {
    const sshd = await reaching.sshd();
    const path = reaching.home.in('hung.sock');
    const sockets: Socket[] = [];
    const hung = createServer((socket) => {
      sockets.push(socket.resume());
    }).listen(path);
    await once(hung, 'listening');
    await reaching.config(`IdentityAgent ${path}\n`);
    await reaching.connect(sshd);
    assert.match(reaching.log.text, /warn The ssh agent at .*hung\.sock does not answer/);
    for (const socket of sockets) socket.destroy();
    hung.close();
  });

  it('gives two keys of an agent where two factors are wanted', async () => {
    const sshd = await reaching.sshd(['AuthenticationMethods publickey,publickey']);
    const agent = await reaching.agent();
    for (const name of ['first', 'second']) {
      const key = reaching.key(name);
      await sshd.authorize(key);
      agent.add([key]);
    }
    await reaching.config('IdentityFile none\n');
    await reaching.connect(sshd);
    assert.match(reaching.log.text, /accepted, but more is asked for: publickey/);
  });

  it('tells what more is wanted when a key is not enough', async () => {
    const sshd = await reaching.sshd([
      'PasswordAuthentication yes',
      'AuthenticationMethods publickey,password',
    ]);
    const prompts = new ScriptedPrompts({ password: () => 'certainly wrong' });
    await assert.rejects(reaching.connect(sshd, prompts), {
      code: 'auth-failed',
      message: /Tried: publickey \(1\), password \(3\)\. The host takes: password\.$/,
    });
    assert.deepEqual(prompts.asked, ['password 1', 'password 2', 'password 3']);
  });

  it('speaks six times: greeting, algorithms, key exchange, service, key, signature', async () => {
    const sshd = await reaching.sshd();
    const proxy = await countTurns(sshd.port);
    await reaching.home.write(
      'known_hosts',
      (await sshd.knownHosts()).replace(String(sshd.port), String(proxy.port)),
    );
    await reaching.connect(proxy);
    assert.ok(proxy.turns() <= 6, `${proxy.turns()} times`);
    proxy.close();
  });
});
