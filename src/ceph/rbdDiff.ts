import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { startCeph, type RunningCeph } from './cephProgram.ts';
import { imageArguments, type RbdImage, type RbdSnapshotName } from './rbd.ts';

/**
 * `rbd export-diff` and `import-diff`: only what was ever written travels, and a stream that is cut off is refused
 * instead of being taken for the whole. The format is Ceph's doc/dev/rbd-diff.rst, version 1.
 */
const banner = 'rbd diff v1\n';

const endGraceMs = 2000;

/** The stream of `rbd export-diff` ended too early, or is none. */
export class RbdDiffError extends Problem {
  readonly code = 'rbd-diff';
}

/** Data at its place in the image. What no piece covers is zeros. */
export interface RbdPiece {
  readonly offset: number;
  readonly data: Buffer;
}

/** What an image holds, sparse. */
export interface RbdContent {
  /** Bytes. */
  readonly size: number;
  /** In order; to be read to the end, which rejects when not all came. */
  readonly pieces: AsyncIterable<RbdPiece>;
  /** Ends the program on the host. */
  stop(): void;
}

/** The content of an image or of one of its snapshots, what it shares with a parent included. */
export async function exportRbdImage(
  client: CephClient,
  image: RbdImage | RbdSnapshotName,
  options: WaitOptions = {},
): Promise<RbdContent> {
  const args = ['export-diff', ...imageArguments(image), '--path=-', '--no-progress'];
  const running = await startCeph(client, 'rbd', args, options);
  running.stream.end();
  const reader = new DiffReader(running.stream);
  const stop = (): void => {
    running.kill();
    running.stream.destroy();
  };
  try {
    const size = await reader.start();
    return { size, pieces: piecesOf(reader, running), stop };
  } catch (error) {
    await endedByItself(running);
    stop();
    throw error;
  }
}

/** Why the program failed, which it tells a moment later, says more than that its output is not whole. */
async function endedByItself({ succeeded }: RunningCeph): Promise<void> {
  await Promise.race([succeeded, sleep(endGraceMs)]);
}

async function* piecesOf(reader: DiffReader, running: RunningCeph): AsyncGenerator<RbdPiece> {
  try {
    yield* reader.pieces();
  } catch (error) {
    await endedByItself(running);
    throw error;
  }
  await running.succeeded;
}

/** How a record is taken apart: by as many bytes as its kind says. */
class DiffReader {
  readonly #source: AsyncIterator<Buffer<ArrayBuffer>, undefined>;
  #rest = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.#source = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer<ArrayBuffer>, undefined>;
  }

  /** @returns the size of the image */
  async start(): Promise<number> {
    if ((await this.#take(banner.length)).toString('latin1') !== banner) throw notWhole();
    let tag = await this.#tag();
    if (tag === 't') {
      // The name of the snapshot that was exported.
      await this.#take((await this.#take(4)).readUInt32LE());
      tag = await this.#tag();
    }
    if (tag !== 's') throw notWhole();
    return this.#number();
  }

  async *pieces(): AsyncGenerator<RbdPiece> {
    for (let tag = await this.#tag(); tag !== 'e'; tag = await this.#tag()) {
      if (tag !== 'w' && tag !== 'z') throw notWhole();
      let offset = await this.#number();
      let length = await this.#number();
      while (tag === 'w' && length > 0) {
        const data = await this.#some(length);
        yield { offset, data };
        offset += data.length;
        length -= data.length;
      }
    }
  }

  async #tag(): Promise<string> {
    return (await this.#take(1)).toString('latin1');
  }

  async #number(): Promise<number> {
    const value = Number((await this.#take(8)).readBigUInt64LE());
    if (!Number.isSafeInteger(value)) throw notWhole();
    return value;
  }

  /** Exactly so many bytes. */
  async #take(count: number): Promise<Buffer> {
    while (this.#rest.length < count) this.#rest = Buffer.concat([this.#rest, await this.#next()]);
    const taken = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    return taken;
  }

  /** At least one byte, at most so many: what is there. */
  async #some(most: number): Promise<Buffer> {
    if (this.#rest.length === 0) this.#rest = await this.#next();
    return this.#take(Math.min(most, this.#rest.length));
  }

  async #next(): Promise<Buffer<ArrayBuffer>> {
    const next = await this.#source.next();
    if (next.done === true) throw notWhole();
    return next.value;
  }
}

function notWhole(): RbdDiffError {
  return new RbdDiffError(t('rbd did not send the whole image.'));
}

/** Takes the records that the functions below make; ends with the record {@link diffEnd}. */
export async function importRbdImage(
  client: CephClient,
  image: RbdImage,
  options: WaitOptions = {},
): Promise<RunningCeph> {
  return startCeph(
    client,
    'rbd',
    ['import-diff', ...imageArguments(image), '--path=-', '--no-progress'],
    options,
  );
}

/** Begins the stream; the image is resized to `size`. */
export function diffStart(size: number): Buffer {
  return Buffer.concat([Buffer.from(`${banner}s`, 'latin1'), numbers(size)]);
}

/** Data at its place, as the record's head and the data. */
export function diffData(offset: number, data: Buffer): readonly [Buffer, Buffer] {
  return [Buffer.concat([Buffer.from('w'), numbers(offset, data.length)]), data];
}

/** What is there is discarded. */
export function diffZeros(offset: number, length: number): Buffer {
  return Buffer.concat([Buffer.from('z'), numbers(offset, length)]);
}

export const diffEnd = Buffer.from('e');

function numbers(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(8 * values.length);
  values.forEach((value, index) => buffer.writeBigUInt64LE(BigInt(value), 8 * index));
  return buffer;
}
