import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { CephKeyProblem, decodeCephKey } from '../../../../src/operations/secrets/cephKey.ts';
import { keyOf, parseKeyring, wipeKeys } from '../../../../src/operations/secrets/keyring.ts';

/** A key as Ceph makes it: type, time, length, 16 random bytes. */
function newKey(type = 1, length = 16): { readonly bytes: Buffer; readonly text: string } {
  const header = Buffer.alloc(12);
  header.writeUInt16LE(type, 0);
  header.writeUInt32LE(1_700_000_000, 2);
  header.writeUInt16LE(length, 10);
  const bytes = Buffer.concat([header, randomBytes(length)]);
  return { bytes, text: bytes.toString('base64') };
}

/** The problem that `text` has; fails when its words hold the text. */
function problemOf(text: string, read: (text: string) => unknown = parseKeyring): CephKeyProblem {
  try {
    read(text);
  } catch (error) {
    assert.ok(error instanceof CephKeyProblem);
    const words = [error.message, error.advice ?? '', error.stack ?? ''].join('\n');
    for (const part of text.split(/\s+/)) {
      if (/^[A-Za-z0-9+/=]{12,}$/.test(part)) assert.ok(!words.includes(part), `${words} holds ${part}`);
    }
    return error;
  }
  return assert.fail('nothing is wrong with it');
}

describe('the key of a Ceph user', () => {
  const { bytes, text } = newKey();

  it('is its base64 decoded', () => {
    assert.deepEqual(decodeCephKey(` ${text}\n`), bytes);
    const longer = newKey(2, 32);
    assert.deepEqual(decodeCephKey(longer.text), longer.bytes);
  });

  it('that is no base64, cut off, something else or encoded twice is told apart', () => {
    const decode = (wrong: string): string => problemOf(wrong, decodeCephKey).code;
    assert.equal(decode('my password!'), 'not-base64');
    assert.equal(decode(text.slice(0, -3)), 'not-base64');
    assert.equal(decode(text.slice(4)), 'not-a-key');
    assert.equal(decode(text.slice(0, -8)), 'not-a-key');
    assert.equal(decode(newKey(9).text), 'not-a-key');
    assert.equal(decode(Buffer.from('hello world!').toString('base64')), 'not-a-key');
    assert.equal(decode(Buffer.from(`${text}\n`).toString('base64')), 'encoded-twice');
    assert.equal(decode(''), 'not-base64');
  });
});

describe('a keyring', () => {
  const [first, second] = [newKey(), newKey()];

  it('has the key of each user, whatever stands around', () => {
    const keyring = `\ufeff# made by hand\r\n[client.admin]\r\n\tkey = ${first.text}\r\n\tcaps mon = "allow *"\r\n
[client.libvirt]
key=${second.text} ; comment
`;
    assert.deepEqual(parseKeyring(keyring), [
      { entity: 'client.admin', key: first.bytes },
      { entity: 'client.libvirt', key: second.bytes },
    ]);
  });

  it('may be nothing but a key, or what Ceph prints as JSON', () => {
    assert.deepEqual(parseKeyring(`${first.text}\n`), [{ entity: undefined, key: first.bytes }]);
    assert.deepEqual(parseKeyring(`key = ${first.text}`), [{ entity: undefined, key: first.bytes }]);
    assert.deepEqual(
      parseKeyring(`\n[{"entity":"client.x","key":"${first.text}","caps":{"mon":"allow r"}}]\n`),
      [{ entity: 'client.x', key: first.bytes }],
    );
    assert.deepEqual(parseKeyring(`{"key":"${first.text}"}`), [{ entity: undefined, key: first.bytes }]);
  });

  it('gives the key of the user that is asked for', () => {
    const keys = parseKeyring(`[client.a]\nkey=${first.text}\n[client.b]\nkey=${second.text}\n`);
    assert.deepEqual(keyOf(keys, 'b'), second.bytes);
    assert.deepEqual(keyOf(keys, 'client.a'), first.bytes);
    assert.throws(() => keyOf(keys, 'libvirt'), { code: 'no-such-client', message: /client\.a, client\.b/ });
    assert.deepEqual(keyOf(parseKeyring(first.text), 'libvirt'), first.bytes);
  });

  it('that is none says why, and never what it holds', () => {
    assert.match(problemOf(' \n').message, /empty/);
    assert.match(
      problemOf('-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE=\n').message,
      /private key/,
    );
    const conf = problemOf('[global]\nfsid = 1\nkeyring = /etc/ceph/my.keyring\n');
    assert.match(conf.advice ?? '', /\/etc\/ceph\/my\.keyring/);
    assert.match(problemOf(`[client.x]\nkey = ${first.text.slice(4)}\n`).message, /^client\.x: /);
    assert.equal(problemOf('[client.x]\n\tkey =\n').code, 'not-base64');
    assert.equal(problemOf('correct horse battery staple').code, 'not-base64');
    assert.equal(problemOf('[{"key": 1}]').code, 'not-base64');
  });

  it('leaves nothing in memory when its keys are wiped', () => {
    const keys = parseKeyring(first.text);
    wipeKeys(keys);
    assert.ok(keys[0]!.key.every((byte) => byte === 0));
  });
});
