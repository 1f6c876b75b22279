import { t } from '../../base/l10n.ts';
import { attributeNamed, attributeValue, childNamed } from '../../xml/queries.ts';
import { qemuDevices } from '../domain/writtenDomains.ts';
import { findingOf } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { setAttributeFix } from './attributeFixes.ts';

/** Zeroes are to be unmapped on a disk that does not unmap. */
export const detectZeroesWithoutDiscard: Rule = {
  id: 'detect-zeroes-without-discard',
  severity: 'information',
  documentationUrl: 'https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms',
  explanation: () =>
    t(
      'detect_zeroes="unmap" frees the space of zeroes that the guest writes only where discard="unmap" is set too. Without it, QEMU looks for zeroes, which costs CPU time, and writes them all the same.',
    ),
  check(document) {
    return qemuDevices(document, 'disk').flatMap((disk): Finding[] => {
      const driver = childNamed(disk, 'driver');
      const zeroes = driver && attributeNamed(driver, 'detect_zeroes');
      if (driver === undefined || zeroes?.value !== 'unmap') return [];
      if (attributeValue(driver, 'discard') === 'unmap') return [];
      return [
        findingOf(
          detectZeroesWithoutDiscard,
          zeroes.valueRange ?? zeroes.range,
          t('Nothing is unmapped: discard="unmap" is missing.'),
          [{ ...setAttributeFix(document, driver, 'discard', 'unmap'), isPreferred: true }],
        ),
      ];
    });
  },
};
