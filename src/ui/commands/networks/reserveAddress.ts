import * as vscode from 'vscode';
import { formatIp, isWithin, parseIp } from '../../../base/ipAddresses.ts';
import { t } from '../../../base/l10n.ts';
import type { NetworkAddress, NetworkModel } from '../../../libvirt/model/network.ts';
import { listDhcpLeases } from '../../../libvirt/networks.ts';
import { isHostName, reserveAddress } from '../../../operations/networks/addressChanges.ts';
import { networkClients, type NetworkClient } from '../../../operations/networks/networkClients.ts';
import { subnetOfAddress } from '../../../operations/networks/subnets.ts';
import type { NetworkNode } from '../../explorer/objects/networkNode.ts';
import type { Choice } from '../../prompts/askPick.ts';
import { wizard, type Ask } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { changeAddresses, dhcpAddresses, requireModel } from './changeAddresses.ts';
import { definedUsers } from './networkUsers.ts';

/** An interface that an address can be kept for. */
interface Guest {
  readonly mac: string;
  readonly name: string | undefined;
}

/** Keeps an address for an interface of a domain, or for any MAC address. */
export const reserveAddressCommand = objectCommand({
  id: 'libvirt.network.reserveAddress',
  on: { kinds: ['network'], traits: ['connected'] },
  run: async (node, services) => {
    const model = await requireModel(node);
    const clients = await clientsOf(node, model);
    const guests = await guestsOf(node);
    const host = await wizard(t('Keep an Address in {0} on {1}', node.name, node.host.name), async (ask) => {
      const guest = await askGuest(ask, guests, clients);
      const ip = await askAddress(ask, model, clients, guest);
      const name = await ask.text({
        prompt: t('Host name that the network’s DNS gives it; may be left empty.'),
        value: guest.name ?? '',
        refusal: (text) =>
          text.trim() === '' || isHostName(text.trim()) ? undefined : t('Letters, digits, dots and dashes.'),
      });
      return { mac: guest.mac, id: undefined, ip, name: name.trim() === '' ? undefined : name.trim() };
    });
    if (!host) return;
    await changeAddresses(node, services, reserveAddress(host));
    void vscode.window.showInformationMessage(
      t('{0} is kept for {1}; the guest gets it with its next request.', host.ip, host.name ?? host.mac),
    );
  },
});

async function clientsOf(node: NetworkNode, model: NetworkModel): Promise<readonly NetworkClient[]> {
  const { entry, host } = node;
  if (entry?.active !== true) return networkClients([], model);
  return networkClients(await listDhcpLeases(host.require().connection, entry.ref), model);
}

/** The interfaces that domains of the host have in the network. */
async function guestsOf(node: NetworkNode): Promise<readonly Guest[]> {
  const { inventory } = node.host.require();
  const users = (await definedUsers(node)) ?? [];
  const interfaces = await Promise.all(
    users.map(async ({ uuid, name }) => {
      const found = await inventory.domains.details(uuid).catch(() => undefined);
      return (found?.interfaces ?? [])
        .filter(({ source, mac }) => source === node.name && mac !== undefined)
        .map(({ mac }): Guest => ({ mac: mac ?? '', name }));
    }),
  );
  return interfaces.flat();
}

async function askGuest(
  ask: Ask,
  guests: readonly Guest[],
  clients: readonly NetworkClient[],
): Promise<Guest> {
  const others = clients.filter(({ mac }) => mac !== undefined && !guests.some((guest) => guest.mac === mac));
  const known: readonly Guest[] = [
    ...guests,
    ...others.map(({ mac, hostname }) => ({ mac: mac ?? '', name: hostname })),
  ];
  const choices: readonly Choice<string>[] = known.map(({ mac, name }) => ({
    label: name ?? mac,
    description: name === undefined ? undefined : mac,
    detail: addressInWords(clients.find((client) => client.mac === mac)),
    value: mac,
  }));
  const mac = await ask.choiceOrText({
    placeholder: t('For whom? Choose, or type a MAC address'),
    choices,
    refusal: (text) =>
      /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(text.trim()) ? undefined : t('not a MAC address'),
  });
  const lower = mac.trim().toLowerCase();
  return known.find((guest) => guest.mac === lower) ?? { mac: lower, name: undefined };
}

function addressInWords(client: NetworkClient | undefined): string | undefined {
  if (!client) return undefined;
  return client.reservation
    ? t('{0} is kept for it', client.reservation.ip ?? '')
    : t('has {0} now', client.ip);
}

async function askAddress(
  ask: Ask,
  model: NetworkModel,
  clients: readonly NetworkClient[],
  { mac }: Guest,
): Promise<string> {
  const [served] = dhcpAddresses(model);
  const own = clients.find((client) => client.mac === mac)?.ip;
  const ip = await ask.text({
    prompt: t('The address, in {0}/{1}', served?.address ?? '', served?.prefix ?? served?.netmask ?? ''),
    value: own ?? (served && freeAddress(served, clients)),
    refusal: (text) => refuseAddress(text.trim(), model, clients, mac),
  });
  return ip.trim();
}

/** The lowest address that nobody has. */
function freeAddress(address: NetworkAddress, clients: readonly NetworkClient[]): string | undefined {
  const subnet = subnetOfAddress(address);
  if (!subnet) return undefined;
  const taken = new Set([address.address, ...clients.map(({ ip }) => ip)]);
  for (let number = subnet.first + 2n; number < subnet.last; number += 1n) {
    const ip = formatIp({ family: subnet.family, number });
    if (!taken.has(ip)) return ip;
  }
  return undefined;
}

function refuseAddress(
  text: string,
  model: NetworkModel,
  clients: readonly NetworkClient[],
  mac: string,
): string | undefined {
  const ip = parseIp(text);
  if (!ip) return t('This is not an IP address.');
  const address = dhcpAddresses(model).find((one) => {
    const subnet = subnetOfAddress(one);
    return subnet && isWithin(ip, subnet);
  });
  const subnet = address && subnetOfAddress(address);
  if (!subnet) return t('{0} is not in the subnet.', text);
  if (text === address.address) return t('{0} is the address of the host.', text);
  if (subnet.family === 4 && ip.number === subnet.first) return t('{0} stands for the subnet itself.', text);
  if (subnet.family === 4 && ip.number === subnet.last) return t('{0} is the broadcast address.', text);
  const holder = clients.find((client) => client.ip === text && client.mac !== mac);
  return holder && t('{0} has it.', holder.hostname ?? holder.mac ?? '');
}
