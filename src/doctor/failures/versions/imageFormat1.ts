import { t } from '../../../base/l10n.ts';
import { isCephError, isForbidden } from '../../../ceph/cephError.ts';
import type { CephClient } from '../../../ceph/cephAccess.ts';
import { listClusterSettings, type ClusterSetting } from '../../../ceph/clusterConfig.ts';
import type { RbdImage, RbdPlace } from '../../../ceph/rbd.ts';
import { listRbdDetails } from '../../../ceph/rbdList.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { fullName } from '../../../hosts/clusters/imageUser.ts';
import { poolsOverCluster } from '../../../hosts/clusters/poolsOver.ts';
import { shellHostOf } from '../../../hosts/shellHost.ts';
import { parseRbdName } from '../../../libvirt/model/storageSource.ts';
import { removeSettingsPlan } from '../../../operations/cephSettings/removeSettingsPlan.ts';
import { migrateFormatPlan } from '../../../operations/images/migrateFormatPlan.ts';
import type { Failure, FailurePage } from '../../failure.ts';
import type { Finding, Remedy } from '../../finding.ts';
import type { Patient, Ward } from '../../patient.ts';
import { questionWait } from '../../questionWait.ts';

const id = 'image-format-1';

/** Images of the old format, which new releases of Ceph do not make any more and cannot do much with. */
export const imageFormat1Failure: Failure = {
  id,
  page,
  symptoms: [
    {
      example: 'librbd: Format 1 image creation unsupported.',
      pattern: /Format 1 image creation unsupported/,
    },
    { example: 'rbd: image format 1 is deprecated', pattern: /image format 1 is deprecated/ },
    {
      example: 'librbd::Operations: old-format images do not support features',
      pattern: /old-format images do not support features/,
    },
    { example: 'librbd::Operations: image must support layering', pattern: /image must support layering/ },
    { example: 'parent image must be in new format', pattern: /parent image must be in new format/ },
    {
      example: 'format 1 images do not support feature masks or non-default striping',
      pattern: /format 1 images do not support/,
    },
  ],
  examineHost: async (patient, complaint) => {
    const setting = await defaultFormatOn(patient);
    return setting === '1' || (complaint && setting !== undefined && setting !== '2')
      ? [oldDefault(patient)]
      : [];
  },
  examineCluster: async (cluster, ward) => {
    const wait = questionWait(ward);
    const [settings, images] = await Promise.all([
      cluster.ask((client) => listClusterSettings(client, wait)).catch(ifForbidden([])),
      oldImages(cluster, ward),
    ]);
    const defaults = settings.filter(({ name, value }) => name === 'rbd_default_format' && value === '1');
    return [
      ...(images.length > 0 ? [oldImagesFinding(cluster, images)] : []),
      ...(defaults.length > 0 && images.length === 0 ? [oldDefaultOfCluster(cluster, defaults)] : []),
    ];
  },
};

function ifForbidden<T>(instead: T): (error: unknown) => T {
  return (error) => {
    if (isForbidden(error)) return instead;
    throw error;
  };
}

/** What ceph.conf of the host says; undefined where it says nothing. */
async function defaultFormatOn({ host, wait }: Patient): Promise<string | undefined> {
  const command = ['ceph-conf', '-s', 'client', '--lookup', 'rbd_default_format'] as const;
  const { exitCode, stdout } = await host.transport.exec(command, wait);
  return exitCode === 0 ? stdout.toString().trim() : undefined;
}

function oldDefault({ name }: Patient): Finding {
  return {
    failure: id,
    severity: 'warning',
    about: { kind: 'host', host: name },
    title: t('ceph.conf on {0} asks for new images of format 1', name),
    explanation: [oldDefaultWords()],
    evidence: ['rbd_default_format = 1'],
    remedies: [],
  };
}

function oldDefaultOfCluster(cluster: CephCluster, settings: readonly ClusterSetting[]): Finding {
  const { client, session } = cluster.require();
  const title = t('Let new images of {0} have format 2', cluster.name);
  return {
    failure: id,
    severity: 'warning',
    about: { kind: 'cluster', cluster: cluster.id },
    title: t('The cluster {0} asks for new images of format 1', cluster.name),
    explanation: [oldDefaultWords()],
    evidence: settings.map(({ who, name, value }) => `${who} ${name} = ${value}`),
    remedies: [
      {
        kind: 'plan',
        title: t('Remove the Setting…'),
        plan: () =>
          Promise.resolve(removeSettingsPlan(title, { client, shell: shellHostOf(session) }, settings)),
      },
    ],
  };
}

