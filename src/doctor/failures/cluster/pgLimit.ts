import { t } from '../../../base/l10n.ts';
import { parsePgLimit } from '../../../operations/cephPools/pgLimit.ts';
import { roomFor, type PgRoom } from '../../../operations/cephPools/placementGroups.ts';
import { readPoolsAndOsds } from '../../../operations/cephPools/readPoolsAndOsds.ts';
import { allowedInWords, leftInWords } from '../../../operations/cephPools/roomInWords.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import type { Complaint } from '../../complaint.ts';
import type { Failure } from '../../failure.ts';
import type { Finding } from '../../finding.ts';
import { checksInWords, clusterSubject, healthOf, mayBeAbout, raised } from './clusterHealth.ts';

const id = 'pg-limit';
/** What a new pool has by default (osd_pool_default_size). */
const usualSize = 3;

/** A pool is not made, or not given more placement groups, because the OSDs have as many as they may. */
export const pgLimitFailure: Failure = {
  id,
  page: () => ({
    title: t('Too many placement groups'),
    summary: t('A pool is not made: “pg_num … size … would mean … total pgs, which exceeds max …” (ERANGE).'),
    why: [
      t(
        'Each pool is divided into placement groups, and each group has a copy on “size” OSDs. All copies of all pools together may be no more than mon_max_pg_per_osd (250 by default) times the OSDs that are in.',
      ),
      t(
        'A pool counts with all its groups however little is in it: many small pools with 128 groups each use the room up. OSDs that are out do not count; Ceph counts with three OSDs at least.',
      ),
    ],
    looks: [
      t(
        'The numbers of the refusal; the pools, their groups and copies, the OSDs that are in, and what is left.',
      ),
    ],
    cures: [
      t('Make the pool with fewer groups: 32 are enough to begin with, the autoscaler adds what it needs.'),
      t('Give a pool that has too many fewer groups (Nautilus or newer), or delete one that nobody uses.'),
      t('Add OSDs.'),
      t(
        'Raise mon_max_pg_per_osd only for a while: every group costs memory and time on each OSD that has a copy.',
      ),
    ],
    byHand: [
      'ceph osd pool ls detail',
      'ceph osd df',
      'ceph osd pool autoscale-status',
      'ceph osd pool set POOL pg_num 32',
      'ceph config get mon mon_max_pg_per_osd',
    ],
    links: [
      {
        title: t('Ceph: placement groups'),
        url: 'https://docs.ceph.com/en/latest/rados/operations/placement-groups/',
      },
      {
        title: 'Ceph: TOO_MANY_PGS',
        url: 'https://docs.ceph.com/en/latest/rados/operations/health-checks/#too-many-pgs',
      },
    ],
    limits: t('The counting by OSDs of a rule, which came with Reef, is tested with what Ceph prints.'),
  }),
  symptoms: [
    {
      example:
        'Error ERANGE:  pg_num 1024 size 1 would mean 1033 total pgs, which exceeds max 750 (mon_max_pg_per_osd 250 * num_in_osds 3)',
      pattern: /pg_num \d+ size \d+ would mean \d+ total pgs, which exceeds max/,
    },
    {
      example:
        "Error ERANGE:  pg_num 128 size 3 for this pool would result in 288 cumulative PGs per OSD (1155 total PG replicas on 4 'in' root OSDs by crush rule) which exceeds the mon_max_pg_per_osd value of 250",
      pattern: /which exceeds the mon_max_pg_per_osd value of \d+/,
    },
    {
      example:
        "Error ERANGE: 'pg_num' must be greater than 0 and less than or equal to 65536 (you may adjust 'mon max pool pg num' for higher values)",
      pattern: /'pg_num' must be greater than 0 and less than or equal to \d+/,
    },
    {
      example: 'TOO_MANY_PGS: too many PGs per OSD (300 > max 250)',
      pattern: /\bTOO_MANY_PGS\b|too many PGs per OSD/,
    },
  ],
  async examineCluster(cluster, ward, complaint) {
    if (!mayBeAbout(cluster, complaint)) return [];
    const checks = raised(await healthOf(cluster, ward), 'TOO_MANY_PGS');
    if (!complaint && checks.length === 0) return [];
    const facts = await cluster.ask((client) => readPoolsAndOsds(client, ward.wait));
    const room = roomFor(facts, undefined);
    const most = room.shares[0];
    return [
      {
        failure: id,
        severity: checks.length > 0 ? 'warning' : 'information',
        about: complaint?.about ?? clusterSubject(cluster),
        title: t(
          'The OSDs of the Ceph cluster {0} have room for {1} more copies of placement groups',
          cluster.name,
          Math.max(0, room.max - room.taken),
        ),
        explanation: [
          ...(complaint ? refusalInWords(complaint) : []),
          allowedInWords(room),
          leftInWords(room, usualSize),
        ],
        evidence: [
          ...(complaint ? [complaint.match[0]] : []),
          ...checksInWords(checks),
          ...sharesInWords(room),
        ],
        remedies: remedies(cluster, most?.pool),
      },
    ];
  },
};

/** The numbers of Ceph's refusal, in words. */
export function refusalInWords({ said }: Pick<Complaint, 'said'>): readonly string[] {
  const limit = parsePgLimit(said);
  if (limit === undefined) return [];
  if (limit.kind === 'onePool')
    return [
      t(
        'One pool may have {0} groups at most, whatever room the OSDs have (mon_max_pool_pg_num).',
        limit.max,
      ),
    ];
  const { groups, size, copies, maxPerOsd, osds } = limit;
  const room = Math.floor((maxPerOsd * osds - (copies - groups * size)) / size);
  return [
    t(
      '{0} groups with {1} copies each are {2} copies; with those of the other pools {3}. {4} OSDs × {5} = {6} are allowed.',
      groups,
      size,
      groups * size,
      copies,
      osds,
      maxPerOsd,
      osds * maxPerOsd,
    ),
    room < 1
      ? t('No group of this size has room.')
      : t(
          '{0} groups would have had room: take {1}, a power of two.',
          room,
          2 ** Math.floor(Math.log2(room)),
        ),
  ];
}

function sharesInWords({ shares }: PgRoom): readonly string[] {
  return shares.slice(0, 8).map(({ pool, replicas }) => `${pool}: ${replicas}`);
}

function remedies(cluster: CephCluster, largest: string | undefined): Finding['remedies'] {
  return [
    {
      kind: 'command',
      title: t('Make the pool with as many groups as fit'),
      command: 'libvirt.cephPool.create',
      on: clusterSubject(cluster),
    },
    ...(largest === undefined
      ? []
      : ([
          {
            kind: 'command',
            title: t('Give the pool {0}, which has the most, fewer groups', largest),
            command: 'libvirt.cephPool.placementGroups',
            on: { kind: 'cephPool', cluster: cluster.id, pool: largest },
          },
        ] as const)),
  ];
}
