import { nearest } from '../../base/nearest.ts';
import { t } from '../../base/l10n.ts';
import { replaceValue } from '../../xml/attributeEdits.ts';
import type { TextRange, XmlAttribute, XmlDocument } from '../../xml/document.ts';
import type { Fix } from '../../xml/fix.ts';
import { attributeNamed } from '../../xml/queries.ts';
import { findingOf, possibleFix } from '../finding.ts';
import type { HostKnowledge } from '../hostKnowledge.ts';
import { oncePer } from '../oncePer.ts';
import type { Rule } from '../rule.ts';
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
    const missing = rbdDisksOf(document).flatMap((disk) => missingImage(disk, knowledge));
    return missing.map(({ name, range, pool, image, others }) => {
      const meant = missing.length > mostMisspelt ? [] : nearest(image, others).slice(0, 5);
      return findingOf(
        rbdImageMissing,
        range,
        t('{0} has no image {1} in pool {2}: the domain will not start.', knowledge.hostName, image, pool),
        meant.map((other) => fixTo(document, name, `${pool}/${other}`)),
      );
    });
  },
};

/** More images than this are not misspelt but elsewhere: looking for similar names would only take time. */
const mostMisspelt = 8;

interface MissingImage {
  readonly name: XmlAttribute;
  readonly range: TextRange;
  readonly pool: string;
  readonly image: string;
  /** The images that the pool has. */
  readonly others: ReadonlySet<string>;
}

function missingImage(disk: RbdDisk, knowledge: HostKnowledge): MissingImage[] {
  const others = imagesBeside(disk, knowledge);
  const name = attributeNamed(disk.source, 'name');
  const parsed = parseImageName(disk.image);
  if (others === undefined || name?.valueRange === undefined || parsed === undefined) return [];
  const { pool, image } = parsed;
  return others.has(image) ? [] : [{ name, range: name.valueRange, pool, image, others }];
}

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
