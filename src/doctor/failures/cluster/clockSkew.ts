import { t } from '../../../base/l10n.ts';
import type { Failure } from '../../failure.ts';
import { healthRemedy } from './cephFull.ts';
import { checksInWords, clusterSubject, healthOf, mayBeAbout, raised } from './clusterHealth.ts';

/** The clocks of the monitors differ. */
export const clockSkewFailure: Failure = {
  id: 'clock-skew',
  page: () => ({
    title: t('The clocks of the monitors differ'),
    summary: t('Ceph warns of clock skew; logins may fail although key and user are right.'),
    why: [
      t(
        'The monitors agree by time: their clocks may differ by 0.05 s (mon_clock_drift_allowed). Beyond that they warn; when they differ by much, monitors leave the quorum and elections begin again and again.',
      ),
      t(
        'cephx tickets have a time too: a host whose own clock is wrong by an hour or more is refused with “Permission denied”, or after its ticket has run out.',
      ),
    ],
    looks: [t('What Ceph’s health says of the clocks, and by how much which monitor differs.')],
    cures: [
      t('Let chrony or ntpd run on all monitors, with the same servers; one of the hosts can be the server.'),
      t(
        'Step the clock of the one that differs: chronyc makestep. Ceph looks again within five minutes; “ceph time-sync-status” tells.',
      ),
      t('Check the clocks of the libvirt hosts as well.'),
    ],
    byHand: [
      'ceph time-sync-status',
      'chronyc sources',
      'sudo chronyc makestep',
      'sudo systemctl enable --now chrony',
    ],
    links: [
      {
        title: 'Ceph: MON_CLOCK_SKEW',
        url: 'https://docs.ceph.com/en/latest/rados/operations/health-checks/#mon-clock-skew',
      },
      {
        title: t('Ceph: clock skews of monitors'),
        url: 'https://docs.ceph.com/en/latest/rados/troubleshooting/troubleshooting-mon/',
      },
    ],
    limits: t(
      'The Ceph of our tests has one monitor, whose clock cannot differ: this is tested with what Ceph prints.',
    ),
  }),
  symptoms: [
    {
      example: 'MON_CLOCK_SKEW: clock skew detected on mon.b',
      pattern: /\bMON_CLOCK_SKEW\b|clock skew detected on (?:mon\.\S+)/,
    },
  ],
  async examineCluster(cluster, ward, complaint) {
    if (!mayBeAbout(cluster, complaint)) return [];
    const checks = raised(await healthOf(cluster, ward), 'MON_CLOCK_SKEW');
    const skews = checks.flatMap(({ details }) => details.flatMap((detail) => skewIn(detail) ?? []));
    if (checks.length === 0) return [];
    return [
      {
        failure: 'clock-skew',
        severity: 'warning',
        about: clusterSubject(cluster),
        title: t('The clocks of the monitors of the Ceph cluster {0} differ', cluster.name),
        explanation: [
          ...skews.map(({ monitor, seconds }) => t('{0} differs by {1} s.', monitor, seconds)),
          t(
            'Everything works as long as the monitors keep their quorum. Set the clocks right before they lose it: chrony or ntpd on each of them.',
          ),
        ],
        evidence: checksInWords(checks),
        remedies: [healthRemedy(cluster)],
      },
    ];
  },
};

/** `mon.b clock skew 0.33s > max 0.05s (latency 0.001s)`; before Nautilus with `addr ...` between. */
export function skewIn(detail: string): { readonly monitor: string; readonly seconds: number } | undefined {
  const [, monitor, seconds] = /^(mon\.\S+) (?:addr \S+ )?clock skew (-?[\d.]+)s/.exec(detail) ?? [];
  return monitor === undefined ? undefined : { monitor, seconds: Number(seconds) };
}
