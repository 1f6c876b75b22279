import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import type { Plan, PlanStep } from '../../plan/plan.ts';
import { detachStep, shutDownStep } from './domainSteps.ts';
import {
  flattenStep,
  groupStep,
  lockStep,
  removeStep,
  snapshotsStep,
  trashStep,
  type RemovalPlace,
} from './imageSteps.ts';
import { definedDisks, runningDomains } from './imageOnHosts.ts';
import { userSnapshots } from './lookAtImage.ts';
import type { RemovalKind, RemovalLook } from './obstacles.ts';

/** All steps that lead to an image that is gone, in their order. */
export function removalPlan(place: RemovalPlace, look: RemovalLook): Plan {
  const { findings, onHosts } = look;
  const { details, clones, locks } = findings;
  const snapshots = userSnapshots(findings);
  const steps: readonly PlanStep[] = [
    ...runningDomains(onHosts.users).map(shutDownStep),
    ...definedDisks(onHosts.users).map((user) => detachStep(user, place.image)),
    // While somebody holds a lock, snapshots cannot be removed.
    ...locks.map((lock) => lockStep(place, lock)),
    ...(clones ?? []).map((clone) => flattenStep(place, clone)),
    ...(snapshots.length > 0 ? [snapshotsStep(place, snapshots)] : []),
    ...(details.group === undefined ? [] : [groupStep(place, details.group)]),
    removeStep(place),
  ];
  const loss = t(
    'All data of {0} ({1}) is lost for good, and so are its snapshots: that cannot be undone.',
    place.name,
    formatBytes(details.size),
  );
  return {
    title: t('Delete the RBD image {0}', place.name),
    loses: loss,
    remarks: [
      loss,
      ...(clones === undefined
        ? [t('Whether it has clones in pools that this client may not read is not known.')]
        : []),
      ...(locks.length > 0
        ? [
            t(
              'Who loses a lock is shut out of the cluster by Ceph: a program that still writes stops at once.',
            ),
          ]
        : []),
      ...remarksOf(look),
    ],
    steps,
  };
}

/** The steps that lead to an image in the trash: its snapshots and clones may stay. */
export function trashPlan(place: RemovalPlace, look: RemovalLook, expiresAt: Date | undefined): Plan {
  return {
    title: t('Move the RBD image {0} to the trash', place.name),
    remarks: [t('Domains that name it do not start until it is restored.'), ...remarksOf(look)],
    steps: [...runningDomains(look.onHosts.users).map(shutDownStep), trashStep(place, expiresAt)],
  };
}

function remarksOf({ onHosts: { unseen } }: RemovalLook): readonly string[] {
  return unseen.length === 0
    ? []
    : [t('Not looked at, so that what they use is not known: {0}.', unseen.join(', '))];
}

/** What one should know before agreeing to the removal alone, a sentence each. */
export function removalRemarks({ findings, onHosts }: RemovalLook, kind: RemovalKind): readonly string[] {
  const { details, clones, snapshots } = findings;
  const off = definedDisks(onHosts.users);
  return [
    ...(off.length === 0
      ? []
      : [
          t(
            'These domains, which are off, name it and will not start without it: {0}.',
            [...new Set(off.map(({ domain, host }) => t('{0} on {1}', domain.name, host.name)))].join(', '),
          ),
        ]),
    ...(details.mirroring?.isPrimary === true && kind === 'remove'
      ? [t('It is mirrored: the copy in the other cluster goes as well.')]
      : []),
    ...(clones === undefined
      ? [t('Whether it has clones in pools that this client may not read is not known.')]
      : []),
    ...(kind === 'trash' && snapshots.length > 0 ? [t('Its snapshots and clones stay.')] : []),
    ...remarksOf({ findings, onHosts, name: '' }),
  ];
}
