import { t } from '../../base/l10n.ts';
import type { XmlElement } from '../../xml/document.ts';
import { childNamed, textOf } from '../../xml/queries.ts';
import { targetOf } from '../disks.ts';
import { devicesNamed, writtenDomainsOf } from '../domain/writtenDomains.ts';
import { findingOf } from '../finding.ts';
import { repetitionsAmong } from '../repetitions.ts';
import type { Finding, Rule } from '../rule.ts';

/** Two disks of one domain with one serial number or World Wide Name. */
export const duplicateDiskSerial: Rule = {
  id: 'duplicate-disk-serial',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms',
  explanation: () =>
    t(
      'The guest finds disks by serial number and WWN (/dev/disk/by-id): of two with the same it shows one, or takes both for paths to one disk. libvirt accepts it. It is fine when multipath in the guest is what you want.',
    ),
  check(document) {
    return writtenDomainsOf(document).flatMap((domain) =>
      ['serial', 'wwn'].flatMap((name) =>
        repetitionsAmong(devicesNamed(domain, 'disk'), (disk) => textOfChild(disk, name)).flatMap(
          ({ item, first, key }) => describe(item, first, name, key),
        ),
      ),
    );
  },
};

function textOfChild(disk: XmlElement, name: string): string | undefined {
  const child = childNamed(disk, name);
  const text = child && textOf(child).trim().toLowerCase();
  return text === '' ? undefined : text;
}

function describe(disk: XmlElement, first: XmlElement, name: string, value: string): Finding[] {
  const child = childNamed(disk, name);
  if (child === undefined) return [];
  const message = t(
    'Disk {0} has the {1} {2} too: the guest cannot tell them apart.',
    targetOf(first) ?? '?',
    name,
    value,
  );
  return [findingOf(duplicateDiskSerial, child.nameRange, message)];
}
