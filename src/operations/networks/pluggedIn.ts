import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { updateDevice } from '../../libvirt/domainDevices.ts';
import { getDomainXml } from '../../libvirt/domains.ts';
import { isLibvirtError } from '../../libvirt/errors.ts';
import { parseXml, type XmlElement } from '../../libvirt/model/element.ts';
import { parseNetworkPort, type NetworkPort } from '../../libvirt/model/network.ts';
import { getNetworkPortXml, listNetworkPorts } from '../../libvirt/networks.ts';
import { DomainAffect } from '../../libvirt/protocol/domainFlags.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import type { DomainRef, NetworkRef } from '../../libvirt/protocol/refs.ts';
import { deviceXml, editable, withChild } from '../devices/deviceElement.ts';
import type { NetworkHost } from './createNetwork.ts';
import { NetworkProblem } from './networkProblem.ts';

/**
 * The interfaces of running domains that are plugged into the network; undefined when libvirt is too old to tell (before
 * 5.5).
 */
export async function listPluggedIn(
  { connection }: NetworkHost,
  network: NetworkRef,
  options?: WaitOptions,
): Promise<readonly NetworkPort[] | undefined> {
  try {
    const ports = await listNetworkPorts(connection, network, options);
    return await Promise.all(
      ports.map(async (port) => parseNetworkPort(await getNetworkPortXml(connection, port, options))),
    );
  } catch (error) {
    if (isLibvirtError(error, ErrorCode.noSupport)) return undefined;
    throw error;
  }
}

/** An interface of a running domain that belongs into a network and is not plugged in. */
export interface LooseInterface {
  readonly domain: DomainRef;
  readonly mac: string;
  /** As the running domain has it. */
  readonly element: XmlElement;
}

/**
 * The interfaces that lost their network: when one stops, its bridge goes, and the running domains' ends of it stay behind,
 * plugged into nothing, also after it is started again.
 * @param domains the running ones that may be in the network
 */
export async function findLooseInterfaces(
  host: NetworkHost,
  network: NetworkRef,
  domains: readonly DomainRef[],
  options?: WaitOptions,
): Promise<readonly LooseInterface[]> {
  const plugged = new Set((await listPluggedIn(host, network, options))?.map(({ mac }) => mac));
  const found = await Promise.all(
    domains.map(async (domain) => {
      const devices = (await parseXml(await getDomainXml(host.connection, domain, options))).child('devices');
      return (devices?.children('interface') ?? []).flatMap((element) => {
        const mac = element.child('mac')?.attribute('address');
        const isHere = element.child('source')?.attribute('network') === network.name;
        return mac !== undefined && isHere && !plugged.has(mac) ? [{ domain, mac, element }] : [];
      });
    }),
  );
  return found.flat();
}

/**
 * Plugs a loose interface in again, without the guest noticing more than that its network is back. libvirt moves the
 * host's end of it only when its place changes, so it is put on the bridge by name first, then on the network.
 * @param bridge of the running network
 */
export async function plugIn(
  { connection }: NetworkHost,
  { domain, element }: LooseInterface,
  network: NetworkRef,
  bridge: string,
  options?: WaitOptions,
): Promise<void> {
  const card = editable(element);
  const onBridge = withChild({ ...card, attributes: { ...card.attributes, type: 'bridge' } }, 'source', {
    name: 'source',
    attributes: { bridge },
  });
  const onNetwork = withChild(card, 'source', {
    name: 'source',
    attributes: { network: network.name, portgroup: element.child('source')?.attribute('portgroup') },
  });
  await updateDevice(connection, domain, deviceXml(onBridge), DomainAffect.live, options);
  await updateDevice(connection, domain, deviceXml(onNetwork), DomainAffect.live, options);
}

/**
 * Plugs all of them in again, one after the other; a failure does not keep the others from it.
 * Rejects with a {@link NetworkProblem} that names the domains that are not back.
 */
export async function plugInAll(
  host: NetworkHost,
  loose: readonly LooseInterface[],
  network: NetworkRef,
  bridge: string,
  options?: WaitOptions,
): Promise<void> {
  const failed: { readonly name: string; readonly error: unknown }[] = [];
  for (const one of loose) {
    try {
      await plugIn(host, one, network, bridge, options);
    } catch (error) {
      if (options?.signal?.aborted) throw error;
      failed.push({ name: one.domain.name, error });
    }
  }
  const [first] = failed;
  if (!first) return;
  const names = [...new Set(failed.map(({ name }) => name))].join(', ');
  throw new NetworkProblem(
    'not-reconnected',
    t(
      'The network {0} runs on {1}, but these domains are not plugged in again: {2}.',
      network.name,
      host.name,
      names,
    ),
    {
      advice: t('Detach their interface and attach it again, or restart them.'),
      cause: first.error,
      raw: first.error instanceof Error ? first.error.message : undefined,
    },
  );
}
