import * as vscode from 'vscode';
import { parseIp } from '../../../base/ipAddresses.ts';
import { t } from '../../../base/l10n.ts';
import type { DhcpRange, NetworkAddress } from '../../../libvirt/model/network.ts';
import { setDhcpRanges } from '../../../operations/networks/addressChanges.ts';
import { parseRange, rangeFault, subnetOfAddress } from '../../../operations/networks/subnets.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { changeAddresses, dhcpAddresses, requireModel } from './changeAddresses.ts';

/** Which addresses DHCP gives out, changed without a restart. */
export const editRangeCommand = objectCommand({
  id: 'libvirt.network.editRange',
  on: { kinds: ['network'], traits: ['connected'] },
  run: async (node, services) => {
    const addresses = dhcpAddresses(await requireModel(node));
    const answer = await wizard(t('DHCP of {0} on {1}', node.name, node.host.name), async (ask) => {
      const index =
        addresses.length === 1
          ? 0
          : await ask.pick({
              placeholder: t('Which addresses?'),
              choices: addresses.map((address, value) => ({ label: subnetInWords(address), value })),
            });
      const address = addresses[index];
      if (!address) return undefined;
      const text = await ask.text({
        prompt: t(
          'Addresses for guests in {0}, several ranges with a comma between them. Empty: only those that are kept.',
          subnetInWords(address),
        ),
        value: address.ranges.map(({ start, end }) => `${start} - ${end}`).join(', '),
        refusal: (given) => refuse(given, address),
      });
      return { address: address.address, ranges: rangesIn(text) };
    });
    if (!answer) return;
    await changeAddresses(node, services, setDhcpRanges(answer.address, answer.ranges));
    void vscode.window.showInformationMessage(
      t('{0} gives out other addresses now. Guests keep theirs until their lease ends.', node.name),
    );
  },
});

function subnetInWords({ address, prefix, netmask }: NetworkAddress): string {
  return `${address}/${prefix ?? netmask ?? ''}`;
}

function rangesIn(text: string): readonly DhcpRange[] {
  return text
    .split(',')
    .filter((part) => part.trim() !== '')
    .flatMap((part) => parseRange(part) ?? []);
}

function refuse(text: string, address: NetworkAddress): string | undefined {
  const subnet = subnetOfAddress(address);
  const gateway = parseIp(address.address)?.number;
  for (const part of text.split(',').filter((one) => one.trim() !== '')) {
    const range = parseRange(part);
    const fault =
      range && subnet
        ? rangeFault(range, subnet, gateway)
        : t('Two addresses, such as 192.168.100.50 - 192.168.100.99.');
    if (fault !== undefined) return fault;
  }
  return undefined;
}
