import { t } from '../../../base/l10n.ts';
import { Errno, isCephError } from '../../../ceph/cephError.ts';
import type { LocatedImage } from '../../../hosts/clusters/imageOf.ts';
import { lookBeforeRemoval } from '../../../hosts/clusters/removalLook.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import { blockClientPlan } from '../../../operations/images/blockClientPlan.ts';
import { runningDomains } from '../../../operations/images/removeImage/imageOnHosts.ts';
import { needsSteps, type RemovalLook } from '../../../operations/images/removeImage/obstacles.ts';
import type { Failure, FailurePage } from '../../failure.ts';
import type { Finding, Remedy } from '../../finding.ts';
import type { Ward } from '../../patient.ts';
import type { Subject } from '../../subject.ts';
import { complainedImageIn, complainedImageOn, subjectOf, whereIs } from './complainedImage.ts';
import { heldElsewhere } from './heldElsewhere.ts';
import { questionWait } from '../../questionWait.ts';
import { removalPlaceOf, removeRemedy, showUsesRemedies, whyNotRemovable } from './removal.ts';

const id = 'image-in-use';

/** Somebody has the image open: it cannot be removed. */
export const imageInUseFailure: Failure = {
  id,
  page,
  symptoms: [
    { example: 'rbd: error: image still has watchers', pattern: /image still has watchers/ },
    {
      example: 'librbd::image::PreRemoveRequest: check_image_watchers: image has watchers - not removing',
      pattern: /image has watchers - not removing/,
    },
    {
      example: "failed to remove volume 'libvirt-pool/vm-boot': No such file or directory",
      pattern: /failed to remove volume '[^'\n]+\/[^'\n]+'/,
    },
  ],
  examineHost: async (patient, complaint) => {
    if (!complaint) return heldElsewhere(id, patient);
    const located = await complainedImageOn(patient, complaint);
    const fallback = complaint.about ?? { kind: 'host', host: patient.name };
    return located ? examine(located, fallback, patient.ward) : [];
  },
  examineCluster: async (cluster, ward, complaint) => {
    const located = complaint && complainedImageIn(cluster, complaint);
    return located ? examine(located, { kind: 'cluster', cluster: cluster.id }, ward) : [];
  },
};

async function examine(located: LocatedImage, fallback: Subject, ward: Ward): Promise<readonly Finding[]> {
  const { sessions } = ward;
  let look: RemovalLook;
  try {
    look = await lookBeforeRemoval({ ...located, sessions }, questionWait(ward));
  } catch (error) {
    if (isCephError(error, Errno.ENOENT)) return [];
    throw error;
  }
  const { onHosts } = look;
  const running = runningDomains(onHosts.users);
  if (running.length === 0 && onHosts.watchers === 0) {
    return needsSteps(look, 'remove') ? [] : [nobodyNow(located, fallback, sessions)];
  }
  const about = subjectOf(located, fallback);
  const [name, where] = whereIs(located);
  const impossible = whyNotRemovable(look);
  const holders = [
    ...running.map(({ domain, host }) => t('{0} on {1}', domain.name, host.name)),
    ...onHosts.strangers.map(({ words }) => words),
  ];
  return [
    {
      failure: id,
      severity: 'error',
      about,
      others: [fallback],
      title: t('{0} in {1} cannot be removed: it is open', name, where),
      explanation: [
        t('Ceph removes no image that a client has open. This one is open by: {0}.', holders.join(', ')),
        ...(running.length > 0
          ? [t('A running domain keeps its disks open. It must be shut down, or let go of the disk, first.')]
          : []),
        ...(onHosts.strangers.length > 0
          ? [
              t(
                'No connected host explains who else has it open: a domain of a host that is not connected here, a mapped device, a program such as “rbd export”, or a client that has crashed. Of one that has crashed Ceph forgets after 30 seconds.',
              ),
            ]
          : []),
        ...(impossible === undefined ? [] : [impossible]),
      ],
      evidence: [
        ...running.map((user) =>
          t('{0} on {1} runs with it as {2}', user.domain.name, user.host.name, user.target),
        ),
        ...onHosts.strangers.map(({ client, words }) => t('watcher {0}: {1}', client, words)),
        t('watchers in all: {0}', onHosts.watchers),
        ...onHosts.unseen.map((one) => t('not looked at: {0}', one)),
      ],
      remedies: remediesFor(located, about, look, sessions, impossible),
    },
  ];
}

