import { CancelledError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { pivotBlockJob, startBlockCommit, startBlockPull } from '../../libvirt/blockJobs.ts';
import { readDisk, type BackingImage, type DomainDisk } from '../../libvirt/model/disk.ts';
import { BlockCommit } from '../../libvirt/protocol/domainDevice.ts';
import { deviceIn, type DomainPlace } from '../devices/deviceChange.ts';
import { storageNameOfDisk } from '../devices/diskStorage.ts';
import { BlockJobProblem, explainBlockJobFailure } from './blockJobProblem.ts';
import { endJob, followBlockJob, listenForBlockJob, type FollowOptions } from './followBlockJob.ts';

/** How jobs name an image of a chain: `vda[2]`. */
export function mergeImageName({ target }: DomainDisk, image: BackingImage): string | undefined {
  return image.index === undefined ? undefined : `${target}[${image.index}]`;
}

export interface Merge extends FollowOptions {
  /** Bytes a second; 0 is no limit. */
  readonly bandwidth: number;
}

export interface Commit extends Merge {
  /** The image that is written into. */
  readonly base: BackingImage;
  /** The uppermost image whose content goes down; undefined: the disk's own, and the domain goes on with `base`. */
  readonly top: BackingImage | undefined;
}

/**
 * Writes what is in the images from `top` down into `base`, and takes them out of the chain. Their files stay: the
 * domain does not use them any more.
 */
export async function commitImages(place: DomainPlace, disk: DomainDisk, commit: Commit): Promise<void> {
  const { connection, domain } = place;
  const { base, top, bandwidth, signal } = commit;
  const range = { base: mergeImageName(disk, base), top: top && mergeImageName(disk, top) };
  const flags = top ? 0 : BlockCommit.active;
  const what = t(
    'The images of {0} of {1} on {2} were not merged',
    disk.target,
    domain.name,
    connection.host,
  );
  const heard = listenForBlockJob(place, disk.target);
  try {
    await startBlockCommit(connection, domain, disk.target, range, flags, { bandwidth, signal });
    const end = await followBlockJob(place, disk.target, heard, commit);
    if (end === 'ready') await pivotBlockJob(connection, domain, disk.target);
  } catch (error) {
    if (error instanceof CancelledError) await endJob(place, disk.target);
    throw explainBlockJobFailure(error, what);
  } finally {
    heard.dispose();
  }
  const merged = top ? [top] : [];
  const goneSources = [...merged.map(({ source }) => source), ...(top || !disk.source ? [] : [disk.source])];
  const names = new Set(goneSources.map(storageNameOfDisk));
  await verify(place, disk.target, (chain) => chain.every((name) => name === undefined || !names.has(name)));
}

/** Copies what is below into the disk's own image: all of it, or what is above `base`. */
export async function pullImages(
  place: DomainPlace,
  disk: DomainDisk,
  pull: Merge & { readonly base: BackingImage | undefined },
): Promise<void> {
  const { connection, domain } = place;
  const { base, bandwidth, signal } = pull;
  const heard = listenForBlockJob(place, disk.target);
  try {
    const name = base && mergeImageName(disk, base);
    await startBlockPull(connection, domain, disk.target, name, { bandwidth, signal });
    await followBlockJob(place, disk.target, heard, pull);
  } catch (error) {
    if (error instanceof CancelledError) await endJob(place, disk.target);
    throw explainBlockJobFailure(
      error,
      t('The images below {0} of {1} on {2} were not pulled', disk.target, domain.name, connection.host),
    );
  } finally {
    heard.dispose();
  }
  const below = base && storageNameOfDisk(base.source);
  await verify(place, disk.target, (chain) => (base ? chain[1] === below : chain.length === 1));
}

/** @param isDone of the names of the disk's image and those below it */
async function verify(
  place: DomainPlace,
  target: string,
  isDone: (chain: readonly (string | undefined)[]) => boolean,
): Promise<void> {
  const element = await deviceIn(place, { kind: 'disk', target }, 'live');
  const disk = element && readDisk(element);
  const sources = disk?.source ? [disk.source, ...disk.backing.map(({ source }) => source)] : [];
  if (sources.length > 0 && isDone(sources.map(storageNameOfDisk))) return;
  const { connection, domain } = place;
  throw new BlockJobProblem(
    'not-switched',
    t(
      'The job on {0} of {1} on {2} has ended, but its chain of images is not what it should be.',
      target,
      domain.name,
      connection.host,
    ),
    t('Look into the XML of the domain before you delete anything.'),
  );
}
