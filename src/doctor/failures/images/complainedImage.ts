import type { RbdImage } from '../../../ceph/rbd.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { imageOfVolume, type LocatedImage } from '../../../hosts/clusters/imageOf.ts';
import { fullName } from '../../../hosts/clusters/imageUser.ts';
import { parseRbdName } from '../../../libvirt/model/storageSource.ts';
import type { Complaint } from '../../complaint.ts';
import type { Patient } from '../../patient.ts';
import type { Subject } from '../../subject.ts';

/** The image that something on a host was said about, and by whom Ceph is best asked for it; undefined: none is named. */
export async function complainedImageOn(
  patient: Patient,
  { about, said }: Pick<Complaint, 'about' | 'said'>,
): Promise<LocatedImage | undefined> {
  if (about && about.kind !== 'volume' && about.kind !== 'pool' && about.kind !== 'host') return undefined;
  const pools = (await patient.pools()).filter(({ model }) => model.type === 'rbd');
  const named = about?.kind === 'volume' ? undefined : namedImage(said);
  const pool = pools.find(({ entry, model }) => {
    if (about?.kind === 'volume') return entry.ref.name === about.pool;
    if (about?.kind === 'pool' && entry.ref.name !== about.name) return false;
    return named !== undefined && (model.sourceName ?? model.name) === placeName(named);
  });
  const name = about?.kind === 'volume' ? about.name : named?.image;
  if (!pool || name === undefined) return undefined;
  const { sourceName, name: poolName } = pool.model;
  const volume = { pool: pool.entry.ref.name, name, key: `${sourceName ?? poolName}/${name}` };
  const clusters = patient.ward.clusters?.of(patient.session) ?? [];
  const located = await imageOfVolume(patient.session, volume, clusters, patient.wait);
  return located && byBestWay(located);
}

/** The same of what was said about an image, a pool of Ceph or a whole cluster. */
export function complainedImageIn(
  cluster: CephCluster,
  { about, said }: Pick<Complaint, 'about' | 'said'>,
): LocatedImage | undefined {
  const image = imageMeant(cluster, about, said);
  if (!image) return undefined;
  const { client, session } = cluster.require();
  return { image, client, cluster, session };
}

function imageMeant(cluster: CephCluster, about: Subject | undefined, said: string): RbdImage | undefined {
  if (!about || !('cluster' in about) || about.cluster !== cluster.id) return undefined;
  if (about.kind === 'image') return about.image;
  const named = namedImage(said);
  return about.kind === 'cluster' || named?.pool === about.pool ? named : undefined;
}

/** The first image that a text names as libvirt does: `failed to remove volume 'pool/image'`. */
export function namedImage(said: string): RbdImage | undefined {
  for (const [, name = ''] of said.matchAll(/'([^'\n@]+\/[^'\n@]+)(?:@[^'\n]*)?'/g)) {
    const image = parseRbdName(name);
    if (image) return image;
  }
  return undefined;
}

/** What libvirt's own user may not ask, the cluster's may. */
function byBestWay(located: LocatedImage): LocatedImage {
  const route = located.cluster?.route;
  return route ? { ...located, client: route.client, session: route.session } : located;
}

/** What findings about it are about: the image, or the volume where its cluster is not known. */
export function subjectOf({ image, cluster }: LocatedImage, fallback: Subject): Subject {
  return cluster ? { kind: 'image', cluster: cluster.id, image } : fallback;
}

function placeName({ pool, namespace }: RbdImage): string {
  return namespace === undefined ? pool : `${pool}/${namespace}`;
}

/** `pool/image` and where, for people. */
export function whereIs({ image, cluster, session }: LocatedImage): readonly [name: string, where: string] {
  return [fullName(image), cluster?.name ?? session.name];
}
