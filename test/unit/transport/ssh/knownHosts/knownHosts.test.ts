import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { fingerprintOf, keyTypeOf } from '../../../../../src/transport/ssh/knownHosts/hostKey.ts';
import {
  entriesFor,
  judgeHostKey,
  knownHostsName,
  parseKnownHosts,
  readKnownHosts,
  type KnownHostsEntry,
} from '../../../../../src/transport/ssh/knownHosts/knownHosts.ts';
import { TemporaryHome } from '../../support/temporaryHome.ts';
import { makeKeyPair } from '../../support/keys.ts';

const mine = makeKeyPair().public;
const other = makeKeyPair().public;
const ecdsa = makeKeyPair('ecdsa', 256).public;

function blob(publicKey: string): Buffer {
  return Buffer.from(publicKey.split(' ')[1] ?? '', 'base64');
}

describe('known hosts', () => {
  describe('which lines are about a host', () => {
    const cases: readonly (readonly [hosts: string, name: string, matches: boolean])[] = [
      ['kvm1', 'kvm1', true],
      ['KVM1', 'kvm1', true],
      ['kvm1,10.0.0.1', '10.0.0.1', true],
      ['kvm1', '[kvm1]:2222', false],
      ['[kvm1]:2222', '[kvm1]:2222', true],
      ['[kvm1]:2222', 'kvm1', false],
      ['[kvm1]:22', 'kvm1', false],
      ['[*.lab]:*', '[kvm1.lab]:2222', true],
      ['*.lab', 'kvm1.lab', true],
      ['kvm?', 'kvm1', true],
      ['*.lab,!db.lab', 'db.lab', false],
      ['!db.lab,*.lab', 'kvm.lab', true],
      ['fe80::1', 'fe80::1', true],
      ['|1|not base64|nothing', 'kvm1', false],
      ['|2|AAAA|AAAA', 'kvm1', false],
    ];
    for (const [hosts, name, matches] of cases) {
      it(`${hosts} ${matches ? 'is' : 'is not'} ${name}`, () => {
        assert.equal(entriesFor(parse(`${hosts} ${mine}\n`), name).length, matches ? 1 : 0);
      });
    }

    it('finds names that ssh-keygen has hashed', async () => {
      const home = await TemporaryHome.create();
      try {
        const file = await home.write('known_hosts', `kvm1,10.0.0.1 ${mine}\n[kvm2]:2222 ${mine}\n`);
        execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' });
        const entries = await readKnownHosts([file, home.in('missing')], notIgnored);
        assert.ok(entries.every(({ hosts }) => hosts.startsWith('|1|')));
        for (const name of ['kvm1', '10.0.0.1', '[kvm2]:2222']) {
          assert.equal(judgeHostKey(entriesFor(entries, name), blob(mine)).kind, 'ok', name);
        }
        assert.equal(entriesFor(entries, 'kvm2').length, 0);
      } finally {
        await home.remove();
      }
    });
  });

  describe('what they say about a key', () => {
    it('knows a key, also beside old ones and those of other types', () => {
      const entries = parse(`kvm1 ${other}\nkvm1 ${ecdsa}\nkvm1 ${mine}\n`);
      assert.deepEqual(judgeHostKey(entries, blob(mine)), { kind: 'ok' });
    });

    it('does not know a key when only other types are known', () => {
      assert.deepEqual(judgeHostKey(parse(`kvm1 ${ecdsa}\n`), blob(mine)), {
        kind: 'unknown',
        otherTypes: ['ecdsa-sha2-nistp256'],
      });
      assert.deepEqual(judgeHostKey([], blob(mine)), { kind: 'unknown', otherTypes: [] });
    });

    it('says which line holds another key of the type', () => {
      const verdict = judgeHostKey(parse(`# hosts\n\nkvm1 ${ecdsa}\nkvm1 ${other}\n`), blob(mine));
      assert.ok(verdict.kind === 'changed');
      assert.equal(verdict.entry.line, 4);
      assert.equal(verdict.entry.file, 'known_hosts');
    });

    it('refuses a revoked key even where it is listed as good', () => {
      const verdict = judgeHostKey(parse(`kvm1 ${mine}\n@revoked * ${mine}\n`), blob(mine));
      assert.ok(verdict.kind === 'revoked');
      assert.equal(verdict.entry.line, 2);
    });

    it('takes the key of an authority for no key of the host', () => {
      const entries = parse(`@cert-authority kvm1 ${mine}\n`);
      assert.deepEqual(judgeHostKey(entries, blob(mine)), { kind: 'unknown', otherTypes: [] });
      assert.equal(entries[0]?.marker, '@cert-authority');
    });
  });

  it('leaves out lines that make no sense, and says which', () => {
    const ignored: number[] = [];
    const text = [
      'kvm1',
      'kvm1 ssh-ed25519',
      'kvm1 ssh-ed25519 AAAA',
      `kvm1 ssh-rsa ${mine.split(' ')[1] ?? ''}`,
      'kvm1 1024 35 1234567890',
      `@strange kvm1 ${mine}`,
      `kvm1\t${mine}  root@kvm1 \r`,
    ].join('\n');
    const entries = parseKnownHosts(text, 'known_hosts', (_file, line) => ignored.push(line));
    assert.deepEqual(ignored, [1, 2, 3, 4, 5, 6]);
    assert.deepEqual(
      entries.map(({ line }) => line),
      [7],
    );
  });

  it('names a host with its port as OpenSSH does', () => {
    assert.equal(knownHostsName('KVM1', 22), 'kvm1');
    assert.equal(knownHostsName('fe80::1', 2222), '[fe80::1]:2222');
  });

  it('shows fingerprints as ssh-keygen does', () => {
    const shown = execFileSync('ssh-keygen', ['-l', '-f', '-'], { input: mine, encoding: 'utf8' });
    assert.equal(shown.split(' ')[1], fingerprintOf(blob(mine)));
    assert.equal(keyTypeOf(blob(mine)), 'ssh-ed25519');
    assert.equal(keyTypeOf(Buffer.alloc(3)), '');
    assert.equal(keyTypeOf(Buffer.from([0, 0, 0, 60, 1])), '');
  });
});

function parse(text: string): KnownHostsEntry[] {
  return parseKnownHosts(text, 'known_hosts', (_file, line) => {
    assert.ok(text.split('\n')[line - 1]?.startsWith('|'), `ignored line ${line}`);
  });
}

function notIgnored(file: string, line: number): void {
  assert.fail(`ignored ${file}:${line}`);
}
