import { t } from '../../base/l10n.ts';
import type { XmlAttribute, XmlDocument } from '../../xml/document.ts';
import { attributeNamed, attributeValue, childNamed } from '../../xml/queries.ts';
import { setAttribute } from '../devices/attributeFixes.ts';
import { findingOf, preferredFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { firmwareOf } from './firmware.ts';
import { addFeature } from './uefiWithoutAcpi.ts';
import { isQ35, type WrittenDomain, writtenDomainsOf } from './writtenDomains.ts';

/** Secure Boot without what it needs. */
export const secureBootRequirements: Rule = {
  id: 'secure-boot-requirements',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatdomain.html#bios-bootloader',
  explanation: () =>
    t(
      'A loader with secure="yes" keeps its variables from the guest by system management mode: it needs the machine q35 and <smm state="on"/> in <features>. libvirt refuses anything else ("Secure boot requires SMM feature enabled", "Secure boot is supported with q35 machine types only").',
    ),
  check(document) {
    return writtenDomainsOf(document)
      .filter(({ isQemu }) => isQemu)
      .flatMap((domain): Finding[] => {
        const loader = firmwareOf(domain)?.loader;
        const secure = loader && attributeNamed(loader, 'secure');
        if (loader === undefined || secure?.value !== 'yes') return [];
        if (attributeValue(loader, 'type') !== 'pflash') return [];
        return [...machineFinding(domain, secure), ...smmFinding(document, domain, secure)];
      });
  },
};

function machineFinding(domain: WrittenDomain, { valueRange, range }: XmlAttribute): Finding[] {
  if (domain.machine === undefined || isQ35(domain)) return [];
  const message = t(
    'Secure Boot needs the machine q35, not {0}: libvirt refuses the definition.',
    domain.machine,
  );
  return [findingOf(secureBootRequirements, valueRange ?? range, message)];
}

function smmFinding(
  document: XmlDocument,
  domain: WrittenDomain,
  { valueRange, range }: XmlAttribute,
): Finding[] {
  const features = childNamed(domain.element, 'features');
  if (features?.damaged === true) return [];
  const smm = features && childNamed(features, 'smm');
  if (smm !== undefined && (attributeValue(smm, 'state') ?? 'on') === 'on') return [];
  const edit =
    smm === undefined
      ? addFeature(document, domain, 'smm', { state: 'on' })
      : setAttribute(document, smm, 'state', 'on');
  return [
    findingOf(
      secureBootRequirements,
      valueRange ?? range,
      t('Secure Boot needs <smm state="on"/> in <features>: libvirt refuses the definition.'),
      [preferredFix(t('Switch SMM on'), [edit])],
    ),
  ];
}
