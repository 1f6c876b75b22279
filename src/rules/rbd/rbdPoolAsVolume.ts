import { t } from '../../base/l10n.ts';
import { attributeNamed, attributeValue, childNamed } from '../../xml/queries.ts';
import { disksOf } from '../disks.ts';
import { findingOf, preferredFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { editsAsNetworkDisk } from './asNetworkDisk.ts';

/** A disk of type volume from an RBD pool: libvirt defines it and never starts it. */
export const rbdPoolAsVolume: Rule = {
  id: 'rbd-pool-as-volume',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms',
  explanation: () =>
    t(
      "libvirt cannot start a domain with a disk of type volume whose pool is RBD (\"using 'rbd' pools for backing 'volume' disks isn't yet supported\"), though it accepts the definition. A disk of type network reads the same image; it names monitors and credentials itself.",
    ),
  check(document, knowledge) {
    const pools = new Map(knowledge?.rbdPools.map((pool) => [pool.name, pool]));
    if (pools.size === 0) return [];
    return disksOf(document).flatMap((disk): Finding[] => {
      const source = childNamed(disk, 'source');
      if (attributeValue(disk, 'type') !== 'volume' || source === undefined) return [];
      const pool = pools.get(attributeValue(source, 'pool') ?? '');
      const volume = attributeValue(source, 'volume') ?? '';
      if (pool === undefined || volume === '') return [];
      const image = `${pool.cephPool}/${volume}`;
      const edits = editsAsNetworkDisk(document, disk, { image, hosts: pool.hosts, auth: pool.auth });
      return [
        findingOf(
          rbdPoolAsVolume,
          attributeNamed(disk, 'type')?.valueRange ?? disk.nameRange,
          t(
            'Pool {0} is RBD: libvirt starts no domain with a disk of type volume from it. Type network works.',
            pool.name,
          ),
          [preferredFix(t('Make it a network disk on {0}', image), edits)],
        ),
      ];
    });
  },
};
