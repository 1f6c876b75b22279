import { t } from '../../../base/l10n.ts';
import type { Failure } from '../../failure.ts';
import { healthRemedy } from './cephFull.ts';
import { checksInWords, clusterSubject, healthOf, mayBeAbout, raised, runningOn } from './clusterHealth.ts';

/** Requests of clients wait on OSDs or monitors for longer than half a minute. */
export const slowOpsFailure: Failure = {
  id: 'slow-ops',
  page: () => ({
    title: t('Ceph is slow: requests wait'),
    summary: t('“slow ops, oldest one blocked for … sec”: guests stall for seconds or longer.'),
    why: [
      t(
        'A request that an OSD has not finished after 30 s (osd_op_complaint_time) counts as slow. A guest sees it as a disk that does not answer: Linux writes “task blocked for more than 120 seconds” into its log, and may remount the file system read-only.',
      ),
      t(
        'One OSD alone: its disk is failing or overloaded, or its host lacks memory or network. Many OSDs: the network between the hosts, recovery that takes all, or too few copies that are up. Monitors: their own disk is slow.',
      ),
    ],
    looks: [
      t(
        'Which daemons Ceph reports with slow requests, how many and since when; whether OSDs are down, as requests wait for those too.',
      ),
    ],
    cures: [
      t('One OSD: look at its disk (smartctl, dmesg, ceph osd perf). Mark it out, and replace the disk.'),
      t('Data out of reach: see to the OSDs that are down first.'),
      t('Recovery takes all: let it go slower (osd_mclock_profile high_client_ops).'),
    ],
    byHand: [
      'ceph health detail',
      'ceph osd perf',
      'ceph tell osd.3 dump_ops_in_flight',
      'ceph osd ok-to-stop 3',
    ],
    links: [
      {
        title: 'Ceph: SLOW_OPS',
        url: 'https://docs.ceph.com/en/latest/rados/operations/health-checks/#slow-ops',
      },
      {
        title: t('Ceph: slow or unresponsive OSDs'),
        url: 'https://docs.ceph.com/en/latest/rados/troubleshooting/troubleshooting-osd/',
      },
    ],
  }),
  symptoms: [
    {
      example: 'SLOW_OPS: 3 slow ops, oldest one blocked for 34 sec, osd.1 has slow ops',
      pattern: /\bSLOW_OPS\b|\d+ slow ops, oldest one blocked for \d+ sec/,
    },
  ],
  async examineCluster(cluster, ward, complaint) {
    if (!mayBeAbout(cluster, complaint)) return [];
    const health = await healthOf(cluster, ward);
    const checks = raised(
      health,
      'SLOW_OPS',
      'BLUESTORE_SLOW_OP_ALERT',
      'OSD_SLOW_PING_TIME_BACK',
      'OSD_SLOW_PING_TIME_FRONT',
    );
    if (checks.length === 0) return [];
    const isOutOfReach = raised(health, 'PG_AVAILABILITY').length > 0;
    const domains = await runningOn(cluster, ward);
    const { count, seconds, daemons } = slowOpsIn(checks.map(({ summary }) => summary).join('\n'));
    return [
      {
        failure: 'slow-ops',
        severity: 'warning',
        about: clusterSubject(cluster),
        title:
          count === undefined
            ? t('Parts of the Ceph cluster {0} are slow', cluster.name)
            : t(
                '{0} requests wait in the Ceph cluster {1}, one for {2} s',
                count,
                cluster.name,
                seconds ?? 0,
              ),
        explanation: [
          t(
            'Guests whose requests these are stall, and go on when they are served. If a guest has made its file system read-only meanwhile, it has to be restarted.',
          ),
          ...(isOutOfReach
            ? [t('Some data is out of reach because OSDs are down: the requests wait for those.')]
            : daemons.length === 1
              ? [t('Only {0} is slow: look at its disk and its host.', daemons[0] ?? '')]
              : []),
          ...(domains.length > 0 ? [t('Domains that run on this cluster: {0}.', domains.join(', '))] : []),
        ],
        evidence: checksInWords(checks),
        remedies: [healthRemedy(cluster)],
      },
    ];
  },
};

export interface SlowOps {
  readonly count: number | undefined;
  readonly seconds: number | undefined;
  readonly daemons: readonly string[];
}

/** `3 slow ops, oldest one blocked for 34 sec, daemons [osd.1,osd.2] have slow ops.` */
export function slowOpsIn(summary: string): SlowOps {
  const [, count, seconds, rest = ''] =
    /(\d+) slow ops, oldest one blocked for (\d+) sec,?(.*)/.exec(summary) ?? [];
  return {
    count: count === undefined ? undefined : Number(count),
    seconds: seconds === undefined ? undefined : Number(seconds),
    daemons: [...rest.matchAll(/\b(?:osd|mon|mds)\.[\w-]+/g)].map(([name]) => name),
  };
}
