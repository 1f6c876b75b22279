import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, readFile, stat } from 'node:fs/promises';
import { addHostKey } from '../../../../../src/transport/ssh/knownHosts/addHostKey.ts';
import { TemporaryHome } from '../../support/temporaryHome.ts';
import { makeKeyPair } from '../../support/keys.ts';

const publicKey = makeKeyPair().public;
const key = Buffer.from(publicKey.split(' ')[1] ?? '', 'base64');

describe('addHostKey', () => {
  let home: TemporaryHome;

  beforeEach(async () => {
    home = await TemporaryHome.create();
  });

  afterEach(() => home.remove());

  it('makes the file and its folder for the owner only', async () => {
    const file = home.in('new', 'known_hosts');
    await addHostKey(file, '[kvm1]:2222', key, false);
    assert.equal(await readFile(file, 'utf8'), `[kvm1]:2222 ${publicKey}\n`);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.equal((await stat(home.in('new'))).mode & 0o777, 0o700);
  });

  it('adds a line to what is there, finished or not, and keeps the mode', async () => {
    const file = await home.write('known_hosts', 'kvm0 ssh-ed25519 AAAA');
    await chmod(file, 0o644);
    await addHostKey(file, 'kvm1', key, false);
    await addHostKey(file, 'kvm2', key, false);
    assert.equal(
      await home.read('known_hosts'),
      `kvm0 ssh-ed25519 AAAA\nkvm1 ${publicKey}\nkvm2 ${publicKey}\n`,
    );
    assert.equal((await stat(file)).mode & 0o777, 0o644);
  });

  it('loses none of many that are added at the same time', async () => {
    const file = home.in('.ssh', 'known_hosts');
    const names = Array.from({ length: 20 }, (_, index) => `kvm${index}`);
    await Promise.all(names.map((name) => addHostKey(file, name, key, false)));
    const lines = (await home.read('known_hosts')).trimEnd().split('\n');
    assert.deepEqual(lines.map((line) => line.split(' ')[0]).sort(), names.sort());
  });

  it('hashes a name so that ssh-keygen finds it', async () => {
    const file = home.in('.ssh', 'known_hosts');
    await addHostKey(file, '[kvm1]:2222', key, true);
    assert.doesNotMatch(await home.read('known_hosts'), /kvm1/);
    const found = execFileSync('ssh-keygen', ['-F', '[kvm1]:2222', '-f', file], { encoding: 'utf8' });
    assert.match(found, /found: line 1/);
  });
});
