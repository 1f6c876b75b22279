import type { CephClient } from '../../ceph/cephAccess.ts';
import { createRbdImage, type RbdImage } from '../../ceph/rbd.ts';
import type { TransferOptions } from '../volumes/transfer/transferHost.ts';
import { uploadRbdImage } from '../volumes/transfer/uploadFile.ts';
import { makeImage } from './unfinishedImage.ts';

const sector = 512;

/** Bytes, up to a whole sector: what QEMU gives to a guest. */
export function wholeSectors(size: number): number {
  return Math.ceil(size / sector) * sector;
}

/**
 * A file of this machine becomes an RBD image, byte by byte; its blocks of zeros take no space. Failed or cancelled, nothing
 * of it stays, or an ImageProblem says so.
 * @param file `size` in bytes
 */
export async function importImage(
  client: CephClient,
  image: RbdImage,
  { path, size }: { readonly path: string; readonly size: number },
  options: TransferOptions = {},
): Promise<void> {
  const make = async (): Promise<void> => {
    await createRbdImage(client, image, wholeSectors(size), { signal: options.signal });
    await uploadRbdImage({ client, image }, path, { ...options, size, isFresh: true });
  };
  await makeImage(client, image, make, { signal: options.signal });
}
