import type { CephRunOptions } from '../../../ceph/cephProgram.ts';
import type { CephClient } from '../../../ceph/cephAccess.ts';
import { CephError, Errno } from '../../../ceph/cephError.ts';
import { t } from '../../../base/l10n.ts';
import { listRbdSnapshots, type RbdImage } from '../../../ceph/rbd.ts';
import { getRbdDetails } from '../../../ceph/rbdDetails.ts';
import { changeRbdFeatures, rebuildObjectMap } from '../../../ceph/rbdFeatures.ts';
import { ImageProblem } from '../imageProblem.ts';
import { featureChange } from './featureChange.ts';

/** A client that holds the lock and does not answer is waited for. */
const timeoutMs = 90_000;

/**
 * Gives an image other features, whether it is open or not. What was switched is switched back when the rest fails.
 * @returns whether its object map must be built now
 */
export async function changeFeatures(
  client: CephClient,
  image: RbdImage,
  wanted: readonly string[],
  options: CephRunOptions = {},
): Promise<boolean> {
  const { features } = await getRbdDetails(client, image, options);
  const { off, on } = featureChange(features, wanted);
  if (off.length > 0) await change('disable', off);
  if (on.length > 0) {
    try {
      await change('enable', on);
    } catch (error) {
      const back = off.filter((name) => name !== 'deep-flatten');
      if (back.length > 0) await changeRbdFeatures(client, image, 'enable', back, { timeoutMs });
      throw error;
    }
  }
  return on.includes('object-map');

  async function change(verb: 'enable' | 'disable', names: readonly string[]): Promise<void> {
    try {
      await changeRbdFeatures(client, image, verb, names, { ...options, timeoutMs });
    } catch (error) {
      throw error instanceof CephError ? explained(image, error) : error;
    }
  }
}

function explained(image: RbdImage, error: CephError): Error {
  const said = error.raw ?? '';
  if (error.code === Errno.EINVAL && said.includes('mirroring'))
    return new ImageProblem(
      'not-possible',
      t('{0} is mirrored: its journal cannot be switched off.', image.image),
      {
        cause: error,
        raw: error.raw,
        advice: t('End the mirroring first: “rbd mirror image disable”.'),
      },
    );
  if (error.code === Errno.EBUSY || /failed to acquire|lock/i.test(said))
    return new ImageProblem(
      'in-use',
      t('The client that has {0} open does not let go of its lock.', image.image),
      {
        cause: error,
        raw: error.raw,
        advice: t(
          'Shut down the domain that has it, or try again in half a minute if the client has crashed.',
        ),
      },
    );
  return error;
}

/** Builds the object maps of an image and of all its snapshots, which have maps of their own. */
export async function rebuildObjectMaps(
  client: CephClient,
  image: RbdImage,
  { report, ...options }: CephRunOptions = {},
): Promise<void> {
  const snapshots = await listRbdSnapshots(client, image, options);
  await rebuildObjectMap(client, image, {
    ...options,
    report: ({ fraction = 0 }) => report?.({ fraction: fraction / (snapshots.length + 1) }),
  });
  for (const [index, { name: snapshot }] of snapshots.entries())
    await rebuildObjectMap(
      client,
      { ...image, snapshot },
      {
        ...options,
        report: ({ fraction = 0 }) =>
          report?.({
            fraction: (index + 1 + fraction) / (snapshots.length + 1),
            message: t('snapshot {0}', snapshot),
          }),
      },
    );
}
