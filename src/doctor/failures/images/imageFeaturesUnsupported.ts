import { t } from '../../../base/l10n.ts';
import { Errno, isCephError, isForbidden } from '../../../ceph/cephError.ts';
import { getRbdDetails } from '../../../ceph/rbdDetails.ts';
import { rbdFeatures } from '../../../ceph/rbdFeatures.ts';
import { imageOfDisk, type LocatedImage } from '../../../hosts/clusters/imageOf.ts';
import { fullName } from '../../../hosts/clusters/imageUser.ts';
import { needsInWords } from '../../../operations/images/features/featureChange.ts';
import type { Complaint } from '../../complaint.ts';
import type { Failure, FailurePage } from '../../failure.ts';
import type { Finding } from '../../finding.ts';
import type { Patient, Ward } from '../../patient.ts';
import type { Subject } from '../../subject.ts';
import { complainedImageIn, complainedImageOn, subjectOf, whereIs } from './complainedImage.ts';
import { imagesNamedIn, unsupportedFeaturesIn } from './featureMasks.ts';
import { questionWait } from '../../questionWait.ts';
import { featuresRemedy, removableFeatures } from './featuresRemedy.ts';

const id = 'image-features-unsupported';

/** A client does not know a feature of an image, and does not open it. */
export const imageFeaturesUnsupportedFailure: Failure = {
  id,
  page,
  symptoms: [
    {
      example: 'rbd: image vol0: image uses unsupported features: 0x38',
      pattern: /image uses unsupported features: (?:0x[0-9a-f]+|\d+)/i,
    },
    {
      example:
        'RBD image feature set mismatch. You can disable features unsupported by the kernel with "rbd feature disable foo/y object-map fast-diff deep-flatten".',
      pattern: /RBD image feature set mismatch/,
    },
    {
      example: 'error reading header from vm-boot: Function not implemented',
      pattern: /error reading header from [^\n]+: (?:Function not implemented|Operation not supported)/,
    },
    {
      example: "failed to open the RBD image 'vm-boot': Function not implemented",
      pattern: /failed to open the RBD image '[^'\n]+': (?:Function not implemented|Operation not supported)/,
    },
  ],
  examineHost: async (patient, complaint) => {
    if (!complaint) return [];
    const located = await imagesComplainedOf(patient, complaint);
    const fallback = complaint.about ?? { kind: 'host', host: patient.name };
    const kernel = await kernelOf(patient);
    const found = await Promise.all(
      located.map((one) => examine(one, { fallback, complaint, kernel, ward: patient.ward })),
    );
    return found.flat();
  },
  examineCluster: async (cluster, ward, complaint) => {
    const located = complaint && complainedImageIn(cluster, complaint);
    const fallback: Subject = { kind: 'cluster', cluster: cluster.id };
    return located ? examine(located, { fallback, complaint, kernel: undefined, ward }) : [];
  },
};

/** So many images with the same name are looked at. */
const most = 5;

async function imagesComplainedOf(patient: Patient, complaint: Complaint): Promise<readonly LocatedImage[]> {
  const one = await complainedImageOn(patient, complaint);
  if (one) return [one];
  const { about, said } = complaint;
  const names = imagesNamedIn(said);
  const clusters = patient.ward.clusters?.of(patient.session) ?? [];
  const sources = (await patient.domains())
    .filter(({ entry }) => about?.kind !== 'domain' || entry.ref.uuid === about.uuid)
    .flatMap(({ model }) => model.disks)
    .flatMap(({ source }) => (source?.type === 'network' && source.protocol === 'rbd' ? [source] : []))
    .filter(({ name }) => names.includes(name.split('/').at(-1) ?? ''));
  const found = new Map<string, LocatedImage>();
  for (const source of sources.slice(0, most)) {
    const located = await imageOfDisk(patient.session, source, clusters, patient.wait);
    const route = located?.cluster?.route;
    if (located)
      found.set(
        fullName(located.image),
        route ? { ...located, client: route.client, session: route.session } : located,
      );
  }
  return [...found.values()];
}

async function kernelOf({ host, wait }: Patient): Promise<string | undefined> {
  const { exitCode, stdout } = await host.transport.exec(['uname', '-r'], wait);
  return exitCode === 0 ? stdout.toString().trim() : undefined;
}

interface Circumstances {
  readonly fallback: Subject;
  readonly complaint: Complaint;
  readonly kernel: string | undefined;
  readonly ward: Ward;
}

