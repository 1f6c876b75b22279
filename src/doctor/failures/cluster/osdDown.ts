import { t } from '../../../base/l10n.ts';
import type { CephPool } from '../../../ceph/cephPools.ts';
import type { HealthCheck } from '../../../ceph/clusterStatus.ts';
import type { OsdFlag } from '../../../ceph/osdMap.ts';
import type { Failure } from '../../failure.ts';
import { healthRemedy } from './cephFull.ts';
import { checksInWords, clusterSubject, healthOf, mayBeAbout, raised, runningOn } from './clusterHealth.ts';

const id = 'osd-down';
const down = ['OSD_DOWN', 'OSD_HOST_DOWN', 'OSD_RACK_DOWN', 'OSD_ROOT_DOWN', 'OSD_ORPHAN'];
const degraded = ['PG_DEGRADED', 'PG_AVAILABILITY', 'OSD_UNREACHABLE'];

/** OSDs are down: copies are missing, and where too few are left, guests hang. */
export const osdDownFailure: Failure = {
  id,
  page: () => ({
    title: t('OSDs are down'),
    summary: t('Ceph is degraded; guests are slow, or hang when they read or write.'),
    why: [
      t(
        'Each piece of an image is kept on several OSDs, “size” of them. When one is down, the others serve its data: everything works, with fewer copies (degraded).',
      ),
      t(
        'When fewer than “min_size” copies of a piece are up, Ceph serves it no more, neither for reading nor for writing: guests that touch it hang, until enough OSDs are back. Nothing is lost by that alone.',
      ),
      t(
        'After ten minutes (mon_osd_down_out_interval) Ceph takes an OSD out and makes the missing copies elsewhere, unless the flag noout is set.',
      ),
    ],
    looks: [
      t(
        'Which OSDs Ceph reports as down, whether data is out of reach (inactive), size and min_size of the pools with images, and flags that keep OSDs from coming back.',
      ),
    ],
    cures: [
      t('Start the OSD on its host, or the host itself; look into the log of the OSD for why it stopped.'),
      t(
        'Take back flags that somebody set for maintenance: noup keeps OSDs down, noout and norecover keep the copies from being made.',
      ),
      t('Do not force guests off that hang: they go on by themselves.'),
      t(
        'Do not lower min_size to 1 to get going again: what is written then exists once, and the next failure loses it.',
      ),
    ],
    byHand: [
      'ceph osd tree down',
      'ceph health detail',
      'sudo systemctl restart ceph-osd@3',
      'ceph orch daemon restart osd.3',
      'ceph osd unset noup',
    ],
    links: [
      {
        title: 'Ceph: OSD_DOWN',
        url: 'https://docs.ceph.com/en/latest/rados/operations/health-checks/#osd-down',
      },
      {
        title: 'Ceph: PG_AVAILABILITY',
        url: 'https://docs.ceph.com/en/latest/rados/operations/health-checks/#pg-availability',
      },
      {
        title: t('Ceph: troubleshooting OSDs'),
        url: 'https://docs.ceph.com/en/latest/rados/troubleshooting/troubleshooting-osd/',
      },
    ],
  }),
  symptoms: [
    { example: 'OSD_DOWN: 1 osds down', pattern: /\bOSD_(?:HOST_|RACK_|ROOT_)?DOWN\b|\b\d+ osds down\b/ },
    {
      example: 'PG_AVAILABILITY: Reduced data availability: 8 pgs inactive',
      pattern: /\bPG_AVAILABILITY\b|Reduced data availability: \d+ pgs? \w+/,
    },
    {
      example: 'PG_DEGRADED: Degraded data redundancy: 8 pgs undersized',
      pattern: /\bPG_DEGRADED\b|Degraded data redundancy/,
    },
  ],
  async examineCluster(cluster, ward, complaint) {
    if (!mayBeAbout(cluster, complaint)) return [];
    const health = await healthOf(cluster, ward);
    const isDown = raised(health, ...down);
    const consequences = raised(health, ...degraded);
    if (isDown.length === 0 && consequences.length === 0) return [];
    const [pools, map, domains] = await Promise.all([
      cluster.pools.get(),
      cluster.osdMap.read(),
      runningOn(cluster, ward),
    ]);
    const stuck = inactivePools(consequences, pools);
    const flags = map.flags.filter((flag) => hindering.has(flag));
    return [
      {
        failure: id,
        severity: isUnreachable(consequences) ? 'error' : 'warning',
        about: clusterSubject(cluster),
        title: titleFor(cluster.name, isDown, consequences),
        explanation: [
          isUnreachable(consequences)
            ? t(
                'Fewer copies than min_size are up for some data: guests that read or write it hang until enough OSDs are back. Nothing is lost as long as the disks of the OSDs are whole; do not force the guests off.',
              )
            : t(
                'All data can be read and written: other copies serve it. Until the OSDs are back, the next failure may stop guests.',
              ),
          ...(stuck.length > 0 ? [t('Pools with data out of reach: {0}.', stuck.join(', '))] : []),
          ...flags.map((flag) => flagInWords(flag)),
          ...(isUnreachable(consequences) && domains.length > 0
            ? [t('Domains that run on this cluster: {0}.', domains.join(', '))]
            : []),
        ],
        evidence: [
          ...checksInWords([...isDown, ...consequences]),
          ...pools.filter(hasImages).map(copiesInWords),
        ],
        remedies: [
          ...(flags.length > 0
            ? ([
                {
                  kind: 'command',
                  title: t('Change the flags of the cluster'),
                  command: 'libvirt.cluster.setFlags',
                  on: clusterSubject(cluster),
                },
              ] as const)
            : []),
          healthRemedy(cluster),
        ],
      },
    ];
  },
};

