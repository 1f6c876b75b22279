import { t } from '../../base/l10n.ts';
import type { XmlDocument, XmlElement } from '../../xml/document.ts';
import { insertChildren } from '../../xml/edits.ts';
import { removeElement } from '../../xml/elementEdits.ts';
import { childElements, childNamed } from '../../xml/queries.ts';
import type { NewElement } from '../../xml/writer.ts';
import { disksOf } from '../disks.ts';
import { findingOf, possibleFix, preferredFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';

/** The first libvirt that reads an <auth> in the <source> of a disk: 3.9.0. */
const firstWithAuthInSource = 3_009_000;

/** An <auth> of a disk in two places, or where the libvirt of the host does not look. */
export const authPlace: Rule = {
  id: 'auth-place',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms',
  explanation: () =>
    t(
      '<auth> stands in <disk> or, since libvirt 3.9.0, in <source>. An older libvirt does not see it there and starts the disk without credentials; in both places at once, every libvirt refuses the definition. In <disk> it works with all versions.',
    ),
  check(document, knowledge) {
    return disksOf(document).flatMap((disk): Finding[] => {
      const source = childNamed(disk, 'source');
      const [outer, inner] = [childNamed(disk, 'auth'), source && childNamed(source, 'auth')];
      if (inner === undefined) return [];
      if (outer !== undefined) return [inBoth(document, outer, inner)];
      const version = knowledge?.libvirtVersion ?? firstWithAuthInSource;
      return version < firstWithAuthInSource ? [tooEarly(document, disk, inner)] : [];
    });
  },
};

function inBoth(document: XmlDocument, outer: XmlElement, inner: XmlElement): Finding {
  const message = t('The disk has an <auth> of its own and one in <source>: libvirt refuses both.');
  return {
    ...findingOf(authPlace, inner.nameRange, message, [
      possibleFix(t('Remove the <auth> in <source>'), [removeElement(document, inner)]),
      possibleFix(t('Remove the <auth> in <disk>'), [removeElement(document, outer)]),
    ]),
    severity: 'error',
  };
}

function tooEarly(document: XmlDocument, disk: XmlElement, inner: XmlElement): Finding {
  const message = t('The libvirt of the host is older than 3.9.0 and does not look for <auth> in <source>.');
  const moved = insertChildren(document, disk, [asNew(inner)], { before: ['source'] });
  return findingOf(authPlace, inner.nameRange, message, [
    preferredFix(t('Move it before <source>'), [moved, removeElement(document, inner)]),
  ]);
}

function asNew(element: XmlElement): NewElement {
  return {
    name: element.name,
    attributes: Object.fromEntries(element.attributes.map(({ name, value }) => [name, value])),
    children: childElements(element).map(asNew),
  };
}
