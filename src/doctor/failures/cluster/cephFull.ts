import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import type { HealthCheck } from '../../../ceph/clusterStatus.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import type { Failure } from '../../failure.ts';
import type { Finding } from '../../finding.ts';
import type { Ward } from '../../patient.ts';
import { checksInWords, clusterSubject, healthOf, mayBeAbout, raised, runningOn } from './clusterHealth.ts';

const id = 'ceph-full';
const full = ['OSD_FULL', 'POOL_FULL'];
const nearlyFull = [
  'OSD_NEARFULL',
  'OSD_BACKFILLFULL',
  'POOL_NEAR_FULL',
  'POOL_NEARFULL',
  'POOL_BACKFILLFULL',
];

/** A cluster, or a pool in it, has no room left, or soon has none. */
export const cephFullFailure: Failure = {
  id,
  page: () => ({
    title: t('Ceph is full, or nearly'),
    summary: t(
      'Guests hang when they write, new images are not made, or Ceph warns that OSDs or pools are nearly full.',
    ),
    why: [
      t(
        'Ceph takes no more writes when a single OSD is full (95 % by default), or a pool has reached its quota. It warns before: nearfull at 85 %, and at 90 % it moves no more data onto an OSD.',
      ),
      t(
        'Writes to a full pool do not fail, they wait: a guest whose disk is there freezes as soon as it writes, and “rbd create” does not return. When there is room again, everything goes on by itself. Reading works all the time.',
      ),
      t('One OSD that is fuller than the others is enough: what counts is the fullest, not the sum.'),
    ],
    looks: [
      t(
        'What Ceph’s health says of full OSDs and pools, the quota of the pool, and which running domains have disks there.',
      ),
    ],
    cures: [
      t('A pool at its quota: raise the quota, or delete what nobody uses.'),
      t(
        'Full OSDs: delete images and snapshots that nobody uses and empty the trash; add OSDs; let the balancer spread the data.',
      ),
      t('Do not force the guests off that hang: they go on when there is room.'),
      t(
        'As the last resort for a moment: “ceph osd set-full-ratio 0.97”, and back again. An OSD that runs out of space altogether does not start any more.',
      ),
    ],
    byHand: [
      'ceph health detail',
      'ceph df',
      'ceph osd df tree',
      'ceph osd pool get-quota POOL',
      'rbd du --pool POOL',
      'rbd trash purge POOL',
    ],
    links: [
      {
        title: 'Ceph: OSD_FULL',
        url: 'https://docs.ceph.com/en/latest/rados/operations/health-checks/#osd-full',
      },
      {
        title: 'Ceph: POOL_FULL',
        url: 'https://docs.ceph.com/en/latest/rados/operations/health-checks/#pool-full',
      },
      {
        title: t('Ceph: no free drive space'),
        url: 'https://docs.ceph.com/en/latest/rados/troubleshooting/troubleshooting-osd/',
      },
    ],
  }),
  symptoms: [
    { example: 'rbd: create error: (122) Disk quota exceeded', pattern: /\(122\) Disk quota exceeded/ },
    {
      example: 'rbd: error opening image: (28) No space left on device',
      pattern: /\(28\) No space left on device/,
    },
    {
      example: 'OSD_FULL: 1 full osd(s)',
      pattern:
        /\b(?:OSD|POOL)_(?:NEAR_?|BACKFILL)?FULL\b|\d+ (?:near|backfill)?full osd\(s\)|pool\(s\) (?:near|backfill)?full/,
    },
  ],
  async examineCluster(cluster, ward, complaint) {
    if (!mayBeAbout(cluster, complaint)) return [];
    const health = await healthOf(cluster, ward);
    const stopped = raised(health, ...full);
    const soon = raised(health, ...nearlyFull);
    const pools = raised(health, 'POOL_FULL').flatMap(poolsIn);
    const ofPools = await Promise.all(pools.map((pool) => poolFinding(cluster, ward, pool, stopped)));
    const osds = raised(health, 'OSD_FULL');
    if (osds.length > 0) return [...ofPools, await osdFinding(cluster, ward, osds)];
    return soon.length > 0 ? [...ofPools, soonFinding(cluster, soon)] : ofPools;
  },
};

