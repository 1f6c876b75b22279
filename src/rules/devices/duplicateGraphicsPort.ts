import { t } from '../../base/l10n.ts';
import type { XmlAttribute } from '../../xml/document.ts';
import { attributeNamed, attributeValue } from '../../xml/queries.ts';
import { devicesNamed, type WrittenDomain, writtenDomainsOf } from '../domain/writtenDomains.ts';
import { findingOf, preferredFix } from '../finding.ts';
import { repetitionsAmong } from '../repetitions.ts';
import type { Rule } from '../rule.ts';
import { setAttribute } from './attributeFixes.ts';

/** Two graphics of one domain that listen on one port. */
export const duplicateGraphicsPort: Rule = {
  id: 'duplicate-graphics-port',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatdomain.html#graphical-framebuffers',
  explanation: () =>
    t(
      'A port of the host serves one display. libvirt accepts the definition, and the domain does not start: "Failed to reserve port". With autoport libvirt takes a free port at each start.',
    ),
  check(document) {
    return writtenDomainsOf(document)
      .filter(({ isQemu }) => isQemu)
      .flatMap((domain) =>
        repetitionsAmong(portsOf(domain), ({ value }) => value).map(({ item }) => {
          const edits = [
            setAttribute(document, item.owner, item.name, '-1'),
            setAttribute(document, item.owner, 'autoport', 'yes'),
          ];
          return findingOf(
            duplicateGraphicsPort,
            item.valueRange ?? item.range,
            t('Port {0} is taken by this domain already: it does not start.', item.value),
            [preferredFix(t('Let libvirt choose the port'), edits)],
          );
        }),
      );
  },
};

function portsOf(domain: WrittenDomain): readonly XmlAttribute[] {
  return devicesNamed(domain, 'graphics')
    .filter((graphics) => attributeValue(graphics, 'autoport') !== 'yes')
    .flatMap((graphics) => ['port', 'tlsPort'].map((name) => attributeNamed(graphics, name)))
    .filter((attribute) => attribute !== undefined)
    .filter(({ value }) => /^[1-9][0-9]*$/.test(value));
}
