import { nearest } from '../../base/nearest.ts';
import { t } from '../../base/l10n.ts';
import { replaceValue } from '../../xml/attributeEdits.ts';
import type { XmlAttribute, XmlDocument } from '../../xml/document.ts';
import type { Fix } from '../../xml/fix.ts';
import { attributeNamed } from '../../xml/queries.ts';
import { findingOf, possibleFix } from '../finding.ts';
import type { HostKnowledge } from '../hostKnowledge.ts';
import { oncePer } from '../oncePer.ts';
import type { Finding, Rule } from '../rule.ts';
import { parseImageName } from './imageName.ts';
import { rbdDisksOf, type RbdDisk } from './rbdDisk.ts';
import { poolsOfDisk } from './rbdPools.ts';

/** An RBD image that no pool of the host lists. */
export const rbdImageMissing: Rule = {
  id: 'rbd-image-missing',
  severity: 'warning',
  documentationUrl: 'https://docs.ceph.com/en/latest/rbd/rados-rbd-cmds/#listing-block-device-images',
  explanation: () =>
    t(
      'The domain does not start without the image ("error reading header from ...: No such file or directory"). A pool of libvirt knows the images that were there when it was last refreshed: one that was made since by rbd or by another host appears after a refresh.',
    ),
  check(document, knowledge) {
    if (knowledge?.listedPools === undefined || knowledge.volumes === undefined) return [];
    return rbdDisksOf(document).flatMap((disk): Finding[] => {
      const known = imagesBeside(disk, knowledge);
      const name = attributeNamed(disk.source, 'name');
      const parsed = parseImageName(disk.image);
      if (known === undefined || name?.valueRange === undefined || parsed === undefined) return [];
      if (known.has(parsed.image)) return [];
      return [
        findingOf(
          rbdImageMissing,
          name.valueRange,
          t(
            '{0} has no image {1} in pool {2}: the domain will not start.',
            knowledge.hostName,
            parsed.image,
            parsed.pool,
          ),
          nearest(parsed.image, known)
            .slice(0, 5)
            .map((image) => fixTo(document, name, `${parsed.pool}/${image}`)),
        ),
      ];
    });
  },
};

/** The images of the pools that may hold the disk's; undefined unless all of these are listed. */
function imagesBeside(disk: RbdDisk, knowledge: HostKnowledge): ReadonlySet<string> | undefined {
  const pools = poolsOfDisk(disk, knowledge.rbdPools).map(({ name }) => name);
  const isListed = pools.length > 0 && pools.every((pool) => knowledge.listedPools?.has(pool));
  if (!isListed || parseImageName(disk.image)?.namespace !== undefined) return undefined;
  const [only, ...others] = pools.map((pool) => imagesByPool(knowledge).get(pool) ?? new Set<string>());
  return others.length === 0 ? only : new Set([only, ...others].flatMap((images) => [...(images ?? [])]));
}

const imagesByPool = oncePer(({ volumes }: HostKnowledge): ReadonlyMap<string, ReadonlySet<string>> => {
  const images = new Map<string, Set<string>>();
  for (const { pool, name } of volumes ?? []) {
    const known = images.get(pool);
    if (known === undefined) images.set(pool, new Set([name]));
    else known.add(name);
  }
  return images;
});

function fixTo(document: XmlDocument, name: XmlAttribute, image: string): Fix {
  return possibleFix(t('Use image {0}', image), [replaceValue(document, name, image)]);
}