/** The pools that a check names: `pool 'vms' is full (running out of quota)`. */
export function poolsIn({ details }: HealthCheck): readonly string[] {
  return details.flatMap((detail) => /^pool '(.+)' (?:is|has)/.exec(detail)?.[1] ?? []);
}

async function poolFinding(
  cluster: CephCluster,
  ward: Ward,
  pool: string,
  checks: readonly HealthCheck[],
): Promise<Finding> {
  const [domains, pools, usage] = await Promise.all([
    runningOn(cluster, ward, [pool]),
    cluster.pools.read(),
    cluster.usage.read().catch(() => undefined),
  ]);
  const { quotaBytes = 0, quotaObjects = 0 } = pools.find(({ name }) => name === pool) ?? {};
  const stored = usage?.pools.find(({ name }) => name === pool);
  const isQuota = checks.some(({ details }) =>
    details.some((detail) => detail.includes(`'${pool}'`) && detail.includes('quota')),
  );
  const on = { kind: 'cephPool', cluster: cluster.id, pool } as const;
  return {
    failure: id,
    severity: 'error',
    about: on,
    title: isQuota
      ? t('The Ceph pool {0} has reached its quota', pool)
      : t('The Ceph pool {0} is full', pool),
    explanation: [
      t(
        'Writes to it wait until there is room: guests with disks there freeze when they write, and go on by themselves then. Reading works.',
      ),
      isQuota
        ? t('Raise the quota, or delete images and snapshots that nobody uses. Ceph notices within seconds.')
        : t(
            'One of its OSDs is full: delete images and snapshots that nobody uses, empty the trash, or add OSDs.',
          ),
      ...(domains.length > 0 ? [t('Domains that run on it: {0}.', domains.join(', '))] : []),
    ],
    evidence: [
      ...checksInWords(checks),
      ...(quotaBytes > 0 ? [t('Quota: {0}', formatBytes(quotaBytes))] : []),
      ...(quotaObjects > 0 ? [t('Quota: {0} objects', quotaObjects)] : []),
      ...(stored ? [t('Stored: {0}', formatBytes(stored.stored))] : []),
    ],
    remedies: [
      ...(isQuota
        ? ([
            { kind: 'command', title: t('Change its quota'), command: 'libvirt.cephPool.quota', on },
          ] as const)
        : []),
      {
        kind: 'command',
        title: t('Measure which images take the space'),
        command: 'libvirt.cephPool.measureImages',
        on,
      },
    ],
  };
}

async function osdFinding(
  cluster: CephCluster,
  ward: Ward,
  checks: readonly HealthCheck[],
): Promise<Finding> {
  const domains = await runningOn(cluster, ward);
  return {
    failure: id,
    severity: 'error',
    about: clusterSubject(cluster),
    title: t('OSDs of the Ceph cluster {0} are full', cluster.name),
    explanation: [
      t(
        'Ceph takes no writes to pools that have data on them: guests freeze when they write, and go on by themselves when there is room.',
      ),
      t(
        'Delete images and snapshots that nobody uses and empty the trash, add OSDs, or let the balancer move data to OSDs that have room.',
      ),
      ...(domains.length > 0 ? [t('Domains that run on this cluster: {0}.', domains.join(', '))] : []),
    ],
    evidence: checksInWords(checks),
    remedies: [healthRemedy(cluster)],
  };
}

function soonFinding(cluster: CephCluster, checks: readonly HealthCheck[]): Finding {
  return {
    failure: id,
    severity: 'warning',
    about: clusterSubject(cluster),
    title: t('The Ceph cluster {0} is nearly full', cluster.name),
    explanation: [
      t(
        'Everything works still. When the fullest OSD reaches the next limit, all writes to its pools wait, and the guests freeze.',
      ),
      t(
        'Make room before that: images and snapshots that nobody uses, the trash, more OSDs, or a better balance between them.',
      ),
    ],
    evidence: checksInWords(checks),
    remedies: [healthRemedy(cluster)],
  };
}

export function healthRemedy(cluster: CephCluster): Finding['remedies'][number] {
  return {
    kind: 'command',
    title: t('Show what Ceph says of its health'),
    command: 'libvirt.cluster.showHealth',
    on: clusterSubject(cluster),
  };
}
