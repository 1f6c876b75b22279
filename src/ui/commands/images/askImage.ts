import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { listRbdNamespaces } from '../../../ceph/rbdNamespaces.ts';
import type { RbdImage, RbdPlace } from '../../../ceph/rbd.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { freeImageName, refuseImageName } from '../../../operations/images/imageNames.ts';
import type { Choice } from '../../prompts/askPick.ts';
import type { Ask } from '../../prompts/wizard.ts';

/** `pool` or `pool/namespace`, as people write it. */
export function placeName({ pool, namespace }: RbdPlace): string {
  return namespace === undefined ? pool : `${pool}/${namespace}`;
}

/** Where images of a cluster can be made, read once for a wizard. */
export class ImagePlaces {
  readonly #cluster: CephCluster;
  #places: Promise<readonly RbdPlace[]> | undefined;
  readonly #taken = new Map<string, Promise<ReadonlySet<string>>>();

  constructor(cluster: CephCluster) {
    this.#cluster = cluster;
  }

  /** The pools for RBD and the namespaces in them. */
  all(): Promise<readonly RbdPlace[]> {
    return (this.#places ??= this.#read());
  }

  /** The names of images there; none where they cannot be listed: Ceph refuses what is there already. */
  taken(place: RbdPlace): Promise<ReadonlySet<string>> {
    const key = placeName(place);
    const known = this.#taken.get(key);
    if (known) return known;
    const reading = this.#cluster
      .images(place)
      .get()
      .then(
        (names) => new Set(names),
        () => new Set<string>(),
      );
    this.#taken.set(key, reading);
    return reading;
  }

  async #read(): Promise<readonly RbdPlace[]> {
    const pools = (await this.#cluster.pools.get()).filter(
      ({ applications, type }) => type === 'replicated' && applications.includes('rbd'),
    );
    const places = await Promise.all(
      pools.map(async ({ name }) => {
        // A client may see some pools alone.
        const namespaces = await this.#cluster
          .ask((client) => listRbdNamespaces(client, name))
          .catch(() => []);
        return [undefined, ...namespaces].map((namespace) => ({ pool: name, namespace }));
      }),
    );
    return places.flat();
  }
}

/** Where the new image shall be; asked only where there is a choice. */
export async function askPlace(
  ask: Ask,
  places: ImagePlaces,
  own: RbdPlace,
  options: { readonly refusal?: (place: RbdPlace) => string | undefined } = {},
): Promise<RbdPlace> {
  const isOwn = (place: RbdPlace): boolean => placeName(place) === placeName(own);
  const all = await places.all();
  const others = all.filter((place) => !isOwn(place));
  if (others.length === 0) return own;
  const choices = [own, ...others].map((place): Choice<RbdPlace> => {
    const refusal = options.refusal?.(place);
    return {
      label: placeName(place),
      description: isOwn(place) ? t('where it is now') : refusal,
      isUnavailable: refusal !== undefined,
      value: place,
    };
  });
  return ask.pick<RbdPlace>({
    placeholder: t('Into which Ceph pool or namespace?'),
    choices,
    preselected: isOwn,
  });
}

/** The name of a new image. @param proposed made unlike those that are there */
export async function askImageName(
  ask: Ask,
  places: ImagePlaces,
  place: RbdPlace,
  { proposed, remark }: { readonly proposed: string; readonly remark?: string | undefined },
): Promise<RbdImage> {
  const taken = await places.taken(place);
  const image = await ask.text({
    prompt: sentences(t('The name of the new image in {0}.', placeName(place)), remark),
    value: proposed === '' ? '' : freeImageName(proposed, taken),
    refusal: (name) => refuseImageName(name, taken),
  });
  return { ...place, image };
}
