import { Problem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { NetworkAddress, NetworkModel } from '../../../libvirt/model/network.ts';
import { changeNetwork, type PlannedChange } from '../../../operations/networks/changeNetwork.ts';
import type { NetworkNode } from '../../explorer/objects/networkNode.ts';
import type { CommandServices } from '../command.ts';
import { onObject } from '../onObject.ts';

class NoAddressesProblem extends Problem {
  readonly code = 'no-addresses';
}

/** Changes the network as it runs and its definition, with progress, and shows its rows anew. */
export async function changeAddresses(
  node: NetworkNode,
  services: CommandServices,
  change: PlannedChange,
): Promise<void> {
  const { entry, name, host, uuid } = node;
  if (!entry) return;
  try {
    await onObject(
      node,
      services,
      { title: t('Changing the network {0} on {1}', name, host.name) },
      ({ connection }, signal) => changeNetwork({ name: host.name, connection }, entry, change, { signal }),
    );
  } finally {
    host.inventory?.networks.noteUpdate(uuid);
  }
}

/** A network whose addresses libvirt gives out. Throws for one that gets them from elsewhere. */
export async function requireModel({ host, uuid, name }: NetworkNode): Promise<NetworkModel> {
  const model = await host.require().inventory.networks.details(uuid);
  if (model && model.addresses.length > 0) return model;
  throw new NoAddressesProblem(t('The network {0} on {1} has no addresses of its own.', name, host.name), {
    advice: t('Its guests get theirs from elsewhere: look at the DHCP server there.'),
  });
}

/** The addresses that DHCP is for, or could be. */
export function dhcpAddresses({ addresses }: NetworkModel): readonly NetworkAddress[] {
  const served = addresses.filter(({ dhcp }) => dhcp);
  return served.length > 0 ? served : addresses.filter(({ family }) => family === 'ipv4');
}