function oldDefaultWords(): string {
  return t(
    'Since Ceph 14 librbd makes no images of format 1: with this setting, every “rbd create” fails with “Format 1 image creation unsupported”. Remove “rbd default format = 1”.',
  );
}

/** Of larger pools not all images are looked at: Ceph opens every one of them. */
const mostImages = 500;

/** The images of format 1 in the pools that storage pools and domains of the hosts lie over. */
async function oldImages(cluster: CephCluster, ward: Ward): Promise<readonly RbdImage[]> {
  const { sessions } = ward;
  const pools = await poolsOverCluster(cluster, sessions);
  const places = new Map<string, RbdPlace>();
  for (const { pool } of pools) {
    const place = parseRbdName(`${pool.cephPool}/x`);
    if (place) places.set(pool.cephPool, place);
  }
  const found: RbdImage[] = [];
  for (const { pool, namespace } of places.values()) {
    const place = { pool, namespace };
    const names = await cluster.images(place).read().catch(ifForbidden([]));
    if (names.length === 0 || names.length > mostImages) continue;
    const details = await cluster
      .ask((client) => listRbdDetails(client, place, questionWait(ward)))
      .catch((error: unknown) => {
        // Pools that are gone, and images that cannot be opened, have failures of their own.
        if (isCephError(error, 2) || isForbidden(error)) return undefined;
        throw error;
      });
    for (const { name, format } of details?.values() ?? [])
      if (format === 1) found.push({ ...place, image: name });
  }
  return found;
}

/** So many images get a remedy each, and so many are named. */
const mostRemedies = 5;
const mostNamed = 30;

function oldImagesFinding(cluster: CephCluster, images: readonly RbdImage[]): Finding {
  const { client, session } = cluster.require();
  const others = images
    .slice(0, mostNamed)
    .map((image) => ({ kind: 'image' as const, cluster: cluster.id, image }));
  return {
    failure: id,
    severity: 'warning',
    about: { kind: 'cluster', cluster: cluster.id },
    others,
    title: t('{0} images in {1} are of format 1', images.length, cluster.name),
    explanation: [
      t(
        'They can be read and written, but not cloned, locked, mirrored or given features, and new librbd makes none. Each can be made one of format 2 under its name.',
      ),
    ],
    evidence: [
      ...images.slice(0, mostNamed).map(fullName),
      ...(images.length > mostNamed ? [t('… and {0} more', images.length - mostNamed)] : []),
    ],
    remedies: images.slice(0, mostRemedies).map((image) => migrateRemedy(cluster, client, image, session)),
  };
}

function migrateRemedy(
  cluster: CephCluster,
  client: CephClient,
  image: RbdImage,
  session: Parameters<typeof shellHostOf>[0],
): Remedy {
  return {
    kind: 'plan',
    title: t('Make {0} an Image of Format 2…', fullName(image)),
    plan: () =>
      Promise.resolve(
        migrateFormatPlan({
          image,
          client,
          shell: shellHostOf(session),
          changed: () => {
            cluster.imagesChanged(image, [image.image]);
          },
        }),
      ),
  };
}

function page(): FailurePage {
  return {
    title: t('RBD images of the old format'),
    summary: t('Images of format 1 cannot be cloned or given features, and cannot be made any more.'),
    why: [
      t(
        'Format 1 was the first format of RBD images. It has no clones, no features and no namespaces. It is deprecated since Jewel (10), and since Nautilus (14) librbd makes no such images.',
      ),
      t(
        'The other way round, clients before Bobtail (0.56) cannot open images of format 2, and some later ones not those with all features: “rbd_default_features = 1” makes images that they can open.',
      ),
    ],
    looks: [
      t('The formats of all images in pools of up to 500 images over which the hosts have storage pools.'),
      t('rbd_default_format in ceph.conf of the host, and in the configuration of the monitors.'),
    ],
    cures: [
      t(
        'Make an image one of format 2 under its name, by Ceph’s live migration; it can be taken back until the end.',
      ),
    ],
    byHand: [
      'rbd ls -l POOL',
      'rbd migration prepare --pool POOL --image IMAGE --dest-pool POOL --dest IMAGE',
      'rbd migration execute POOL/IMAGE',
      'rbd migration commit POOL/IMAGE',
    ],
    links: [
      { title: 'RBD live migration', url: 'https://docs.ceph.com/en/latest/rbd/rbd-live-migration/' },
      { title: 'rbd: image format', url: 'https://docs.ceph.com/en/latest/man/8/rbd/' },
    ],
  };
}
