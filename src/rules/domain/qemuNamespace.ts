import { t } from '../../base/l10n.ts';
import { replaceValue } from '../../xml/attributeEdits.ts';
import type { XmlElement } from '../../xml/document.ts';
import { childElements } from '../../xml/queries.ts';
import { findingOf, preferredFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { writtenDomainsOf } from './writtenDomains.ts';

const qemu = 'http://libvirt.org/schemas/domain/qemu/1.0';

/** The prefix qemu, declared for something else than libvirt's additions for QEMU. */
export const qemuNamespace: Rule = {
  id: 'qemu-namespace',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/drvqemu.html#pass-through-of-arbitrary-qemu-commands',
  explanation: () =>
    t(
      'Arguments for QEMU stand in an element of the namespace http://libvirt.org/schemas/domain/qemu/1.0. With another one, a slash at the end is enough, libvirt drops them and says nothing.',
    ),
  check(document) {
    return writtenDomainsOf(document).flatMap(({ element }) =>
      element.attributes
        .filter(({ name, value }) => name === 'xmlns:qemu' && value !== qemu && usesPrefix(element, value))
        .map((attribute): Finding =>
          findingOf(
            qemuNamespace,
            attribute.valueRange ?? attribute.range,
            t('This is not the namespace of QEMU: libvirt drops what is in it.'),
            [
              preferredFix(t('Write {0}="{1}"', attribute.name, qemu), [
                replaceValue(document, attribute, qemu),
              ]),
            ],
          ),
        ),
    );
  },
};

function usesPrefix(domain: XmlElement, namespace: string): boolean {
  return childElements(domain).some((child) => child.prefix === 'qemu' && child.namespace === namespace);
}
