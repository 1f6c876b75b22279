import { CancelledError } from '../../../base/errors.ts';
import type { CephClient } from '../../../ceph/cephAccess.ts';
import type { RbdImage, RbdSnapshotName } from '../../../ceph/rbd.ts';
import { exportRbdImage } from '../../../ceph/rbdDiff.ts';
import { parseVolume } from '../../../libvirt/model/volume.ts';
import type { VolumeRef } from '../../../libvirt/protocol/refs.ts';
import { StreamHole } from '../../../libvirt/streams.ts';
import { downloadVolume, getVolumeXml } from '../../../libvirt/volumes.ts';
import { rbdVolumeOf } from '../rbdVolume.ts';
import { NewLocalFile } from './localFile.ts';
import type { Piece } from './pieces.ts';
import type { TransferHost, TransferOptions } from './transferHost.ts';
import { TransferProgress } from './transferProgress.ts';

/**
 * Writes the content of a volume into a file of this machine: the bytes that a guest sees of an RBD image or a block
 * device, the image file itself of others. Cancelled or failed, there is no such file, or still the old one.
 * @returns the bytes of the file
 */
export async function downloadFile(
  host: TransferHost,
  volume: VolumeRef,
  path: string,
  options: TransferOptions = {},
): Promise<number> {
  const rbd = await rbdVolumeOf(host, volume, { signal: options.signal });
  if (rbd) return downloadRbdImage(rbd, path, options);
  return intoFile(path, options, (file) => downloadFromLibvirt(host, volume, file, options));
}

/** The same of an RBD image or of a snapshot of one. */
export async function downloadRbdImage(
  source: RbdSource,
  path: string,
  options: TransferOptions = {},
): Promise<number> {
  return intoFile(path, options, (file) => downloadFromRbd(source, file, options));
}

/** What is read, and as whom. */
export interface RbdSource {
  readonly client: CephClient;
  readonly image: RbdImage | RbdSnapshotName;
}

async function intoFile(
  path: string,
  { signal }: TransferOptions,
  write: (file: NewLocalFile) => Promise<number>,
): Promise<number> {
  const file = await NewLocalFile.create(path);
  try {
    const size = await write(file);
    if (signal?.aborted === true) throw new CancelledError();
    await file.finish(size);
    return size;
  } catch (error) {
    await file.discard();
    throw signal?.aborted === true ? new CancelledError() : error;
  }
}

async function downloadFromRbd(
  { client, image }: RbdSource,
  file: NewLocalFile,
  { signal, report }: TransferOptions,
): Promise<number> {
  const content = await exportRbdImage(client, image, { signal });
  const progress = new TransferProgress(content.size, report ?? (() => undefined));
  const stop = (): void => {
    content.stop();
  };
  signal?.addEventListener('abort', stop);
  try {
    for await (const { offset, data } of content.pieces) {
      await file.write(offset, data);
      progress.at(offset + data.length);
    }
    return content.size;
  } catch (error) {
    stop();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

async function downloadFromLibvirt(
  host: TransferHost,
  volume: VolumeRef,
  file: NewLocalFile,
  { signal, report }: TransferOptions,
): Promise<number> {
  const { type, physical, capacity } = await parseVolume(
    await getVolumeXml(host.connection, volume, { signal }),
  );
  const progress = new TransferProgress(physical ?? capacity ?? 0, report ?? (() => undefined));
  const connection = await host.openConnection({ signal });
  const stop = (): void => {
    connection.dispose();
  };
  signal?.addEventListener('abort', stop);
  try {
    const stream = await downloadVolume(connection, volume, { sparse: type === 'file', signal });
    let offset = 0;
    for await (const piece of stream as AsyncIterable<Piece>) {
      if (!(piece instanceof StreamHole)) await file.write(offset, piece);
      offset += piece instanceof StreamHole ? piece.size : piece.length;
      progress.at(offset);
    }
    return offset;
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
  }
}
