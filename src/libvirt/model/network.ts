import { parseXml } from './element.ts';
import { readInteger } from './storageSource.ts';

export interface NetworkAddress {
  readonly address: string;
  /** Bits, where the XML has them. */
  readonly prefix: number | undefined;
  readonly netmask: string | undefined;
  readonly dhcp: boolean;
}

export interface NetworkModel {
  readonly name: string;
  readonly uuid: string;
  readonly title: string | undefined;
  /** The bridge device on the host. */
  readonly bridge: string | undefined;
  /** `nat`, `route`, `bridge`, `open` ...; undefined: isolated. */
  readonly forwardMode: string | undefined;
  readonly forwardDevice: string | undefined;
  readonly mac: string | undefined;
  /** The DNS domain of its guests. */
  readonly dnsDomain: string | undefined;
  readonly addresses: readonly NetworkAddress[];
  readonly portgroups: readonly string[];
}

/** Reads what `getNetworkXml()` gives. */
export async function parseNetwork(xml: string): Promise<NetworkModel> {
  const network = await parseXml(xml);
  const forward = network.child('forward');
  return {
    name: network.textOf('name') ?? '',
    uuid: network.textOf('uuid') ?? '',
    title: network.textOf('title'),
    bridge: network.child('bridge')?.attribute('name'),
    // libvirt's default, where <forward> is there without a mode.
    forwardMode: forward && (forward.attribute('mode') ?? 'nat'),
    forwardDevice: forward?.attribute('dev'),
    mac: network.child('mac')?.attribute('address'),
    dnsDomain: network.child('domain')?.attribute('name'),
    addresses: network.children('ip').map((ip) => ({
      address: ip.attribute('address') ?? '',
      prefix: readInteger(ip.attribute('prefix')),
      netmask: ip.attribute('netmask'),
      dhcp: ip.child('dhcp') !== undefined,
    })),
    portgroups: network.children('portgroup').flatMap((group) => group.attribute('name') ?? []),
  };
}
