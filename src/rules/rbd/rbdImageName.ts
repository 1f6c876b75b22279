import { t } from '../../base/l10n.ts';
import { replaceValue } from '../../xml/attributeEdits.ts';
import type { XmlAttribute, XmlDocument } from '../../xml/document.ts';
import type { Fix } from '../../xml/fix.ts';
import { attributeNamed } from '../../xml/queries.ts';
import { choiceOf, findingOf, possibleFix } from '../finding.ts';
import type { HostKnowledge } from '../hostKnowledge.ts';
import type { Finding, Rule } from '../rule.ts';
import { parseImageName } from './imageName.ts';
import { rbdDisksOf } from './rbdDisk.ts';

/** The name of an RBD image in a form that libvirt or QEMU do not find. */
export const rbdImageName: Rule = {
  id: 'rbd-image-name',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms',
  explanation: () =>
    t(
      'The name of an RBD source is the pool in Ceph, a slash and the image; a namespace stands between them. libvirt refuses a name without a pool or with a slash before it, and takes "rbd:" before it as part of the name of the pool, which does not exist.',
    ),
  check(document, knowledge) {
    return rbdDisksOf(document).flatMap(({ source, image }): Finding[] => {
      const name = attributeNamed(source, 'name');
      const isWrong = parseImageName(image) === undefined || image.startsWith('rbd:');
      if (name?.valueRange === undefined || !isWrong) return [];
      const fixes = likelyNames(image, knowledge).map((likely) => fixTo(document, name, likely));
      return [findingOf(rbdImageName, name.valueRange, messageOf(image), choiceOf(fixes))];
    });
  },
};

function messageOf(image: string): string {
  if (image.startsWith('rbd:')) {
    return t('The name of an RBD image has no "rbd:" before it: it is the pool in Ceph, a slash, the image.');
  }
  return image.includes('/')
    ? t('{0} names no RBD image: a name is the pool in Ceph, a slash, the image.', image)
    : t('RBD image {0} is named without its pool: a name is the pool in Ceph, a slash, the image.', image);
}

/** The image in the pools of the host that have it, or else in all of them, when only the pool is missing. */
function likelyNames(image: string, knowledge: HostKnowledge | undefined): readonly string[] {
  const name = image
    .replace(/^rbd:/, '')
    .split('/')
    .filter((part) => part !== '')
    .join('/');
  if (parseImageName(name) !== undefined) return [name];
  if (name === '' || name.includes('/')) return [];
  const inPools = [...new Set(knowledge?.rbdPools.map(({ cephPool }) => `${cephPool}/${name}`))];
  const known = new Set(knowledge?.volumes?.map(({ path }) => path));
  const existing = inPools.filter((path) => known.has(path));
  return existing.length > 0 ? existing : inPools;
}

function fixTo(document: XmlDocument, name: XmlAttribute, image: string): Fix {
  return possibleFix(t('Name it {0}', image), [replaceValue(document, name, image)]);
}
