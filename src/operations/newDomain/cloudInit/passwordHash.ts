import { createHash, randomBytes } from 'node:crypto';

const rounds = 5000;
const digestBytes = 64;
const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A password as /etc/shadow keeps it, `$6$salt$hash`: crypt(5)'s sha512crypt with its 5,000 rounds. */
export function hashPassword(password: string, salt = freshSalt()): string {
  const key = Buffer.from(password);
  const saltBytes = Buffer.from(salt);
  let digest = firstDigest(key, saltBytes);
  const p = repeated(sha512(...Array.from({ length: key.length }, () => key)), key.length);
  const saltCount = 16 + (digest[0] ?? 0);
  const s = repeated(sha512(...Array.from({ length: saltCount }, () => saltBytes)), saltBytes.length);
  for (let round = 0; round < rounds; round += 1) {
    const isOdd = round % 2 === 1;
    digest = sha512(
      isOdd ? p : digest,
      ...(round % 3 === 0 ? [] : [s]),
      ...(round % 7 === 0 ? [] : [p]),
      isOdd ? digest : p,
    );
  }
  return `$6$${salt}$${encoded(digest)}`;
}

function freshSalt(): string {
  return [...randomBytes(16)].map((byte) => alphabet[byte % 64] ?? '').join('');
}

function firstDigest(key: Buffer, salt: Buffer): Buffer {
  const alternate = sha512(key, salt, key);
  const parts = [key, salt, repeated(alternate, key.length)];
  for (let bits = key.length; bits > 0; bits >>= 1) parts.push(bits % 2 === 1 ? alternate : key);
  return sha512(...parts);
}

function sha512(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha512');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** The first bytes of the digest written over and over. */
function repeated(digest: Buffer, length: number): Buffer {
  return Buffer.concat(Array.from({ length: Math.ceil(length / digestBytes) }, () => digest)).subarray(
    0,
    length,
  );
}

/** crypt's own base 64: three bytes 21 apart make four characters, the lowest bits first. */
function encoded(digest: Buffer): string {
  const byte = (index: number): number => digest[index] ?? 0;
  const groups = Array.from({ length: 21 }, (_none, group) => {
    const order = [group, group + 21, group + 42];
    const turn = group % 3;
    const [a = 0, b = 0, c = 0] = [...order.slice(turn), ...order.slice(0, turn)];
    return characters((byte(a) << 16) | (byte(b) << 8) | byte(c), 4);
  });
  return groups.join('') + characters(byte(63), 2);
}

function characters(value: number, count: number): string {
  return Array.from({ length: count }, (_none, index) => alphabet[(value >> (6 * index)) & 63]).join('');
}
