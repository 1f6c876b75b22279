import { t } from '../../../../base/l10n.ts';
import { isForbidden } from '../../../../ceph/cephError.ts';
import { listRbdImages, type RbdImage } from '../../../../ceph/rbd.ts';
import { listRbdNamespaces } from '../../../../ceph/rbdNamespaces.ts';
import { fullName } from '../../../../hosts/clusters/imageUser.ts';
import type { Choice } from '../../../prompts/askPick.ts';
import type { Ask } from '../../../prompts/wizard.ts';
import type { ConnectSite } from '../../clusters/connectPool/connectSite.ts';

/** Asks for an image, of any pool of the cluster that has images. */
export async function askImage(ask: Ask, site: ConnectSite): Promise<RbdImage> {
  const pool = await ask.pick({
    placeholder: t('In which Ceph pool is the image?'),
    choices: async () => {
      const pools = await site.pools();
      return pools
        .filter(({ applications, type }) => type === 'replicated' && applications.includes('rbd'))
        .map(({ name }) => ({ label: name, value: name }));
    },
  });
  return ask.pick({
    placeholder: t('Which image of {0}?', pool),
    choices: () => imagesOf(site, pool),
  });
}

/** Also those in namespaces, under their names there. */
async function imagesOf({ cluster }: ConnectSite, pool: string): Promise<readonly Choice<RbdImage>[]> {
  const { client } = cluster;
  const namespaces = await listRbdNamespaces(client, pool).catch((error: unknown) => {
    if (isForbidden(error)) return [];
    throw error;
  });
  const places = [undefined, ...namespaces].map((namespace) => ({ pool, namespace }));
  const lists = await Promise.all(
    places.map(async (place) =>
      (await listRbdImages(client, place)).map((image): Choice<RbdImage> => {
        const value = { ...place, image };
        return { label: image, description: fullName(value), value };
      }),
    ),
  );
  return lists.flat();
}
