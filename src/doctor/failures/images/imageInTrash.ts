import { Problem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { isForbidden, isLoginError } from '../../../ceph/cephError.ts';
import { listRbdImages, type RbdImage } from '../../../ceph/rbd.ts';
import { listRbdTrash, type RbdTrashedImage } from '../../../ceph/rbdTrash.ts';
import { imageOfDisk, type LocatedImage } from '../../../hosts/clusters/imageOf.ts';
import { fullName } from '../../../hosts/clusters/imageUser.ts';
import { isActive } from '../../../hosts/inventory/domains.ts';
import { shellHostOf } from '../../../hosts/shellHost.ts';
import { parseRbdName } from '../../../libvirt/model/storageSource.ts';
import { restorePlan } from '../../../operations/images/restorePlan.ts';
import { mapInTurns } from '../../../operations/volumes/mapInTurns.ts';
import type { Failure, FailurePage } from '../../failure.ts';
import type { Finding } from '../../finding.ts';
import type { ExaminedDomain, Patient } from '../../patient.ts';
import type { Subject } from '../../subject.ts';
import { subjectOf } from './complainedImage.ts';

const id = 'image-in-trash';

/** The image of a domain's disk was moved to the trash: it runs on, and does not start again. */
export const imageInTrashFailure: Failure = {
  id,
  page,
  symptoms: [
    {
      example: 'error reading header from web1: No such file or directory',
      pattern: /error reading header from [^\n]+: No such file or directory/,
    },
  ],
  examineHost: async (patient, complaint) => {
    const { about } = complaint ?? {};
    const domains = (await patient.domains()).filter(
      ({ entry }) => about?.kind !== 'domain' || entry.ref.uuid === about.uuid,
    );
    const byPlace = groupByPlace(domains);
    const found = await mapInTurns([...byPlace.values()], 1, (disks) => inTrash(patient, disks));
    return found.flat();
  },
};

interface NamedDisk {
  readonly domain: ExaminedDomain;
  readonly disk: ExaminedDomain['model']['disks'][number];
  readonly image: RbdImage;
}

/** The disks on RBD by the pool, or the namespace, that their images are in, and by their login. */
function groupByPlace(domains: readonly ExaminedDomain[]): ReadonlyMap<string, readonly NamedDisk[]> {
  const places = new Map<string, NamedDisk[]>();
  for (const domain of domains)
    for (const disk of domain.model.disks) {
      const { source } = disk;
      const image =
        source?.type === 'network' && source.protocol === 'rbd' ? parseRbdName(source.name) : undefined;
      if (!image || source?.type !== 'network') continue;
      const key = JSON.stringify([image.pool, image.namespace, source.hosts, source.auth]);
      places.set(key, [...(places.get(key) ?? []), { domain, disk, image }]);
    }
  return places;
}

/** Two programs for a pool, however many disks are on it. */
async function inTrash(patient: Patient, disks: readonly NamedDisk[]): Promise<readonly Finding[]> {
  const [first] = disks;
  if (!first?.disk.source) return [];
  const { session, wait } = patient;
  const clusters = patient.ward.clusters?.of(session) ?? [];
  const located = await imageOfDisk(session, first.disk.source, clusters, wait).catch((error: unknown) => {
    // Who cannot log in has a failure of its own.
    if (wait.signal?.aborted === true || !(error instanceof Problem)) throw error;
    return undefined;
  });
  if (!located) return [];
  const route = located.cluster?.route;
  const best = route ? { ...located, client: route.client, session: route.session } : located;
  try {
    const trash = await listRbdTrash(best.client, first.image, wait);
    if (trash.length === 0) return [];
    const names = new Set(await listRbdImages(best.client, first.image, wait));
    return disks.flatMap(({ domain, disk, image }) => {
      if (names.has(image.image)) return [];
      const trashed = trash
        .filter(({ name, source }) => name === image.image && source !== 'removing')
        .at(-1);
      return trashed
        ? [finding({ patient, domain, target: disk.target, located: { ...best, image }, trashed })]
        : [];
    });
  } catch (error) {
    if (isForbidden(error) || isLoginError(error)) return [];
    throw error;
  }
}

interface Trashed {
  readonly patient: Patient;
  readonly domain: ExaminedDomain;
  readonly target: string;
  readonly located: LocatedImage;
  readonly trashed: RbdTrashedImage;
}

function finding({ patient, domain: { entry }, target, located, trashed }: Trashed): Finding {
  const { name, uuid } = entry.ref;
  const { image, client, session, cluster } = located;
  const runs = isActive(entry);
  const domainSubject: Subject = { kind: 'domain', host: patient.name, name, uuid };
  return {
    failure: id,
    severity: 'error',
    about: subjectOf(located, domainSubject),
    others: [domainSubject],
    title: runs
      ? t('{0} on {1} runs from an image that is in the trash: {2}', name, patient.name, fullName(image))
      : t('{0} on {1} does not start: its image {2} is in the trash', name, patient.name, fullName(image)),
    explanation: [
      runs
        ? t(
            'It goes on until it is stopped, and does not start again then. When the trash is emptied, its data is lost.',
          )
        : t('Until the image is restored there is none of that name.'),
      t(
        'Ceph moves an image to the trash even while it is open. Restored, it has its name again; nothing of it has changed.',
      ),
    ],
    evidence: [
      t('disk {0}: {1}', target, fullName(image)),
      t('in the trash as {0}, since {1}', trashed.id, trashed.deletedAt),
    ],
    remedies: [
      {
        kind: 'plan',
        title: t('Restore {0} from the Trash…', fullName(image)),
        plan: () =>
          Promise.resolve(
            restorePlan({
              image,
              trashed: trashed.id,
              client,
              shell: shellHostOf(session),
              changed: () => cluster?.imagesChanged(image, [image.image]),
            }),
          ),
      },
    ],
  };
}

function page(): FailurePage {
  return {
    title: t('The image of a domain is in the trash'),
    summary: t(
      'A domain runs from an RBD image that was moved to the trash, or does not start for that reason.',
    ),
    why: [
      t(
        'The trash of RBD takes every image, whether it is open or not, and says nothing. The domain goes on; its next start fails with “error reading header from …: No such file or directory”.',
      ),
    ],
    looks: [
      t(
        'The trash and the names of the images of each pool that disks of the host are in: two programs for a pool.',
      ),
    ],
    cures: [t('Restore the image under its name.')],
    byHand: ['rbd trash ls --all --long POOL', 'rbd trash restore --pool POOL --image-id ID'],
    links: [{ title: 'rbd trash', url: 'https://docs.ceph.com/en/latest/man/8/rbd/' }],
  };
}
