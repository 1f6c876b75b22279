import { t } from '../../../base/l10n.ts';
import { isForbidden } from '../../../ceph/cephError.ts';
import { listClusterSettings, type ClusterSetting } from '../../../ceph/clusterConfig.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { shellHostOf } from '../../../hosts/shellHost.ts';
import { removeSettingsPlan } from '../../../operations/cephSettings/removeSettingsPlan.ts';
import type { Failure, FailurePage } from '../../failure.ts';
import type { Finding } from '../../finding.ts';
import { questionWait } from '../../questionWait.ts';

const id = 'ceph-client-logging';

/** Clients of the cluster log for debugging, and somebody has forgotten to end it. */
export const cephClientLoggingFailure: Failure = {
  id,
  page,
  symptoms: [],
  examineCluster: async (cluster, ward) => {
    const settings = await cluster
      .ask((client) => listClusterSettings(client, questionWait(ward)))
      .catch((error: unknown) => {
        if (isForbidden(error)) return [];
        throw error;
      });
    const debugging = settings.filter(isDebugging);
    return debugging.length > 0 ? [finding(cluster, debugging)] : [];
  },
};

/** Clients log nothing of their own accord: levels above 5, and a log on standard error, are for debugging. */
function isDebugging({ who, name, value }: ClusterSetting): boolean {
  if (who !== 'client' && !who.startsWith('client.')) return false;
  if (name === 'log_to_stderr') return value === 'true';
  return /^debug_(?:rbd|rados|ms|objecter|objectcacher)$/.test(name) && Number.parseInt(value, 10) > 5;
}

function finding(cluster: CephCluster, settings: readonly ClusterSetting[]): Finding {
  const { client, session } = cluster.require();
  const place = { client, shell: shellHostOf(session) };
  const names = [...new Set(settings.map((one) => one.who))].join(', ');
  return {
    failure: id,
    severity: 'warning',
    about: { kind: 'cluster', cluster: cluster.id },
    title: t('{0} of the cluster {1} logs for debugging', names, cluster.name),
    explanation: [
      t(
        'All programs that log in as this user write down what they do: that slows them down and fills logs. It stays until somebody ends it.',
      ),
    ],
    evidence: settings.map(({ who, mask, name, value }) =>
      mask === '' ? `${who} ${name} = ${value}` : `${who}/${mask} ${name} = ${value}`,
    ),
    remedies: [
      {
        kind: 'plan',
        title: t('End the Logging of {0}…', names),
        plan: () => Promise.resolve(removeSettingsPlan(t('End the logging of {0}', names), place, settings)),
      },
    ],
  };
}

function page(): FailurePage {
  return {
    title: t('Ceph clients log for debugging'),
    summary: t('The monitors tell clients to log all they do, and nobody has ended it.'),
    why: [
      t(
        'Settings such as debug_rbd in the configuration of the monitors count for all clients at once, also for domains that run. They help to find out why an image cannot be opened, and cost time with every read and write.',
      ),
    ],
    looks: [t('The settings of clients among what the monitors hand out, by “ceph config dump”.')],
    cures: [t('Take these settings back. Undo sets them again.')],
    byHand: [
      'ceph config dump',
      'ceph config rm client.ID debug_rbd',
      'ceph config rm client.ID log_to_stderr',
    ],
    links: [
      { title: 'Configuring Ceph', url: 'https://docs.ceph.com/en/latest/rados/configuration/ceph-conf/' },
    ],
  };
}
