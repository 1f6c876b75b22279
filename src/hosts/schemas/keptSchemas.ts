import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { Log } from '../../base/log.ts';
import { PackedSchemas } from '../../xml/schemas/packedSchemas.ts';

/** What is in a file: the texts deflated, in Base64, by their names. */
interface KeptFile {
  readonly format: 1;
  readonly version: string;
  readonly hostName: string;
  /** Of {@link PackedSchemas}: a file that was damaged has another. */
  readonly digest: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Schemas of hosts that outlive the window: one file a version of libvirt, `9.0.0.json`, of some 80 kB. */
export class KeptSchemas {
  readonly #folder: string;
  readonly #log: Log;

  /** @param folder made when it is first needed */
  constructor(folder: string, log: Log) {
    this.#folder = folder;
    this.#log = log;
  }

  /** All of them; what cannot be read is removed, so that it is fetched again. */
  async all(): Promise<readonly PackedSchemas[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const sets = await Promise.all(
      names.filter((name) => /^\d+\.\d+\.\d+\.json$/.test(name)).map((name) => this.#open(name)),
    );
    return sets.filter((set) => set !== undefined);
  }

  /** Keeps the schemas in place of those of the same version. */
  async keep(set: PackedSchemas, version: string, hostName: string): Promise<void> {
    const files = Object.fromEntries(
      [...set.packed].map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]),
    );
    const content: KeptFile = { format: 1, version, hostName, digest: set.digest, files };
    await mkdir(this.#folder, { recursive: true });
    // Another window reads either the old file or the new one.
    const unfinished = join(this.#folder, `${version}.${process.pid}.new`);
    await writeFile(unfinished, JSON.stringify(content));
    await rename(unfinished, join(this.#folder, `${version}.json`));
  }

  async #open(name: string): Promise<PackedSchemas | undefined> {
    const path = join(this.#folder, name);
    try {
      return parseKept(await readFile(path, 'utf8'));
    } catch (error) {
      this.#log.warn(t('The schemas kept in {0} are damaged and are removed: {1}', path, messageOf(error)));
      await rm(path, { force: true });
      return undefined;
    }
  }
}

/** @throws {Error} when it is not what {@link KeptSchemas} has written */
function parseKept(text: string): PackedSchemas {
  const content: unknown = JSON.parse(text);
  if (!isKeptFile(content)) throw new Error('not of this format');
  const packed = new Map(
    Object.entries(content.files).map(([name, base64]) => [name, Buffer.from(base64, 'base64')]),
  );
  const { version, hostName, digest } = content;
  const set = new PackedSchemas({ version, origin: { kind: 'host', hostName } }, packed);
  if (set.digest !== digest) throw new Error('another checksum');
  return set;
}

function isKeptFile(value: unknown): value is KeptFile {
  if (typeof value !== 'object' || value === null) return false;
  const { format, version, hostName, digest, files } = value as Partial<Record<keyof KeptFile, unknown>>;
  return (
    format === 1 &&
    [version, hostName, digest].every((text) => typeof text === 'string') &&
    typeof files === 'object' &&
    files !== null &&
    Object.values(files).every((text) => typeof text === 'string')
  );
}
