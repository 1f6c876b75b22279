import { t } from '../../../base/l10n.ts';
import { Errno, isCephError } from '../../../ceph/cephError.ts';
import type { LocatedImage } from '../../../hosts/clusters/imageOf.ts';
import { fullName } from '../../../hosts/clusters/imageUser.ts';
import { lookAtImage, userSnapshots } from '../../../operations/images/removeImage/lookAtImage.ts';
import type { Complaint } from '../../complaint.ts';
import type { Failure, FailurePage } from '../../failure.ts';
import type { Finding, Remedy } from '../../finding.ts';
import type { Ward } from '../../patient.ts';
import type { Subject } from '../../subject.ts';
import { complainedImageIn, complainedImageOn, subjectOf, whereIs } from './complainedImage.ts';
import { questionWait } from '../../questionWait.ts';
import { removalPlaceOf, removeRemedy, showUsesRemedies } from './removal.ts';

const id = 'image-has-snapshots';

/** The image has snapshots, protected ones or with clones, and so it cannot be removed. */
export const imageHasSnapshotsFailure: Failure = {
  id,
  page,
  symptoms: [
    {
      example:
        "rbd: image has snapshots - these must be deleted with 'rbd snap purge' before the image can be removed.",
      pattern: /image has snapshots/,
    },
    {
      example: "rbd: snapshot 's1' is protected from removal.",
      pattern: /snapshot '[^'\n]*' is protected from removal/,
    },
    {
      example: 'rbd: unprotecting snap failed: (16) Device or resource busy',
      pattern: /unprotecting snap failed: \(16\)/,
    },
    {
      example: "cannot unprotect: at least 1 child(ren) [107cfe0785d8] in pool 'libvirt-pool'",
      pattern: /cannot unprotect: at least \d+ child/,
    },
    {
      example: "failed to unprotect snapshot 'libvirt-pool/big@s1': No such file or directory",
      pattern: /failed to (?:unprotect|remove) snapshot '[^'\n]+@[^'\n]+'/,
    },
    {
      example: "failed to remove volume 'libvirt-pool/big': No such file or directory",
      pattern: /failed to remove volume '[^'\n]+\/[^'\n]+'/,
    },
  ],
  examineHost: async (patient, complaint) => {
    if (!complaint) return [];
    const located = await complainedImageOn(patient, complaint);
    const fallback = complaint.about ?? { kind: 'host', host: patient.name };
    return located ? examine(located, fallback, complaint, patient.ward) : [];
  },
  examineCluster: async (cluster, ward, complaint) => {
    if (!complaint) return [];
    const located = complainedImageIn(cluster, complaint);
    return located ? examine(located, { kind: 'cluster', cluster: cluster.id }, complaint, ward) : [];
  },
};

async function examine(
  located: LocatedImage,
  fallback: Subject,
  { said }: Complaint,
  ward: Ward,
): Promise<readonly Finding[]> {
  const { sessions } = ward;
  const { client, image } = located;
  const findings = await lookAtImage(client, image, questionWait(ward)).catch((error: unknown) => {
    if (isCephError(error, Errno.ENOENT)) return undefined;
    throw error;
  });
  if (!findings || findings.snapshots.length === 0) return [];
  const { snapshots, clones = [] } = findings;
  const about = subjectOf(located, fallback);
  const [name, where] = whereIs(located);
  const guarded = snapshots.filter((one) => one.protected);
  const isAboutSnapshot = said.includes('protect');
  const blocked = snapshots.some(({ kind }) => kind === 'group') || clones.some(({ isTrashed }) => isTrashed);
  const remove = blocked
    ? []
    : [removeRemedy(t('Delete the Image with All Its Snapshots…'), removalPlaceOf(located, sessions))];
  const small = [
    ...showUsesRemedies(about),
    ...snapshotRemedies(about, guarded.length < userSnapshots(findings).length),
  ];
  return [
    {
      failure: id,
      severity: 'error',
      about,
      others: [fallback],
      title: isAboutSnapshot
        ? t('Snapshots of {0} in {1} are protected, or have clones', name, where)
        : t('{0} in {1} cannot be removed: it has {2} snapshots', name, where, snapshots.length),
      explanation: [
        t(
          'Ceph removes no image that has snapshots. They must be removed first; protected ones unprotected before.',
        ),
        ...(clones.length > 0
          ? [
              t(
                'Clones share data with its snapshots. They must be flattened first, which copies what they share: {0}.',
                clones.map(fullName).join(', '),
              ),
            ]
          : []),
        ...(blocked
          ? [
              t(
                'Some of them no plan can remove: snapshots of a group go with “rbd group snap rm”, clones in the trash must be deleted there or restored.',
              ),
            ]
          : []),
      ],
      evidence: [
        ...snapshots.map((one) =>
          one.protected
            ? t('snapshot {0} ({1}), protected', one.originalName ?? one.name, one.kind)
            : t('snapshot {0} ({1})', one.originalName ?? one.name, one.kind),
        ),
        ...clones.map((clone) =>
          clone.isTrashed ? t('clone {0}, in the trash', fullName(clone)) : t('clone {0}', fullName(clone)),
        ),
        ...(findings.clones
          ? []
          : [t('Whether it has clones in pools that this client may not read is not known.')]),
      ],
      remedies: isAboutSnapshot ? [...small, ...remove] : [...remove, ...small],
    },
  ];
}

function snapshotRemedies(about: Subject, canPurge: boolean): readonly Remedy[] {
  if (about.kind !== 'image' || !canPurge) return [];
  return [
    {
      kind: 'command',
      title: t('Remove Unprotected Snapshots…'),
      command: 'libvirt.image.purgeSnapshots',
      on: about,
    },
  ];
}

function page(): FailurePage {
  return {
    title: t('An RBD image has snapshots'),
    summary: t('An image or volume cannot be removed, as it has snapshots, or clones hang on them.'),
    why: [
      t(
        'Snapshots are part of their image. Ceph removes the image only when there are none left; a protected snapshot must be unprotected, and that is refused while it has clones.',
      ),
      t(
        'When libvirt clones a volume it makes a hidden snapshot called “libvirt-…” of the original, protects it, and makes a copy-on-write clone. libvirt says “No such file or directory” for all of this.',
      ),
    ],
    looks: [
      t(
        'All snapshots of the image, hidden ones too, whether they are protected, and the clones in all pools.',
      ),
    ],
    cures: [
      t(
        'Flatten the clones, remove the snapshots, and delete the image, as one plan; each clone stays whole.',
      ),
      t('Remove only the snapshots that are not protected.'),
    ],
    byHand: [
      'rbd snap ls --all POOL/IMAGE',
      'rbd children --all POOL/IMAGE',
      'rbd flatten POOL/CLONE',
      'rbd snap unprotect POOL/IMAGE@SNAP',
      'rbd snap purge POOL/IMAGE',
      'rbd rm POOL/IMAGE',
    ],
    links: [{ title: 'RBD snapshots', url: 'https://docs.ceph.com/en/latest/rbd/rbd-snapshot/' }],
  };
}
