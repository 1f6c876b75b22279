import { t } from '../../base/l10n.ts';
import { replaceValue } from '../../xml/attributeEdits.ts';
import type { XmlDocument, XmlElement } from '../../xml/document.ts';
import { attributeNamed, childNamed } from '../../xml/queries.ts';
import { targetOf } from '../disks.ts';
import { devicesNamed, writtenDomainsOf } from '../domain/writtenDomains.ts';
import { findingOf, preferredFix } from '../finding.ts';
import { repetitionsAmong } from '../repetitions.ts';
import type { Finding, Rule } from '../rule.ts';
import { freeTarget } from './diskNames.ts';

/** Two disks of one domain with one name. */
export const duplicateDiskTarget: Rule = {
  id: 'duplicate-disk-target',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms',
  explanation: () =>
    t(
      'libvirt knows a disk of a domain by the dev of its <target>, whatever its bus is. It refuses a definition in which two disks have the same: "target vda duplicated for disk sources".',
    ),
  check(document) {
    return writtenDomainsOf(document)
      .filter(({ isQemu }) => isQemu)
      .flatMap((domain) => {
        const disks = devicesNamed(domain, 'disk');
        return repetitionsAmong(disks, targetOf).flatMap(({ item, key }) =>
          describe(document, item, key, disks),
        );
      });
  },
};

function describe(
  document: XmlDocument,
  disk: XmlElement,
  name: string,
  disks: readonly XmlElement[],
): Finding[] {
  const target = childNamed(disk, 'target');
  const attribute = target && attributeNamed(target, 'dev');
  if (attribute === undefined) return [];
  const prefix = /^(?:vd|hd|fd|sd|xvd|ubd)(?=[a-z]+$)/.exec(name)?.[0];
  const free = prefix === undefined ? undefined : freeTarget(prefix, disks);
  return [
    findingOf(
      duplicateDiskTarget,
      attribute.valueRange ?? attribute.range,
      t('Another disk of the domain is {0} already: libvirt refuses the definition.', name),
      free === undefined
        ? []
        : [preferredFix(t('Call it {0}', free), [replaceValue(document, attribute, free)])],
    ),
  ];
}
