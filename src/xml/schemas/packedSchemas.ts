import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRawSync } from 'node:zlib';
import type { SchemaOrigin, SchemaSet } from './schemaSet.ts';

const deflate = promisify(deflateRaw);

/** What is told of a set beside its texts. */
export interface SchemaSetFacts {
  readonly version: string | undefined;
  readonly origin: SchemaOrigin;
  readonly licence?: string | undefined;
}

/** No file of libvirt's schemas comes near: domaincommon.rng of 12.8 has 230 kB. */
const maxTextBytes = 16 * 1024 * 1024;

/** A set whose texts are in memory, packed to an eighth of their size. */
export class PackedSchemas implements SchemaSet {
  readonly version: string | undefined;
  readonly origin: SchemaOrigin;
  readonly licence: string | undefined;
  readonly digest: string;
  readonly fileNames: readonly string[];
  /** By file name, each deflated. */
  readonly packed: ReadonlyMap<string, Uint8Array>;

  /** @param packed deflated texts by file name, as {@link packTexts} makes them */
  constructor({ version, origin, licence }: SchemaSetFacts, packed: ReadonlyMap<string, Uint8Array>) {
    this.version = version;
    this.origin = origin;
    this.licence = licence;
    this.packed = packed;
    this.fileNames = [...packed.keys()].sort();
    const hash = createHash('sha256');
    for (const name of this.fileNames) hash.update(`${name}\0`).update(packed.get(name) ?? '');
    this.digest = hash.digest('hex');
  }

  read(fileName: string): string | undefined {
    const bytes = this.packed.get(fileName);
    return bytes && inflateRawSync(bytes, { maxOutputLength: maxTextBytes }).toString();
  }
}

/** Packs texts by file name, without holding up the event loop. */
export async function packTexts(
  texts: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const entries = [...texts].map(async ([name, text]) => [name, await deflate(Buffer.from(text))] as const);
  return new Map(await Promise.all(entries));
}
