import { t } from '../../base/l10n.ts';
import { attributeNamed, attributeValue, childNamed } from '../../xml/queries.ts';
import { qemuDevices } from '../domain/writtenDomains.ts';
import { findingOf } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { setAttributeFix } from './attributeFixes.ts';

/** Linux' own asynchronous I/O on a disk that goes through the cache of the host. */
export const nativeIoWithCache: Rule = {
  id: 'native-io-with-cache',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms',
  explanation: () =>
    t(
      'Asynchronous I/O of Linux works on files that are opened past the page cache, so libvirt refuses io="native" unless cache is none or directsync ("io=native needs either no disk cache or directsync cache mode"). threads and io_uring go with every cache mode.',
    ),
  check(document) {
    return qemuDevices(document, 'disk').flatMap((disk): Finding[] => {
      const driver = childNamed(disk, 'driver');
      const io = driver && attributeNamed(driver, 'io');
      if (driver === undefined || io?.value !== 'native') return [];
      const cache = attributeValue(driver, 'cache');
      if (cache === 'none' || cache === 'directsync') return [];
      const message =
        cache === undefined || cache === 'default'
          ? t('io="native" needs cache="none" or cache="directsync": libvirt refuses the definition.')
          : t('io="native" does not go with cache="{0}": libvirt refuses the definition.', cache);
      return [
        findingOf(nativeIoWithCache, io.valueRange ?? io.range, message, [
          { ...setAttributeFix(document, driver, 'cache', 'none'), isPreferred: true },
          setAttributeFix(document, driver, 'cache', 'directsync'),
          setAttributeFix(document, driver, 'io', 'threads'),
        ]),
      ];
    });
  },
};
