import { readFile } from 'node:fs/promises';
import { readCephOfHost } from '../../../operations/pools/rbd/cephOfHost.ts';
import { decodeCephKey } from '../../../operations/secrets/cephKey.ts';
import { keyringOnHost } from '../../../operations/secrets/keyringOnHost.ts';
import { parseKeyring, wipeKeys, type CephKey } from '../../../operations/secrets/keyring.ts';
import type { Transport } from '../../../transport/transport.ts';

/** Reads values for secrets of one host, each once; they are in memory until they are wiped. */
export class ValueReader {
  readonly #keyrings = new Map<string, Promise<readonly CephKey[]>>();
  readonly #values = new Map<string, Promise<Buffer>>();
  #listing: Promise<ReadonlyMap<string, string>> | undefined;

  /** The keyrings in /etc/ceph of the host, by Ceph user; none where that cannot be seen. */
  keyringsOf(transport: Transport): Promise<ReadonlyMap<string, string>> {
    this.#listing ??= readCephOfHost(transport).then(
      ({ keyrings }) => keyrings,
      () => new Map<string, string>(),
    );
    return this.#listing;
  }

  keyringOnHost(transport: Transport, path: string): Promise<readonly CephKey[]> {
    return once(this.#keyrings, `host ${path}`, async () => keysIn(await keyringOnHost(transport, path)));
  }

  keyringFile(path: string): Promise<readonly CephKey[]> {
    return once(this.#keyrings, `file ${path}`, async () => keysIn(await readFile(path)));
  }

  /** A key as Ceph prints it. */
  cephKey(text: string): Promise<Buffer> {
    return once(this.#values, `key ${text}`, () => Promise.resolve(decodeCephKey(text)));
  }

  text(text: string): Promise<Buffer> {
    return once(this.#values, `text ${text}`, () => Promise.resolve(Buffer.from(text)));
  }

  /** What is in the file, without the line end that editors add. */
  file(path: string): Promise<Buffer> {
    return once(this.#values, `file ${path}`, async () => {
      const content = await readFile(path);
      const end = /\r?\n$/.exec(content.subarray(-2).toString('latin1'))?.[0].length ?? 0;
      const value = Buffer.from(content.subarray(0, content.length - end));
      content.fill(0);
      return value;
    });
  }

  async wipe(): Promise<void> {
    for (const keys of await Promise.allSettled(this.#keyrings.values()))
      if (keys.status === 'fulfilled') wipeKeys(keys.value);
    for (const value of await Promise.allSettled(this.#values.values()))
      if (value.status === 'fulfilled') value.value.fill(0);
    this.#keyrings.clear();
    this.#values.clear();
  }
}

function once<T>(known: Map<string, Promise<T>>, from: string, read: () => Promise<T>): Promise<T> {
  const reading = known.get(from) ?? read();
  known.set(from, reading);
  return reading;
}

function keysIn(keyring: Buffer): readonly CephKey[] {
  try {
    return parseKeyring(keyring.toString());
  } finally {
    keyring.fill(0);
  }
}
