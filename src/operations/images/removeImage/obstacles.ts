import { t } from '../../../base/l10n.ts';
import { ImageProblem } from '../imageProblem.ts';
import { runningDomains, type ImageOnHosts } from './imageOnHosts.ts';
import { userSnapshots, type ImageFindings } from './lookAtImage.ts';

/** All that was found out before an image is removed. */
export interface RemovalLook {
  /** `pool/image`, for people. */
  readonly name: string;
  readonly findings: ImageFindings;
  readonly onHosts: ImageOnHosts;
}

/** What must end with the image: it is removed for good, or goes to the trash with its snapshots and clones. */
export type RemovalKind = 'remove' | 'trash';

/** Rejects what no step of ours can clear away. */
export function refuseImpossible({ name, findings, onHosts }: RemovalLook, kind: RemovalKind): void {
  const { details, snapshots, clones } = findings;
  const above = onHosts.users.filter(
    ({ role, isRunning, isDefined }) => role === 'backing' && (isRunning || isDefined),
  );
  if (above.length > 0) {
    const disks = above.map((user) => t('{0} of {1} on {2}', user.target, user.domain.name, user.host.name));
    throw new ImageProblem(
      'has-children',
      t('{0} is what these disks read from: {1}.', name, disks.join(', ')),
      {
        advice: t('Merge or pull the chain of these disks first.'),
      },
    );
  }
  const { mirroring } = details;
  if (mirroring && !mirroring.isPrimary) {
    throw new ImageProblem(
      'not-possible',
      t('{0} is the copy of an image that another cluster mirrors to here.', name),
      {
        advice: t('Delete it in the cluster where it is primary, or promote it here first.'),
      },
    );
  }
  if (kind === 'trash') return;
  if (snapshots.some(({ kind: made }) => made === 'group')) {
    throw new ImageProblem('not-possible', t('{0} has snapshots that belong to a group of images.', name), {
      advice: t('Remove the snapshots of the group {0} first: “rbd group snap rm”.', details.group ?? ''),
    });
  }
  const trashed = (clones ?? []).filter(({ isTrashed }) => isTrashed);
  if (trashed.length > 0) {
    throw new ImageProblem(
      'has-children',
      t(
        '{0} has clones in the trash: {1}.',
        name,
        trashed.map(({ pool, image }) => `${pool}/${image}`).join(', '),
      ),
      { advice: t('Delete them from the trash for good, or restore and flatten them.') },
    );
  }
}

/** Whether more than the removal itself must be done. Definitions of domains that are off do not hold it up. */
export function needsSteps({ findings, onHosts }: RemovalLook, kind: RemovalKind): boolean {
  if (runningDomains(onHosts.users).length > 0) return true;
  if (kind === 'trash') return false;
  const { details, clones, locks } = findings;
  return (
    userSnapshots(findings).length > 0 ||
    (clones ?? []).length > 0 ||
    locks.length > 0 ||
    details.group !== undefined
  );
}

/** Rejects while anything stands in the way: what was looked at before may have changed. */
export function refuseObstacles(look: RemovalLook, kind: RemovalKind): void {
  refuseImpossible(look, kind);
  const { name, onHosts } = look;
  const running = runningDomains(onHosts.users);
  if (running.length > 0) {
    throw new ImageProblem(
      'in-use',
      t(
        '{0} is in use by {1}.',
        name,
        running.map(({ domain, host }) => t('{0} on {1}', domain.name, host.name)).join(', '),
      ),
      { advice: t('Shut the domain down, then try again.') },
    );
  }
  if (onHosts.watchers > 0) {
    const words = onHosts.strangers.map((one) => one.words);
    throw new ImageProblem(
      'in-use',
      words.length > 0
        ? t('{0} is in use by {1}.', name, words.join(', '))
        : t('{0} is open somewhere.', name),
      { advice: t('Of a client that has crashed Ceph forgets after 30 seconds: try again then.') },
    );
  }
  if (!needsSteps(look, kind)) return;
  throw new ImageProblem(
    'not-possible',
    t('{0} has snapshots, clones or locks that were not there before.', name),
    {
      advice: t('Start again to see what is to be done now.'),
    },
  );
}
