import { t } from '../../base/l10n.ts';
import type { XmlDocument, XmlElement } from '../../xml/document.ts';
import { removal } from '../../xml/fixes/removal.ts';
import type { Fix } from '../../xml/fix.ts';
import { childNamed } from '../../xml/queries.ts';
import { devicesNamed, type WrittenDomain } from '../domain/writtenDomains.ts';
import { preferredFix } from '../finding.ts';
import { setAttribute } from './attributeFixes.ts';
import { freeTarget } from './diskNames.ts';

/** Puts a disk on SATA, which every machine for PCs can have, with a name that goes with it. */
export function moveToSata(document: XmlDocument, domain: WrittenDomain, disk: XmlElement): readonly Fix[] {
  const target = childNamed(disk, 'target');
  if (target === undefined) return [];
  const name = freeTarget('sd', devicesNamed(domain, 'disk'));
  const address = childNamed(disk, 'address');
  const edits = [
    setAttribute(document, target, 'dev', name),
    setAttribute(document, target, 'bus', 'sata'),
    ...(address === undefined ? [] : [removal(document.text, address.range)]),
  ];
  return [preferredFix(t('Put it on SATA as {0}', name), edits)];
}