function remediesFor(
  located: LocatedImage,
  about: Subject,
  look: RemovalLook,
  sessions: readonly HostSession[],
  impossible: string | undefined,
): readonly Remedy[] {
  const place = removalPlaceOf(located, sessions);
  const { strangers } = look.onHosts;
  const running = runningDomains(look.onHosts.users);
  const remove =
    running.length > 0
      ? t('Shut Down {0} and Delete the Image…', running.map(({ domain }) => domain.name).join(', '))
      : t('Wait Until Ceph Forgets the Client, Then Delete the Image…');
  return [
    ...(impossible === undefined ? [removeRemedy(remove, place)] : []),
    ...showUsesRemedies(about),
    ...(strangers.length === 0
      ? []
      : [
          {
            kind: 'plan' as const,
            title: t('Shut the Client out of the Cluster…'),
            plan: () =>
              Promise.resolve(
                blockClientPlan({ ...place, addresses: strangers.map(({ client }) => client) }),
              ),
          },
        ]),
  ];
}

function nobodyNow(located: LocatedImage, fallback: Subject, sessions: readonly HostSession[]): Finding {
  const [name, where] = whereIs(located);
  return {
    failure: id,
    severity: 'information',
    about: subjectOf(located, fallback),
    title: t('Nobody has {0} in {1} open now', name, where),
    explanation: [
      t(
        'Whoever had it open has closed it since, or was a client that has crashed, of which Ceph forgets after 30 seconds. It can be removed now.',
      ),
    ],
    evidence: [t('watchers in all: {0}', 0)],
    remedies: [removeRemedy(t('Delete the Image…'), removalPlaceOf(located, sessions))],
  };
}

function page(): FailurePage {
  return {
    title: t('An RBD image is still open'),
    summary: t('An image or volume cannot be removed, as a domain or another client has it open.'),
    why: [
      t(
        'A client that has opened an RBD image for writing watches it. Ceph refuses to remove an image with watchers. “rbd” says so; libvirt says “No such file or directory” instead, whatever the reason is.',
      ),
      t(
        'A client that crashed, or lost its network, stays a watcher for 30 seconds. “rbd trash mv” does not look at watchers at all: it takes the image of a running domain away, without a word.',
      ),
    ],
    looks: [
      t('The watchers of the image, by “rbd status”, and the addresses of the connected hosts.'),
      t(
        'All domains of the connected hosts that name the image, and what running domains have attached besides their definitions.',
      ),
      t(
        'In a check-up: whether an image of a domain that is off is open all the same, for the first 20 such images.',
      ),
    ],
    cures: [
      t('Shut down the domains, detach the disks, and delete the image, as one plan.'),
      t('Wait until Ceph has forgotten a client that has crashed, then delete it.'),
      t('Shut an unknown client out of the cluster (blocklist), for an hour.'),
    ],
    byHand: [
      'rbd status POOL/IMAGE',
      'virsh domblklist DOMAIN',
      'rbd lock ls POOL/IMAGE',
      'ceph osd blocklist add ADDRESS 3600',
      'rbd rm POOL/IMAGE',
    ],
    links: [
      { title: 'rbd status, rbd rm', url: 'https://docs.ceph.com/en/latest/man/8/rbd/' },
      { title: 'RBD exclusive locks', url: 'https://docs.ceph.com/en/latest/rbd/rbd-exclusive-locks/' },
    ],
    limits: t('A client that opens an image only to read is no watcher: Ceph does not know it.'),
  };
}
