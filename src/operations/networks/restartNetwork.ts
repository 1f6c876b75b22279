import { messageOf, Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { ReportProgress } from '../../base/progress.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { parseNetwork } from '../../libvirt/model/network.ts';
import { getNetworkXml, startNetwork, stopNetwork } from '../../libvirt/networks.ts';
import type { DomainRef, NetworkRef } from '../../libvirt/protocol/refs.ts';
import type { NetworkHost } from './createNetwork.ts';
import { explainNetworkFailure, NetworkProblem } from './networkProblem.ts';
import { findLooseInterfaces, plugInAll } from './pluggedIn.ts';

export interface NetworkRestart extends WaitOptions {
  readonly report?: ReportProgress | undefined;
}

/**
 * Stops a network and starts it as it is defined, then plugs the running domains in again. Cancelling takes effect until
 * it is stopped: later it would leave domains cut off.
 * @param domains the running ones that are in it @returns how many interfaces were plugged in again
 */
export async function restartNetwork(
  host: NetworkHost,
  network: NetworkRef,
  domains: readonly DomainRef[],
  { report, ...options }: NetworkRestart = {},
): Promise<number> {
  const { connection } = host;
  report?.({ message: t('stopping') });
  await stopNetwork(connection, network, options);
  report?.({ message: t('starting') });
  try {
    await startNetwork(connection, network);
  } catch (error) {
    const cause = explainNetworkFailure(error, network.name, host.name);
    throw new NetworkProblem(
      'not-started',
      t('The network {0} is stopped. {1}', network.name, messageOf(cause)),
      {
        advice: cause instanceof Problem ? cause.advice : undefined,
        raw: cause instanceof Problem ? cause.raw : undefined,
        cause,
      },
    );
  }
  return reconnectDomains(host, network, domains, { report });
}

/** Plugs the interfaces of running domains in again that lost the network. @returns how many */
export async function reconnectDomains(
  host: NetworkHost,
  network: NetworkRef,
  domains: readonly DomainRef[],
  { report, ...options }: NetworkRestart = {},
): Promise<number> {
  const { bridge, forwardMode } = await parseNetwork(await getNetworkXml(host.connection, network, options));
  // Of these modes libvirt makes the bridge; others belong to the host and outlive the network.
  const isOwnBridge = forwardMode === undefined || ['nat', 'route', 'open'].includes(forwardMode);
  if (bridge === undefined || !isOwnBridge) return 0;
  report?.({ message: t('plugging domains in again') });
  const loose = await findLooseInterfaces(host, network, domains, options);
  await plugInAll(host, loose, network, bridge, options);
  return loose.length;
}
