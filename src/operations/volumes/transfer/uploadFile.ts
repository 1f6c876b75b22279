import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledError } from '../../../base/errors.ts';
import { diffData, diffEnd, diffStart, diffZeros, importRbdImage } from '../../../ceph/rbdDiff.ts';
import { getRbdInfo } from '../../../ceph/rbd.ts';
import type { VolumeRef } from '../../../libvirt/protocol/refs.ts';
import { VolumeType } from '../../../libvirt/protocol/storageVolume.ts';
import { StreamHole } from '../../../libvirt/streams.ts';
import { getVolumeInfo, uploadVolume } from '../../../libvirt/volumes.ts';
import { rbdVolumeOf, type RbdVolume } from '../rbdVolume.ts';
import { readLocalFile } from './localFile.ts';
import { joinedHoles, lengthOf, withoutHoles, type Piece } from './pieces.ts';
import type { TransferHost, TransferOptions } from './transferHost.ts';
import { TransferProgress } from './transferProgress.ts';

export interface UploadOptions extends TransferOptions {
  /** Bytes of the file, for the progress. */
  readonly size: number;
  /** The volume holds nothing yet: zeros need not be written. Default false. */
  readonly isFresh?: boolean | undefined;
}

/**
 * Writes a file of this machine over the start of a volume. Cancelled or failed half way, the volume is half written.
 */
export async function uploadFile(
  host: TransferHost,
  volume: VolumeRef,
  path: string,
  options: UploadOptions,
): Promise<void> {
  const rbd = await rbdVolumeOf(host, volume, { signal: options.signal });
  if (rbd) {
    await uploadRbdImage(rbd, path, options);
    return;
  }
  await uploadToLibvirt(host, volume, path, options);
  if (options.signal?.aborted === true) throw new CancelledError();
}

async function* counted(path: string, { size, report }: UploadOptions): AsyncGenerator<Piece> {
  const progress = new TransferProgress(size, report ?? (() => undefined));
  for await (const piece of readLocalFile(path)) {
    yield piece;
    progress.add(lengthOf(piece));
  }
}

/**
 * A hole is written as one only where nothing was before: libvirt steps over it, and what was there would stay. A block
 * device may hold anything, also when it is new.
 */
async function uploadToLibvirt(
  host: TransferHost,
  volume: VolumeRef,
  path: string,
  options: UploadOptions,
): Promise<void> {
  const { signal } = options;
  const { type } = await getVolumeInfo(host.connection, volume, { signal });
  const sparse = options.isFresh === true && type === VolumeType.file;
  const connection = await host.openConnection({ signal });
  try {
    const stream = await uploadVolume(connection, volume, { sparse, signal });
    const pieces = counted(path, options);
    const source = sparse ? joinedHoles(pieces) : asBytes(pieces);
    await orCancelled(signal, pipeline(Readable.from(source, { highWaterMark: 1 }), stream, { signal }));
  } finally {
    connection.dispose();
  }
}

async function* asBytes(pieces: AsyncIterable<Piece>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield* withoutHoles(piece);
}

/** What a program that is to end by itself is given for it: one that is killed leaves a watcher for 30 s. */
const endGraceMs = 5000;

/** The same over the start of an RBD image, which must be as large. */
export async function uploadRbdImage(
  { client, image }: RbdVolume,
  path: string,
  options: UploadOptions,
): Promise<void> {
  const { signal } = options;
  const { size } = await getRbdInfo(client, image, { signal });
  const running = await importRbdImage(client, image, { signal });
  running.stream.resume();
  const stop = new AbortController();
  const stopped = AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]);
  running.succeeded.catch(() => {
    stop.abort();
  });
  try {
    for await (const record of diffOf(joinedHoles(counted(path, options)), size, options.isFresh === true)) {
      if (stopped.aborted) break;
      if (!running.stream.write(record)) await drained(running.stream, stopped);
    }
  } finally {
    // Without the last record rbd fails, and closes the image.
    running.stream.end();
    if (stopped.aborted) await Promise.race([running.succeeded.catch(() => undefined), sleep(endGraceMs)]);
    if (signal?.aborted === true) running.kill();
  }
  if (signal?.aborted === true) throw new CancelledError();
  await orCancelled(signal, Promise.race([running.succeeded, aborted(signal)]));
}

async function* diffOf(pieces: AsyncIterable<Piece>, size: number, isFresh: boolean): AsyncGenerator<Buffer> {
  yield diffStart(size);
  let offset = 0;
  for await (const piece of pieces) {
    if (!(piece instanceof StreamHole)) yield* diffData(offset, piece);
    else if (!isFresh) yield diffZeros(offset, piece.size);
    offset += lengthOf(piece);
  }
  yield diffEnd;
}

function drained(stream: NodeJS.WritableStream, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.removeListener('drain', done);
      stream.removeListener('close', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    stream.once('drain', done).once('close', done);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => {
      reject(new CancelledError());
    });
  });
}

async function orCancelled<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw signal?.aborted === true ? new CancelledError() : error;
  }
}
