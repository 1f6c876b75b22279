import { t } from '../../base/l10n.ts';
import { nearest } from '../../base/nearest.ts';
import { replaceValue } from '../../xml/attributeEdits.ts';
import type { XmlAttribute, XmlElement } from '../../xml/document.ts';
import { attributeNamed, childElements } from '../../xml/queries.ts';
import { domainCapabilitiesFor, domainKindOf } from '../domainKind.ts';
import { choiceOf, findingOf, possibleFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { isWhole } from '../wholeElements.ts';
import { type WrittenDomain, writtenDomainsOf } from './writtenDomains.ts';

/**
 * Where the host's list is all that it takes. Of channels, consoles and host devices libvirt lists some alone, so
 * nothing can be said of the others.
 */
const places = [
  'os@firmware',
  'memoryBacking/source@type',
  'disk@device',
  'disk@model',
  'disk/target@bus',
  'graphics@type',
  'video/model@type',
  'rng@model',
  'rng/backend@model',
  'filesystem/driver@type',
  'tpm@model',
  'tpm/backend@type',
  'tpm/backend@version',
  'redirdev@bus',
  'crypto@model',
  'crypto/backend@model',
  'panic@model',
];

/** A model or bus that QEMU on the host does not have. */
export const unavailableDevice: Rule = {
  id: 'unavailable-device',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/formatdomaincaps.html#devices',
  explanation: () =>
    t(
      'libvirt tells for each machine type which devices its QEMU has: some are left out when QEMU is built, such as SPICE and QXL on RHEL 9, or are packages of their own. It refuses the others when the domain is defined or started.',
    ),
  check(document, knowledge) {
    const [domain] = writtenDomainsOf(document);
    const kind = domainKindOf(document);
    const capabilities = kind && knowledge && domainCapabilitiesFor(knowledge, kind);
    if (domain === undefined || knowledge === undefined || capabilities === undefined) return [];
    return places.flatMap((place) => {
      const offered = capabilities.values.get(place);
      return offered === undefined
        ? []
        : attributesAt(domain, place)
            .filter(({ value }) => value !== '' && !offered.includes(value))
            .map((attribute): Finding => {
              const fixes = candidatesFor(attribute.value, offered).map((value) =>
                possibleFix(t('Use {0}', value), [replaceValue(document, attribute, value)]),
              );
              const range = attribute.valueRange ?? attribute.range;
              const message = t(
                'QEMU on {0} does not offer {1}="{2}" for <{3}>.',
                knowledge.hostName,
                attribute.name,
                attribute.value,
                attribute.owner.name,
              );
              return findingOf(unavailableDevice, range, message, choiceOf(fixes));
            });
    });
  },
};

/** Those that look like it; of few all. */
function candidatesFor(value: string, offered: readonly string[]): readonly string[] {
  return offered.length <= 3 ? offered : nearest(value, offered).slice(0, 3);
}

function attributesAt({ element, devices }: WrittenDomain, place: string): readonly XmlAttribute[] {
  const [path = '', name = ''] = place.split('@');
  const [first, ...inner] = path.split('/');
  const starts = [...childElements(element).filter(isWhole), ...devices].filter(
    ({ localName }) => localName === first,
  );
  return inner
    .reduce<readonly XmlElement[]>(
      (elements, step) =>
        elements.flatMap((one) => childElements(one).filter(({ localName }) => localName === step)),
      starts,
    )
    .flatMap((one) => attributeNamed(one, name) ?? []);
}
