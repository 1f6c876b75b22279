import { readFile } from 'node:fs/promises';
import type { ParsedKey } from 'ssh2';
import { messageOf } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { Log } from '../../../base/log.ts';
import type { Identity, SignatureHash } from './identity.ts';

type ParseKey = (data: Buffer, passphrase?: string) => ParsedKey | Error;
/** Asks for the passphrase of a key file; '' means to go on without the key. */
export type AskPassphrase = (keyFile: string, attempt: number) => Promise<string>;

export interface KeyFileContext {
  readonly parseKey: ParseKey;
  readonly askPassphrase: AskPassphrase;
  /** Wraps a wait for a person. */
  readonly waitForPerson: <T>(work: Promise<T>) => Promise<T>;
  readonly log: Log;
}

const maxPassphraseAttempts = 3;

/** Keys whose passphrase was given, for as long as this process lives, and the content of the files they came from. */
const unlockedKeys = new Map<string, { readonly content: Buffer; readonly key: ParsedKey }>();

/** The last one to wait for the passphrase of a key file: hosts connected to at once do not all ask for it. */
const turns = new Map<string, Promise<void>>();

/** A key file as it was found: it need not hold a private key, nor one that can be read without a passphrase. */
export interface KeyFile {
  readonly path: string;
  /** The public key, where it can be read without a passphrase. */
  readonly publicKey: ParsedKey | undefined;
  /** undefined when the file holds only a public key. */
  readonly identity: Identity | undefined;
}

/** Reads a key file and, beside it, PATH.pub. undefined when there is none that can be used; the log says why. */
export async function readKeyFile(path: string, context: KeyFileContext): Promise<KeyFile | undefined> {
  const content = await readIfExists(path, context.log);
  if (!content) {
    const publicKey = await readPublicKey(path, context);
    return publicKey && { path, publicKey, identity: undefined };
  }
  const key = remembered(path, content) ?? context.parseKey(content);
  if (!(key instanceof Error)) {
    const identity = key.isPrivateKey() ? openIdentity(path, key) : undefined;
    return { path, publicKey: key, identity };
  }
  if (!/encrypted/i.test(key.message)) {
    context.log.warn(t('The key {0} cannot be used: {1}', path, key.message));
    return undefined;
  }
  const embedded = context.parseKey(embeddedPublicKey(content) ?? Buffer.alloc(0));
  const publicKey = embedded instanceof Error ? await readPublicKey(path, context) : embedded;
  return { path, publicKey, identity: lockedIdentity(path, content, publicKey, context) };
}

function openIdentity(path: string, key: ParsedKey): Identity {
  return {
    name: path,
    publicKey: () => Promise.resolve(key),
    sign: (data, hash) => signWith(key, data, hash),
  };
}

/** The passphrase is asked for when the host has said that it would take the key, if its public part is known. */
function lockedIdentity(
  path: string,
  content: Buffer,
  publicKey: ParsedKey | undefined,
  context: KeyFileContext,
): Identity {
  let unlocking: Promise<ParsedKey> | undefined;
  const unlocked = (): Promise<ParsedKey> => (unlocking ??= unlock(path, content, context));
  return {
    name: path,
    publicKey: async () => {
      if (publicKey) return publicKey;
      try {
        return await unlocked();
      } catch (error) {
        if (!(error instanceof KeyLockedError)) throw error;
        context.log.warn(error.message);
        return undefined;
      }
    },
    sign: async (data, hash) => signWith(await unlocked(), data, hash),
  };
}

/** The passphrase was not given, or not the right one. */
class KeyLockedError extends Error {}

function remembered(path: string, content: Buffer): ParsedKey | undefined {
  const known = unlockedKeys.get(path);
  return known?.content.equals(content) ? known.key : undefined;
}

function unlock(path: string, content: Buffer, context: KeyFileContext): Promise<ParsedKey> {
  const before = turns.get(path) ?? Promise.resolve();
  const unlocking = before.then(() => remembered(path, content) ?? askAndUnlock(path, content, context));
  const settled = unlocking.then(
    () => undefined,
    () => undefined,
  );
  turns.set(path, settled);
  return context.waitForPerson(unlocking);
}

async function askAndUnlock(path: string, content: Buffer, context: KeyFileContext): Promise<ParsedKey> {
  for (let attempt = 1; attempt <= maxPassphraseAttempts; attempt++) {
    const passphrase = await context.askPassphrase(path, attempt);
    if (passphrase === '') break;
    const key = context.parseKey(content, passphrase);
    if (!(key instanceof Error)) {
      unlockedKeys.set(path, { content, key });
      return key;
    }
    context.log.info(t('The key {0} did not open: {1}', path, key.message));
  }
  throw new KeyLockedError(t('The key {0} is left out: it was not opened.', path));
}

function signWith(key: ParsedKey, data: Buffer, hash: SignatureHash): Promise<Buffer> {
  const signature: Buffer | Error = key.sign(data, hash);
  return signature instanceof Error ? Promise.reject(signature) : Promise.resolve(signature);
}

/** Reads PATH.pub. */
async function readPublicKey(
  path: string,
  { parseKey, log }: KeyFileContext,
): Promise<ParsedKey | undefined> {
  const content = await readIfExists(`${path}.pub`, log);
  const key = content && parseKey(content);
  return key instanceof Error ? undefined : key;
}

/** The public key that OpenSSH's format of private keys (PROTOCOL.key) keeps outside of the encrypted part. */
function embeddedPublicKey(content: Buffer): Buffer | undefined {
  const armour = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]+)-----END OPENSSH PRIVATE KEY-----/;
  const data = Buffer.from(armour.exec(content.toString('latin1'))?.[1] ?? '', 'base64');
  let at = 'openssh-key-v1\0'.length;
  const string = (): Buffer => {
    const start = at + 4;
    at = start + data.readUInt32BE(at);
    return data.subarray(start, at);
  };
  try {
    string(); // cipher
    string(); // key derivation
    string(); // its options
    at += 4; // number of keys
    return string();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

async function readIfExists(path: string, log: Log): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      log.warn(t('The key {0} cannot be read: {1}', path, messageOf(error)));
    }
    return undefined;
  }
}
