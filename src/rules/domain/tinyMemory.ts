import { t } from '../../base/l10n.ts';
import type { XmlDocument } from '../../xml/document.ts';
import type { Fix } from '../../xml/fix.ts';
import { setAttribute } from '../devices/attributeFixes.ts';
import { findingOf, possibleFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { memoryOf, shownSize, type WrittenSize } from './memorySizes.ts';
import { writtenDomainsOf } from './writtenDomains.ts';

const mib = 1024 ** 2;

/** So little memory that another unit must be meant. */
export const tinyMemory: Rule = {
  id: 'tiny-memory',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/formatdomain.html#memory-allocation',
  explanation: () =>
    t(
      'Sizes without a unit are KiB in libvirt: <memory>4</memory> are four kilobytes. libvirt and QEMU accept it, and nothing boots in so little. It is fine for tests that never run a guest.',
    ),
  check(document) {
    return writtenDomainsOf(document)
      .filter(({ isQemu }) => isQemu)
      .flatMap((domain) => [
        memoryOf(document, domain, 'memory'),
        memoryOf(document, domain, 'currentMemory'),
      ])
      .flatMap((size): Finding[] => {
        if (size === undefined || !isTiny(size)) return [];
        const shown = shownSize(size.bytes);
        const message =
          size.unit === undefined
            ? t('Without a unit these are KiB: {0} in all, too little for any guest.', shown)
            : t('These are {0}, too little for any guest.', shown);
        return [findingOf(tinyMemory, size.range, message, fixesFor(document, size))];
      });
  },
};

function isTiny({ bytes, unit }: WrittenSize): boolean {
  return bytes > 0 && bytes < (unit === undefined ? 16 * mib : mib);
}

/** Few are gigabytes, many are megabytes. */
function fixesFor(document: XmlDocument, size: WrittenSize): readonly Fix[] {
  const number = Number(size.text);
  const units = number < 128 ? ['GiB', 'MiB'] : ['MiB'];
  return units.map((unit, index) => ({
    ...possibleFix(t('Make it {0} {1}', size.text, unit), [
      setAttribute(document, size.element, 'unit', unit),
    ]),
    isPreferred: index === 0,
  }));
}
