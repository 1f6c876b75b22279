import { t } from '../../base/l10n.ts';
import { Problem } from '../../base/errors.ts';

/** A text that should hold a Ceph key and does not. The message never holds the text. */
export class CephKeyProblem extends Problem {
  readonly code: 'not-base64' | 'not-a-key' | 'no-key' | 'no-such-client' | 'encoded-twice';

  constructor(code: CephKeyProblem['code'], message: string, advice?: string) {
    super(message, { advice });
    this.code = code;
  }
}

/** AES, and since Ceph 20 AES-256 of Kerberos; CryptoKey of src/auth/Crypto.h. */
const keyTypes = [1, 2];
/** Type, seconds and nanoseconds of its making, length. */
const headerBytes = 12;

/**
 * The bytes of a key as Ceph writes it, which are the value of its libvirt secret.
 * Throws a {@link CephKeyProblem} that says what is wrong with it.
 */
export function decodeCephKey(base64: string): Buffer {
  const text = base64.trim();
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) {
    throw new CephKeyProblem(
      'not-base64',
      t('This is not a Ceph key: it is not base64, or a part of it is missing.'),
      keyAdvice(),
    );
  }
  const bytes = Buffer.from(text, 'base64');
  if (isCephKey(bytes)) return bytes;
  const isTwice = isCephKeyText(bytes);
  bytes.fill(0);
  throw isTwice
    ? new CephKeyProblem(
        'encoded-twice',
        t('This key was encoded in base64 twice.'),
        t('Take the key as Ceph prints it, without encoding it again.'),
      )
    : new CephKeyProblem(
        'not-a-key',
        t('This is not a Ceph key: its base64 holds something else, or a part of it is missing.'),
        keyAdvice(),
      );
}

/** Whether these are the bytes of a Ceph key. */
export function isCephKey(bytes: Buffer): boolean {
  if (bytes.length <= headerBytes) return false;
  return (
    keyTypes.includes(bytes.readUInt16LE(0)) &&
    bytes.readUInt16LE(headerBytes - 2) === bytes.length - headerBytes
  );
}

/** Whether these bytes are the base64 text of a key: a usual mistake where its bytes should be. */
export function isCephKeyText(bytes: Buffer): boolean {
  const text = bytes.toString('latin1').trim();
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return false;
  const inner = Buffer.from(text, 'base64');
  const isKey = isCephKey(inner);
  inner.fill(0);
  return isKey;
}

function keyAdvice(): string {
  return t('A key has about 40 characters and ends with “==”; “ceph auth get-key client.NAME” prints it.');
}
