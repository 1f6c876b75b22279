import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { isForbidden } from './cephError.ts';
import { getFsid, listMonitors } from './clusterStatus.ts';
import { tellMonitors } from './monitors.ts';

/**
 * The ceph.conf that a client needs: which cluster, and where its monitors are. As the cluster itself writes it; for a
 * client that may not ask for that, from the map of the monitors.
 */
export async function getMinimalConf(client: CephClient, options?: WaitOptions): Promise<string> {
  try {
    return await tellMonitors(client, ['config', 'generate-minimal-conf'], options);
  } catch (error) {
    if (!isForbidden(error)) throw error;
  }
  const [fsid, monitors] = await Promise.all([getFsid(client, options), listMonitors(client, options)]);
  const addresses = monitors.flatMap((monitor) => monitor.addresses).join(',');
  return `[global]\n\tfsid = ${fsid}\n\tmon_host = ${addresses}\n`;
}
