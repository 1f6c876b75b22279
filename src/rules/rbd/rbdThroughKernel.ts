import { t } from '../../base/l10n.ts';
import { attributeNamed, attributeValue, childNamed } from '../../xml/queries.ts';
import { disksOf } from '../disks.ts';
import { findingOf, possibleFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { editsAsNetworkDisk } from './asNetworkDisk.ts';
import { parseImageName } from './imageName.ts';
import { poolsOfDisk } from './rbdPools.ts';

/** A disk on a device that `rbd map` made. */
export const rbdThroughKernel: Rule = {
  id: 'rbd-through-kernel',
  severity: 'information',
  documentationUrl: 'https://docs.ceph.com/en/latest/rbd/rbd-ko/',
  explanation: () =>
    t(
      'A device such as /dev/rbd0 is there only while the image is mapped on this host (rbd map): after a restart of the host it is gone or another image, and a migration needs it on the other host too. The kernel also lacks some features of images. It is fine where something maps the images on every host.',
    ),
  check(document, knowledge) {
    return disksOf(document).flatMap((disk): Finding[] => {
      const source = childNamed(disk, 'source');
      const attribute = source && attributeNamed(source, deviceAttribute(attributeValue(disk, 'type')));
      const [, device, image = ''] =
        /^(\/dev\/(?:rbd\d+(?:p\d+)?|rbd\/(.+)))$/s.exec(attribute?.value ?? '') ?? [];
      if (device === undefined || attribute?.valueRange === undefined) return [];
      const parsed = parseImageName(image);
      const pools = poolsOfDisk({ image, hosts: [] }, knowledge?.rbdPools ?? []);
      const isWholeImage = parsed?.snapshot === undefined && !/-part\d+$/.test(image);
      const fixes = (isWholeImage ? pools : []).map(({ name, hosts, auth }) =>
        possibleFix(
          t('Make it a network disk on {0}, as pool {1} reaches it', image, name),
          editsAsNetworkDisk(document, disk, { image, hosts, auth }),
        ),
      );
      return [
        findingOf(
          rbdThroughKernel,
          attribute.valueRange,
          t('{0} is there only while the RBD image is mapped on the host.', device),
          fixes,
        ),
      ];
    });
  },
};

function deviceAttribute(diskType: string | undefined): string {
  return diskType === 'file' ? 'file' : 'dev';
}
