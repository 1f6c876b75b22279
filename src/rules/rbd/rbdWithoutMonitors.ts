import { t } from '../../base/l10n.ts';
import { insertChildren } from '../../xml/edits.ts';
import { childNamed } from '../../xml/queries.ts';
import { choiceOf, findingOf, possibleFix } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { hostElement } from './monitors.ts';
import { rbdDisksOf } from './rbdDisk.ts';
import { poolsOfDisk } from './rbdPools.ts';

/** An RBD disk that names no monitors: where the cluster is depends on the host's configuration of Ceph. */
export const rbdWithoutMonitors: Rule = {
  id: 'rbd-without-monitors',
  severity: 'information',
  documentationUrl: 'https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms',
  explanation: () =>
    t(
      'Without <host>, QEMU reads the monitors from /etc/ceph/ceph.conf of the host where the domain starts. It does not start on a host without that file, and reaches another cluster where the file names one. It is fine when every host has the same file.',
    ),
  check(document, knowledge) {
    return rbdDisksOf(document)
      .filter(({ source, hasConfigFile }) => childNamed(source, 'host') === undefined && !hasConfigFile)
      .map((disk) => {
        const fixes = poolsOfDisk(disk, knowledge?.rbdPools ?? [])
          .filter(({ hosts }) => hosts.length > 0)
          .map(({ name, hosts }) =>
            possibleFix(t('Add the monitors of pool {0}', name), [
              insertChildren(document, disk.source, hosts.map(hostElement), { after: [] }),
            ]),
          );
        return findingOf(
          rbdWithoutMonitors,
          disk.source.nameRange,
          t(
            'RBD image {0} has no monitors: QEMU takes them from /etc/ceph/ceph.conf of the host.',
            disk.image,
          ),
          choiceOf(fixes),
        );
      });
  },
};
