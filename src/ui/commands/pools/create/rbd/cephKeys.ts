import { readFile } from 'node:fs/promises';
import { Problem } from '../../../../../base/errors.ts';
import { t } from '../../../../../base/l10n.ts';
import { decodeCephKey } from '../../../../../operations/secrets/cephKey.ts';
import { keyOf, parseKeyring, wipeKeys } from '../../../../../operations/secrets/keyring.ts';
import type { Transport } from '../../../../../transport/transport.ts';

/** A keyring that cannot be read. */
class KeyringProblem extends Problem {
  readonly code = 'keyring-unreadable';
}

const maxBytes = 1024 * 1024;
const timeoutMs = 10_000;

/** Reads keys of Ceph users, each once; they are in memory until they are wiped. */
export class KeyReader {
  readonly #keys = new Map<string, Promise<Buffer>>();

  /** From a keyring on the host. */
  fromHost(transport: Transport, path: string, client: string): Promise<Buffer> {
    return this.#once(`host ${client} ${path}`, async () => {
      const options = { timeoutMs, maxOutputBytes: maxBytes };
      const { exitCode, stdout, stderr } = await transport.exec(['cat', path], options);
      if (exitCode !== 0)
        throw new KeyringProblem(t('{0} on {1} cannot be read.', path, transport.label), {
          raw: stderr,
          advice: t('Connect as a user who may, or paste the key.'),
        });
      return keyIn(stdout, client);
    });
  }

  /** From a keyring on this machine. */
  fromFile(path: string, client: string): Promise<Buffer> {
    return this.#once(`file ${client} ${path}`, async () => keyIn(await readFile(path), client));
  }

  /** A key as Ceph prints it. */
  fromText(text: string): Promise<Buffer> {
    return this.#once(`text ${text}`, () => Promise.resolve(decodeCephKey(text)));
  }

  async wipe(): Promise<void> {
    const keys = await Promise.allSettled(this.#keys.values());
    this.#keys.clear();
    for (const key of keys) if (key.status === 'fulfilled') key.value.fill(0);
  }

  #once(from: string, read: () => Promise<Buffer>): Promise<Buffer> {
    const known = this.#keys.get(from) ?? read();
    this.#keys.set(from, known);
    return known;
  }
}

function keyIn(keyring: Buffer, client: string): Buffer {
  const keys = parseKeyring(keyring.toString());
  keyring.fill(0);
  try {
    return Buffer.from(keyOf(keys, client));
  } finally {
    wipeKeys(keys);
  }
}
