import { CodedProblem } from '../../../../base/errors.ts';
import { t } from '../../../../base/l10n.ts';
import type { WaitOptions } from '../../../../base/waiting.ts';
import type { CephClient } from '../../../../ceph/cephAccess.ts';
import { CephError } from '../../../../ceph/cephError.ts';
import { cephCommand } from '../../../../ceph/cephProgram.ts';
import { placeArguments, type RbdImage, type RbdPlace } from '../../../../ceph/rbd.ts';

/** What Ceph has of an image cannot be made out. */
export class ImageDirectoryProblem extends CodedProblem<'unexpected'> {}

/** The object that lists the images of a pool, by name and by id. */
export const directoryObject = 'rbd_directory';

/** The entries of an image in the directory of its pool, as they are stored. */
export interface DirectoryEntries {
  readonly id: string;
  readonly keys: readonly { readonly key: string; readonly value: Buffer }[];
}

const timeoutMs = 30_000;

/** Reads the id of an image, which has an object of its own. */
export async function readDirectoryEntries(
  client: CephClient,
  image: RbdImage,
  options: WaitOptions = {},
): Promise<DirectoryEntries> {
  const stored = await rados(client, image, ['get', `rbd_id.${image.image}`, '-'], options);
  const id = decodeString(stored);
  if (id === undefined || !/^[0-9a-f]+$/.test(id))
    throw new ImageDirectoryProblem(
      'unexpected',
      t('The id of the image {0} cannot be made out.', image.image),
    );
  return {
    id,
    keys: [
      { key: `name_${image.image}`, value: encodeString(id) },
      { key: `id_${id}`, value: encodeString(image.image) },
    ],
  };
}

export async function removeEntry(
  client: CephClient,
  place: RbdPlace,
  key: string,
  options: WaitOptions = {},
): Promise<void> {
  await rados(client, place, ['rmomapkey', directoryObject, key], options);
}

export async function putEntry(
  client: CephClient,
  place: RbdPlace,
  { key, value }: DirectoryEntries['keys'][number],
  options: WaitOptions = {},
): Promise<void> {
  await rados(client, place, ['setomapval', directoryObject, key], options, value);
}

/** Runs `rados` in the place. @returns what it prints, unchanged */
export async function rados(
  { transport, access }: CephClient,
  place: RbdPlace,
  args: readonly string[],
  options: WaitOptions = {},
  content: Buffer = Buffer.alloc(0),
): Promise<Buffer> {
  const { command, input } = cephCommand('rados', [...placeArguments(place), ...args], access);
  const { exitCode, stdout, stderr } = await transport.exec(command, {
    timeoutMs,
    ...options,
    input: Buffer.concat([Buffer.from(input), content]),
  });
  if (exitCode === 0) return stdout;
  throw new CephError('rados', transport.label, exitCode === 127 ? 'no-program' : (exitCode ?? 5), stderr);
}

/** As Ceph writes a string: its length in four bytes, the lowest first. */
export function encodeString(text: string): Buffer {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** undefined: that is none. */
export function decodeString(stored: Buffer): string | undefined {
  if (stored.length < 4 || stored.readUInt32LE(0) !== stored.length - 4) return undefined;
  return stored.subarray(4).toString();
}
