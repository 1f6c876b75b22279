import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import type { WaitOptions } from '../../../base/waiting.ts';
import type { CephClient } from '../../../ceph/cephAccess.ts';
import { listRbdWatchers, type RbdImage, type RbdWatcher } from '../../../ceph/rbd.ts';
import { getRbdUsage, type RbdUsage } from '../../../ceph/rbdUsage.ts';
import { getRbdDetails, type RbdImageDetails, type RbdMirroring } from '../../../ceph/rbdDetails.ts';
import { isAutomaticLock, listRbdLocks, type RbdLock } from '../../../ceph/rbdLocks.ts';
import { rbdName } from './imageWords.ts';

/** What is asked of an image when somebody wants to know everything. */
export interface ImageFacts {
  readonly image: RbdImage;
  readonly details: RbdImageDetails;
  readonly watchers: readonly RbdWatcher[];
  readonly locks: readonly RbdLock[];
  /** undefined where it would have to be read object by object. */
  readonly usage: readonly RbdUsage[] | undefined;
}

export async function readImageFacts(
  client: CephClient,
  image: RbdImage,
  options: WaitOptions = {},
): Promise<ImageFacts> {
  const [details, watchers, locks] = await Promise.all([
    getRbdDetails(client, image, options),
    listRbdWatchers(client, image, options),
    listRbdLocks(client, image, options),
  ]);
  const usage = isQuicklyMeasured(details) ? await getRbdUsage(client, image, options) : undefined;
  return { image, details, watchers, locks, usage };
}

/** Whether `rbd du` reads one small object instead of all. */
function isQuicklyMeasured({ features, flags }: RbdImageDetails): boolean {
  return features.includes('fast-diff') && flags.length === 0;
}

/** One line each; undefined is left out. @param timeText how a time of Ceph is written for people */
export function factsInWords(
  { details, watchers, locks, usage }: ImageFacts,
  timeText: (time: string) => string,
): readonly (readonly [label: string, value: string | undefined])[] {
  const { parent, striping, mirroring } = details;
  const time = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : timeText(text);
  return [
    [
      t('Size'),
      t(
        '{0}, in {1} objects of {2}',
        formatBytes(details.size),
        details.objects,
        formatBytes(details.objectSize),
      ),
    ],
    [t('Really takes'), usage && usageInWords(usage)],
    [
      t('Format'),
      details.format === 1 ? t('1, of before 2013: no clones, no features') : String(details.format),
    ],
    [t('Features'), namesOrNone(details.features)],
    [t('Out of order'), details.flags.length === 0 ? undefined : details.flags.join(', ')],
    [
      t('Needs of clients'),
      details.operationFeatures.length === 0 ? undefined : details.operationFeatures.join(', '),
    ],
    [t('Its objects are called'), `${details.blockNamePrefix}.*`],
    [t('Data in the pool'), details.dataPool],
    [t('Striping'), striping && t('{0} over {1} objects', formatBytes(striping.unit), striping.count)],
    [
      t('Clone of'),
      parent && (parent.isTrashed ? t('{0} (in the trash)', rbdName(parent)) : rbdName(parent)),
    ],
    [t('Shares with it at most'), parent && formatBytes(parent.overlap)],
    [t('Snapshots'), details.snapshotCount === 0 ? undefined : String(details.snapshotCount)],
    [t('Group'), details.group],
    [t('Mirroring'), mirroring && mirroringInWords(mirroring)],
    [t('Created'), time(details.createdAt)],
    [t('Last modified'), time(details.modifiedAt)],
    [t('Last accessed'), time(details.accessedAt)],
    [
      t('Open by'),
      watchers.length === 0
        ? t('nobody')
        : watchers.map(({ address, client }) => t('client {0} at {1}', client, address)).join(', '),
    ],
    [t('Locked by'), locks.length === 0 ? undefined : locks.map(lockInWords).join('; ')],
  ];
}

function namesOrNone(names: readonly string[]): string {
  return names.length === 0 ? t('none') : names.join(', ');
}

/** What the image and its snapshots take. */
export function usageInWords(usage: readonly RbdUsage[]): string {
  const sum = (some: readonly RbdUsage[]): string =>
    formatBytes(some.reduce((total, { used }) => total + used, 0));
  const snapshots = usage.filter(({ snapshot }) => snapshot !== undefined);
  const own = sum(usage.filter(({ snapshot }) => snapshot === undefined));
  if (snapshots.length === 0) return t('{0}, before replication', own);
  return snapshots.length === 1
    ? t('{0}, and its snapshot {1}, before replication', own, sum(snapshots))
    : t('{0}, and its {1} snapshots {2}, before replication', own, snapshots.length, sum(snapshots));
}

export function lockInWords(lock: RbdLock): string {
  return isAutomaticLock(lock)
    ? t('{0} at {1}, by itself, to write', lock.locker, lock.address)
    : t('{0} at {1}, as “{2}”', lock.locker, lock.address, lock.id);
}

function mirroringInWords({ mode, state, isPrimary }: RbdMirroring): string {
  return [
    mode === 'snapshot' ? t('by snapshots') : t('by its journal'),
    state,
    isPrimary ? t('written to in this cluster') : t('written to in the other cluster'),
  ].join(' · ');
}
