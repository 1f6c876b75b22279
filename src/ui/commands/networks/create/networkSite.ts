import { t } from '../../../../base/l10n.ts';
import type { ConnectedHost, HostSession } from '../../../../hosts/hostSession.ts';
import type { NetworkModel } from '../../../../libvirt/model/network.ts';
import { readHostNetworking, type HostNetworking } from '../../../../operations/networks/hostNetworking.ts';
import {
  proposeIpv6Subnet,
  subnetsOfNetworks,
  type UsedSubnet,
} from '../../../../operations/networks/subnets.ts';

/** Where a network is to be made, and what can be asked of it: each thing is read once, when it is first wanted. */
export class NetworkSite {
  /** The host's name. */
  readonly name: string;
  /** The same when somebody goes back. */
  readonly proposedIpv6 = proposeIpv6Subnet();
  readonly #host: ConnectedHost;
  #networking: Promise<HostNetworking | undefined> | undefined;
  #models: Promise<readonly NetworkModel[]> | undefined;

  constructor(session: HostSession) {
    this.name = session.name;
    this.#host = session.require();
  }

  get takenNames(): ReadonlySet<string> {
    return new Set([...this.#host.inventory.networks.entries.values()].map(({ ref }) => ref.name));
  }

  /** undefined where the host does not tell. */
  networking(): Promise<HostNetworking | undefined> {
    return (this.#networking ??= readHostNetworking(this.#host.transport).catch(() => undefined));
  }

  /** The networks that there are already. */
  models(): Promise<readonly NetworkModel[]> {
    return (this.#models ??= this.#readModels());
  }

  async #readModels(): Promise<readonly NetworkModel[]> {
    const { networks } = this.#host.inventory;
    const models = await Promise.all(
      [...networks.entries.keys()].map((uuid) => networks.details(uuid).catch(() => undefined)),
    );
    return models.filter((model) => model !== undefined);
  }

  /** The addresses of its networks and those that the host itself has or reaches. */
  async used(): Promise<readonly UsedSubnet[]> {
    const [models, networking] = await Promise.all([this.models(), this.networking()]);
    const own = subnetsOfNetworks(models);
    const bridges = new Set(models.flatMap(({ bridge }) => bridge ?? []));
    const others = (networking?.subnets ?? []).filter(({ by }) => !bridges.has(by));
    return [...own, ...others.map((one) => ({ ...one, by: t('{0} of the host', one.by) }))];
  }
}