async function examine(
  located: LocatedImage,
  { fallback, complaint, kernel, ward }: Circumstances,
): Promise<readonly Finding[]> {
  const { client, image } = located;
  const details = await getRbdDetails(client, image, questionWait(ward)).catch((error: unknown) => {
    if (isCephError(error, Errno.ENOENT) || isForbidden(error)) return undefined;
    throw error;
  });
  if (!details) return [];
  const isKernel = /rbd: image |feature set mismatch/.test(complaint.said);
  const said = unsupportedFeaturesIn(complaint.said);
  const unknown = said.length > 0 || !isKernel ? said : newerThan(kernel, details.features);
  const present = unknown.filter((name) => details.features.includes(name));
  if (unknown.length > 0 && present.length === 0) return [];
  const removable = removableFeatures(details, present);
  const about = subjectOf(located, fallback);
  const [name, where] = whereIs(located);
  return [
    {
      failure: id,
      severity: present.length > 0 ? 'error' : 'information',
      about,
      others: [fallback],
      title:
        present.length > 0
          ? t('{0} in {1} has features that the client does not know: {2}', name, where, present.join(', '))
          : t('{0} in {1} may have features that the client does not know', name, where),
      explanation: [
        isKernel
          ? t(
              'The kernel of the host maps images (“rbd map”), and knows fewer features than librbd, by which QEMU opens them.',
            )
          : t(
              'The librbd of the program that failed is older than these features. A domain uses the librbd that it was started with.',
            ),
        t('An image with the features that it has now {0}.', needsInWords(details.features)),
        t(
          'New images get the features that “rbd_default_features” says to whoever makes them; 1 is layering alone, which every client knows.',
        ),
      ],
      evidence: [
        t('features: {0}', details.features.join(', ')),
        ...(present.length > 0 ? [t('not known to the client: {0}', present.join(', '))] : []),
        ...(isKernel && kernel !== undefined ? [t('kernel: {0}', kernel)] : []),
      ],
      remedies: [
        ...(removable.length > 0 ? [featuresRemedy(located, details, removable)] : []),
        ...(about.kind === 'image'
          ? [
              {
                kind: 'command' as const,
                title: t('Change Features…'),
                command: 'libvirt.image.changeFeatures',
                on: about,
              },
            ]
          : []),
      ],
    },
  ];
}

/** The features that `rbd map` of this kernel does not know. */
export function newerThan(kernel: string | undefined, features: readonly string[]): readonly string[] {
  const version = /^\d+\.\d+/.exec(kernel ?? '')?.[0];
  if (version === undefined) return [];
  return rbdFeatures
    .filter(
      (feature) =>
        features.includes(feature.name) &&
        (feature.kernel === undefined || feature.kernel.localeCompare(version, 'en', { numeric: true }) > 0),
    )
    .map(({ name }) => name);
}

function page(): FailurePage {
  return {
    title: t('An RBD image has features that a client does not know'),
    summary: t('“image uses unsupported features: 0x38”: an image cannot be opened, mapped or attached.'),
    why: [
      t(
        'Images made today have features such as exclusive-lock, object-map, fast-diff and deep-flatten. A client that does not know one of them refuses the image and says which, as a number: each feature is a bit of it.',
      ),
      t(
        '1 layering, 2 striping, 4 exclusive-lock, 8 object-map, 16 fast-diff, 32 deep-flatten, 64 journaling, 128 data-pool: 0x38 is 56, object-map, fast-diff and deep-flatten.',
      ),
    ],
    looks: [
      t(
        'The features of the image, and those that the client names. Where the kernel names none: its version.',
      ),
    ],
    cures: [
      t(
        'Switch off the features that the client does not know; undo switches them on again, but never deep-flatten.',
      ),
      t('A newer client. A domain must be shut down and started again to use it.'),
    ],
    byHand: [
      'rbd info POOL/IMAGE',
      'rbd feature disable POOL/IMAGE deep-flatten fast-diff object-map',
      'ceph config set client rbd_default_features 1',
    ],
    links: [{ title: 'RBD image features', url: 'https://docs.ceph.com/en/latest/rbd/rbd-config-ref/' }],
    limits: t(
      'Tested with recorded output: the machines of the tests have no kernel that maps images, and no librbd that is old enough. The plan is tested against a real cluster.',
    ),
  };
}
