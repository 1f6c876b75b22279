import { t } from '../../base/l10n.ts';
import type { XmlDocument, XmlElement } from '../../xml/document.ts';
import { insertChildren, type TextEdit } from '../../xml/edits.ts';
import {
  attributeNamed,
  attributeValue,
  childNamed,
  childrenNamed,
  textOf,
  textRangeOf,
} from '../../xml/queries.ts';
import { devicesNamed, type WrittenDomain, writtenDomainsOf } from '../domain/writtenDomains.ts';
import { findingOf, preferredFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';

/** A disk or controller is given to an I/O thread that the domain does not have. */
export const unknownIothread: Rule = {
  id: 'unknown-iothread',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatdomain.html#iothreads-allocation',
  explanation: () =>
    t(
      '<iothreads> says how many I/O threads a domain has; they are numbered from 1, or as <iothreadids> says. libvirt refuses a definition that gives a disk or controller to another one ("Disk iothread 1 not defined in iothreadid").',
    ),
  check(document) {
    return writtenDomainsOf(document)
      .filter(({ isQemu }) => isQemu)
      .flatMap((domain) => {
        const hasThread = threadsOf(domain.element);
        return devicesNamed(domain, 'disk', 'controller').flatMap((device): Finding[] => {
          const driver = childNamed(device, 'driver');
          const iothread = driver && attributeNamed(driver, 'iothread');
          if (iothread === undefined || !/^[1-9][0-9]{0,4}$/.test(iothread.value)) return [];
          const number = Number(iothread.value);
          if (hasThread(number)) return [];
          return [
            findingOf(
              unknownIothread,
              iothread.valueRange ?? iothread.range,
              t('The domain has no I/O thread {0}: libvirt refuses the definition.', number),
              fixesFor(document, domain, number),
            ),
          ];
        });
      });
  },
};

/** The threads that are listed, and so many more of the lowest free numbers that the count is reached. */
function threadsOf(domain: XmlElement): (number: number) => boolean {
  const list = childNamed(domain, 'iothreadids');
  const listed = new Set(
    (list === undefined ? [] : childrenNamed(list, 'iothread')).map((thread) =>
      Number(attributeValue(thread, 'id')),
    ),
  );
  const count = countOf(domain) ?? 0;
  return (number) => {
    if (listed.has(number)) return true;
    const below = [...listed].filter((id) => id < number).length;
    return number - below <= count - listed.size;
  };
}

function countOf(domain: XmlElement): number | undefined {
  const element = childNamed(domain, 'iothreads');
  const text = element && textOf(element).trim();
  return text !== undefined && /^[0-9]{1,5}$/.test(text) ? Number(text) : undefined;
}

/** Only where the threads are counted: which of a list of ids is meant, a person knows. */
function fixesFor(document: XmlDocument, { element }: WrittenDomain, number: number): Finding['fixes'] {
  if (childNamed(element, 'iothreadids') !== undefined) return [];
  const count = childNamed(element, 'iothreads');
  const range = count && textRangeOf(document, count);
  if (count !== undefined && range === undefined) return [];
  const edit: TextEdit =
    range === undefined
      ? insertChildren(document, element, [{ name: 'iothreads', text: `${number}` }], {
          after: ['vcpu', 'vcpus', 'currentMemory', 'memory', 'name'],
        })
      : { range, newText: `${number}` };
  return [preferredFix(t('Give the domain {0} I/O threads', number), [edit])];
}
