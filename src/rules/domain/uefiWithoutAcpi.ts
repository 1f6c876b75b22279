import { t } from '../../base/l10n.ts';
import type { XmlDocument } from '../../xml/document.ts';
import { insertChildren, type TextEdit } from '../../xml/edits.ts';
import { attributeNamed, childNamed } from '../../xml/queries.ts';
import { findingOf, preferredFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { firmwareOf, isPc } from './firmware.ts';
import { type WrittenDomain, writtenDomainsOf } from './writtenDomains.ts';

/** UEFI on a PC whose ACPI is off. */
export const uefiWithoutAcpi: Rule = {
  id: 'uefi-without-acpi',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatdomain.html#hypervisor-features',
  explanation: () =>
    t(
      'UEFI on a PC gives the guest its devices through ACPI, which is off unless <features> has <acpi/>. libvirt refuses the definition ("UEFI requires ACPI on this architecture").',
    ),
  check(document) {
    return writtenDomainsOf(document)
      .filter((domain) => domain.isQemu && isPc(domain))
      .flatMap((domain): Finding[] => {
        const firmware = firmwareOf(domain);
        if (firmware?.isUefi !== true) return [];
        const features = childNamed(domain.element, 'features');
        if (features !== undefined && (features.damaged || childNamed(features, 'acpi') !== undefined))
          return [];
        const { os, loader } = firmware;
        const chosen = attributeNamed(os, 'firmware');
        return [
          findingOf(
            uefiWithoutAcpi,
            chosen?.value === 'efi' ? chosen.range : (loader ?? os).nameRange,
            t('UEFI needs <acpi/> in <features>: libvirt refuses the definition.'),
            [preferredFix(t('Add <acpi/>'), [addFeature(document, domain, 'acpi')])],
          ),
        ];
      });
  },
};

/** Adds an element to `<features>`, with that if need be. */
export function addFeature(
  document: XmlDocument,
  { element }: WrittenDomain,
  name: string,
  attributes: Readonly<Record<string, string>> = {},
): TextEdit {
  const features = childNamed(element, 'features');
  const feature = { name, attributes };
  return features === undefined
    ? insertChildren(document, element, [{ name: 'features', children: [feature] }], { after: ['os'] })
    : insertChildren(document, features, [feature], { after: ['acpi', 'apic', 'pae'] });
}
