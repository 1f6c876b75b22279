import { t } from '../../base/l10n.ts';
import type { XmlElement } from '../../xml/document.ts';
import { attributeNamed, attributeValue } from '../../xml/queries.ts';
import { replaceValue } from '../../xml/attributeEdits.ts';
import { devicesNamed, writtenDomainsOf } from '../domain/writtenDomains.ts';
import { findingOf, preferredFix } from '../finding.ts';
import { repetitionsAmong } from '../repetitions.ts';
import type { Rule } from '../rule.ts';
import { addressNumber } from './addresses.ts';

/** Two controllers of one type with one index. */
export const duplicateController: Rule = {
  id: 'duplicate-controller',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatdomain.html#controllers',
  explanation: () =>
    t(
      'Disks, channels and PCI devices name a controller by its type and index. libvirt refuses a definition in which two controllers have the same ("Multiple scsi controllers with index 0"). USB is left out: there the parts of one EHCI controller share an index.',
    ),
  check(document) {
    return writtenDomainsOf(document).flatMap((domain) => {
      const controllers = devicesNamed(domain, 'controller');
      return repetitionsAmong(controllers, keyOf).flatMap(({ item }) => {
        const index = attributeNamed(item, 'index');
        if (index === undefined) return [];
        const type = attributeValue(item, 'type') ?? '';
        const free = freeIndex(type, controllers);
        return [
          findingOf(
            duplicateController,
            index.valueRange ?? index.range,
            t(
              'There is a {0} controller with the index {1} already: libvirt refuses the definition.',
              type,
              index.value,
            ),
            [preferredFix(t('Give it the index {0}', free), [replaceValue(document, index, `${free}`)])],
          ),
        ];
      });
    });
  },
};

function keyOf(controller: XmlElement): string | undefined {
  const type = attributeValue(controller, 'type');
  const index = addressNumber(attributeValue(controller, 'index'));
  return type === undefined || type === 'usb' || index === undefined ? undefined : `${type} ${index}`;
}

function freeIndex(type: string, controllers: readonly XmlElement[]): number {
  const used = new Set(
    controllers
      .filter((controller) => attributeValue(controller, 'type') === type)
      .map((controller) => addressNumber(attributeValue(controller, 'index'))),
  );
  let index = 0;
  while (used.has(index)) index++;
  return index;
}
