import { t } from '../../base/l10n.ts';
import { replaceValue } from '../../xml/attributeEdits.ts';
import type { XmlAttribute, XmlElement } from '../../xml/document.ts';
import { attributeNamed, attributeValue, childrenNamed } from '../../xml/queries.ts';
import { devicesNamed, writtenDomainsOf } from '../domain/writtenDomains.ts';
import { findingOf, preferredFix } from '../finding.ts';
import type { Rule } from '../rule.ts';

/** The display of a guest that everybody who reaches the host can take. */
export const graphicsOpenToAll: Rule = {
  id: 'graphics-open-to-all',
  severity: 'information',
  documentationUrl: 'https://libvirt.org/formatdomain.html#graphical-framebuffers',
  explanation: () =>
    t(
      'VNC and SPICE on all addresses of the host give screen and keyboard of the guest to everybody who reaches a port of it. It is fine behind a firewall, with TLS and SASL in qemu.conf, or with a password: a definition that is read without passwords does not show that there is one. The extension needs 127.0.0.1 alone.',
    ),
  check(document) {
    return writtenDomainsOf(document)
      .filter(({ isQemu }) => isQemu)
      .flatMap((domain) => devicesNamed(domain, 'graphics'))
      .filter(isUnprotected)
      .flatMap((graphics) => {
        const open = addressesOf(graphics).filter(({ value }) => everywhere.has(value));
        const [first] = open;
        if (first === undefined) return [];
        const edits = open.map((attribute) => replaceValue(document, attribute, '127.0.0.1'));
        return [
          findingOf(
            graphicsOpenToAll,
            first.valueRange ?? first.range,
            t('The display listens on all addresses of the host, and no password is set here.'),
            [preferredFix(t('Listen on 127.0.0.1'), edits)],
          ),
        ];
      });
  },
};

const everywhere: ReadonlySet<string> = new Set(['0.0.0.0', '::', '*']);

function isUnprotected(graphics: XmlElement): boolean {
  const type = attributeValue(graphics, 'type');
  return (type === 'vnc' || type === 'spice') && attributeValue(graphics, 'passwd') === undefined;
}

/** Where it listens; libvirt writes the address twice. */
function addressesOf(graphics: XmlElement): readonly XmlAttribute[] {
  return [
    attributeNamed(graphics, 'listen'),
    ...childrenNamed(graphics, 'listen').map((listen) => attributeNamed(listen, 'address')),
  ].filter((attribute) => attribute !== undefined);
}
