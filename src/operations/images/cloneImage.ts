import { messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { sentences } from '../../base/sentences.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import { CephError } from '../../ceph/cephError.ts';
import { tellMonitors } from '../../ceph/monitors.ts';
import {
  cloneRbdImage,
  createRbdSnapshot,
  flattenRbdImage,
  protectRbdSnapshot,
  removeRbdImage,
  removeRbdSnapshot,
  unprotectRbdSnapshot,
  type RbdImage,
  type RbdSnapshotName,
} from '../../ceph/rbd.ts';
import type { CephRunOptions } from '../../ceph/cephProgram.ts';
import { UndoStack } from '../cloneDomain/undoStack.ts';
import { imageName } from '../snapshots/rbdDisks.ts';
import { ImageProblem } from './imageProblem.ts';

/** The releases whose clients need a protected snapshot to clone from: those before mimic. */
const oldReleases = [
  ...['argonaut', 'bobtail', 'cuttlefish', 'dumpling', 'emperor', 'firefly', 'giant', 'hammer', 'infernalis'],
  ...['jewel', 'kraken', 'luminous', ''],
];

/**
 * What clones will be. Format 2 (mimic): the snapshot need not be protected, can be removed while it has clones, and may be
 * in another namespace. Ceph uses it once the cluster refuses older clients: `ceph osd set-require-min-compat-client mimic`.
 * Where that cannot be asked it is 1, which every cluster takes.
 */
export async function readCloneFormat(client: CephClient, options?: WaitOptions): Promise<1 | 2> {
  try {
    const release = await tellMonitors(client, ['osd', 'get-require-min-compat-client'], options);
    return oldReleases.includes(release.trim()) ? 1 : 2;
  } catch (error) {
    if (error instanceof CephError) return 1;
    throw error;
  }
}

export interface CloneOrder {
  readonly source: RbdSnapshotName;
  /** Whether the snapshot is to be made first, and whether the one that is there is protected. */
  readonly snapshot: 'new' | 'unprotected' | 'protected';
  readonly clone: RbdImage;
  readonly format: 1 | 2;
  /** What it shares with its parent is copied at once, and the snapshot that was made for it removed again. */
  readonly flatten: boolean;
}

/**
 * A copy-on-write clone of a snapshot, which is made and protected if need be. Failed or cancelled, nothing of that stays,
 * or an {@link ImageProblem} says what does.
 */
export async function cloneImage(
  client: CephClient,
  { source, snapshot, clone, format, flatten }: CloneOrder,
  options: CephRunOptions = {},
): Promise<void> {
  const made = new UndoStack();
  const wait = { signal: options.signal };
  const name = `${imageName(source)}@${source.snapshot}`;
  try {
    if (snapshot === 'new') {
      await createRbdSnapshot(client, source, wait);
      made.made(name, () => removeRbdSnapshot(client, source));
    }
    if (format === 1 && snapshot !== 'protected') {
      await protectRbdSnapshot(client, source, wait);
      made.made(name, () => unprotectRbdSnapshot(client, source));
    }
    await cloneRbdImage(withCloneFormat(client, format), source, clone, wait);
    made.made(imageName(clone), () => removeRbdImage(client, clone));
    if (!flatten) return;
    await flattenRbdImage(client, clone, options);
  } catch (error) {
    const left = await made.undo();
    if (left.length === 0) throw error;
    throw new ImageProblem('left-over', sentences(messageOf(error), t('Still there: {0}', left.join(', '))), {
      cause: error,
      advice: t('Delete it by hand.'),
    });
  }
  if (snapshot !== 'new') return;
  if (format === 1) await unprotectRbdSnapshot(client, source);
  await removeRbdSnapshot(client, source);
}

function withCloneFormat({ transport, access }: CephClient, format: 1 | 2): CephClient {
  const settings = new Map([...access.settings, ['rbd_default_clone_format', String(format)]]);
  return { transport, access: { ...access, settings } };
}
