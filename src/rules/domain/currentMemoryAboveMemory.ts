import { t } from '../../base/l10n.ts';
import type { XmlDocument } from '../../xml/document.ts';
import type { TextEdit } from '../../xml/edits.ts';
import { setAttribute } from '../devices/attributeFixes.ts';
import { findingOf, possibleFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { hasNumaCells, memoryOf, shownSize, type WrittenSize } from './memorySizes.ts';
import { writtenDomainsOf } from './writtenDomains.ts';

/** A guest that is to have more memory than it may. */
export const currentMemoryAboveMemory: Rule = {
  id: 'current-memory-above-memory',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/formatdomain.html#memory-allocation',
  explanation: () =>
    t(
      '<memory> is the most that the guest can have, <currentMemory> what it has at the start. libvirt lowers a larger <currentMemory> to <memory> and says nothing: the guest has less than was meant. Mind the units, which may differ.',
    ),
  check(document) {
    return writtenDomainsOf(document).flatMap((domain): Finding[] => {
      const memory = memoryOf(document, domain, 'memory');
      const current = memoryOf(document, domain, 'currentMemory');
      if (memory === undefined || current === undefined || hasNumaCells(domain)) return [];
      if (current.bytes <= memory.bytes) return [];
      return [
        findingOf(
          currentMemoryAboveMemory,
          current.range,
          t(
            '{0} is more than <memory> ({1}): libvirt lowers it to that.',
            shownSize(current.bytes),
            shownSize(memory.bytes),
          ),
          [
            possibleFix(
              t('Raise <memory> to {0}', shownSize(current.bytes)),
              copySize(document, current, memory),
            ),
            possibleFix(
              t('Lower <currentMemory> to {0}', shownSize(memory.bytes)),
              copySize(document, memory, current),
            ),
          ],
        ),
      ];
    });
  },
};

function copySize(document: XmlDocument, from: WrittenSize, to: WrittenSize): TextEdit[] {
  const number = { range: to.range, newText: from.text };
  const unit = from.unit ?? 'KiB';
  return unit === (to.unit ?? 'KiB') ? [number] : [setAttribute(document, to.element, 'unit', unit), number];
}
