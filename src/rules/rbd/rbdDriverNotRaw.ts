import { t } from '../../base/l10n.ts';
import { replaceValue } from '../../xml/attributeEdits.ts';
import { attributeNamed, childNamed } from '../../xml/queries.ts';
import { findingOf, preferredFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { rbdDisksOf } from './rbdDisk.ts';

/** An RBD disk whose driver looks for a format inside the image. */
export const rbdDriverNotRaw: Rule = {
  id: 'rbd-driver-not-raw',
  severity: 'warning',
  documentationUrl: 'https://docs.ceph.com/en/latest/rbd/qemu-rbd/#creating-images-with-qemu',
  explanation: () =>
    t(
      'An RBD image holds the data of the disk itself: its format is raw, and Ceph makes the snapshots and clones. With another type QEMU looks for the header of that format and does not start when there is none. It is fine only where a file of that format was copied into the image on purpose.',
    ),
  check(document) {
    return rbdDisksOf(document).flatMap(({ element, image }): Finding[] => {
      const driver = childNamed(element, 'driver');
      const type = driver && attributeNamed(driver, 'type');
      if (type?.valueRange === undefined || type.value === 'raw' || type.value === '') return [];
      return [
        findingOf(
          rbdDriverNotRaw,
          type.valueRange,
          t(
            'RBD image {0} is read as {1}: it is raw, unless a {1} file was copied into it.',
            image,
            type.value,
          ),
          [preferredFix(t('Set the type to {0}', 'raw'), [replaceValue(document, type, 'raw')])],
        ),
      ];
    });
  },
};
