import { CancelledError } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { WaitOptions } from '../../../base/waiting.ts';
import type { CephClient } from '../../../ceph/cephAccess.ts';
import { Errno, isCephError } from '../../../ceph/cephError.ts';
import { runCeph } from '../../../ceph/cephProgram.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import type { SourceHost } from '../../../libvirt/model/storageSource.ts';
import { monitorsInConfiguration, parseServer } from '../../../operations/pools/rbd/monitorList.ts';
import type { Finding } from '../../finding.ts';
import { lookAtMonitors, monitorInWords } from './monitorStates.ts';
import { adviceNow, whyItIsSilent } from './silenceInWords.ts';

const connectSeconds = 5;

/** Asks a cluster for its id through each host that is a way to it; a finding where the monitors answer none. */
export async function clusterSilence(
  cluster: CephCluster,
  wait: WaitOptions,
): Promise<Omit<Finding, 'failure'> | undefined> {
  if (!cluster.route || (await answers(cluster, wait))) return undefined;
  const { client, session } = cluster.require();
  const hosts = await monitorsOf(client, wait);
  const monitors = await lookAtMonitors(client.transport, hosts, wait);
  return {
    severity: 'error',
    about: { kind: 'cluster', cluster: cluster.id },
    title: t('No monitor of the Ceph cluster {0} answers {1}.', cluster.name, session.name),
    explanation: [whyItIsSilent('silent', monitors), ...adviceNow('silent')],
    evidence: monitors.map(monitorInWords),
    remedies: [
      {
        kind: 'text',
        title: t('Look at the monitors again'),
        read: async (options) =>
          (await lookAtMonitors(client.transport, hosts, options)).map(monitorInWords).join('\n'),
      },
    ],
  };
}

/** What refuses or cannot ask does not count as silence. */
async function answers(cluster: CephCluster, { signal }: WaitOptions): Promise<boolean> {
  try {
    await cluster.ask((client) =>
      runCeph(client, 'ceph', [`--connect-timeout=${connectSeconds}`, 'fsid'], { signal, timeoutMs: 15_000 }),
    );
    return true;
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    return !isCephError(error, Errno.ETIMEDOUT);
  }
}

async function monitorsOf(
  { access, transport }: CephClient,
  wait: WaitOptions,
): Promise<readonly SourceHost[]> {
  const { monitors, configFile = '/etc/ceph/ceph.conf' } = access;
  if (monitors.length > 0) return monitors.flatMap((one) => withPort(parseServer(one)));
  const { stdout } = await transport.exec(['cat', '--', configFile], wait);
  return monitorsInConfiguration(stdout.toString()).flatMap(withPort);
}

function withPort(server: ReturnType<typeof parseServer>): readonly SourceHost[] {
  return server ? [{ name: server.name, port: server.port }] : [];
}