/** What keeps OSDs, or the copies, from coming back. */
const hindering: ReadonlySet<OsdFlag> = new Set<OsdFlag>([
  'noup',
  'noin',
  'norecover',
  'nobackfill',
  'noout',
  'pause',
]);

function flagInWords(flag: OsdFlag): string {
  switch (flag) {
    case 'noup':
      return t('The flag noup is set: OSDs that are started stay down.');
    case 'noin':
      return t('The flag noin is set: OSDs that come back get no data.');
    case 'pause':
      return t('The flag pause is set: Ceph serves nobody.');
    case 'noout':
      return t('The flag noout is set: the missing copies are not made elsewhere, however long this lasts.');
    default:
      return t('The flag {0} is set: missing copies are not made.', flag);
  }
}

function isUnreachable(checks: readonly HealthCheck[]): boolean {
  return checks.some(({ code }) => code === 'PG_AVAILABILITY');
}

function titleFor(name: string, isDown: readonly HealthCheck[], others: readonly HealthCheck[]): string {
  const osds = isDown.flatMap(({ details }) => details.flatMap((one) => /^(osd\.\d+) /.exec(one)?.[1] ?? []));
  const named = osds.length > 0 ? osds.slice(0, 6).join(', ') : t('OSDs');
  if (isUnreachable(others))
    return t('Data of the Ceph cluster {0} is out of reach: {1} is down', name, named);
  return isDown.length > 0
    ? t('{0} of the Ceph cluster {1} is down', named, name)
    : t('The Ceph cluster {0} has fewer copies than it should', name);
}

/** The pools whose groups are inactive, by the number in `pg 3.1f is stuck inactive`. */
function inactivePools(checks: readonly HealthCheck[], pools: readonly CephPool[]): readonly string[] {
  const details = checks.filter(({ code }) => code === 'PG_AVAILABILITY').flatMap((one) => one.details);
  const ids = new Set(details.flatMap((detail) => /^pg (\d+)\./.exec(detail)?.[1] ?? []).map(Number));
  return pools.filter((pool) => ids.has(pool.id)).map(({ name }) => name);
}

function hasImages({ applications }: CephPool): boolean {
  return applications.includes('rbd');
}

function copiesInWords({ name, size, minSize }: CephPool): string {
  return t('{0}: {1} copies (size), served while {2} are up (min_size)', name, size, minSize);
}
