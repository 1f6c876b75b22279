import { parseSubnet, type Subnet } from '../../../../base/ipAddresses.ts';
import { t } from '../../../../base/l10n.ts';
import type { DhcpRange } from '../../../../libvirt/model/network.ts';
import type { RoutedMode, VirtualNetwork } from '../../../../operations/networks/networkXml.ts';
import {
  conflictsOf,
  parseRange,
  proposeSubnet,
  rangeFault,
  upperRange,
  wholeRange,
  type UsedSubnet,
} from '../../../../operations/networks/subnets.ts';
import type { Choice } from '../../../prompts/askPick.ts';
import type { Ask } from '../../../prompts/wizard.ts';
import type { NetworkSite } from './networkSite.ts';

type Extra = 'ipv6' | 'domain' | 'device' | 'mtu' | 'noDns';

/** A network that libvirt makes: its addresses, what DHCP gives out, and what is seldom wanted in one question. */
export async function askVirtual(
  ask: Ask,
  site: NetworkSite,
  { kind, name }: { readonly kind: RoutedMode; readonly name: string },
): Promise<VirtualNetwork> {
  const used = await site.used();
  const subnet = await askSubnet(ask, used);
  const dhcp = subnet && (await askDhcp(ask, subnet));
  const extras = await ask.pickMany<Extra>({
    placeholder: t('Anything else? Mostly not.'),
    choices: extraChoices(kind),
  });
  const ipv6 = extras.includes('ipv6') ? { subnet: await askIpv6(ask, used, site.proposedIpv6) } : undefined;
  const domain = extras.includes('domain') ? await askDomain(ask) : undefined;
  const device = extras.includes('device') ? await askDevice(ask, site) : undefined;
  const mtu = extras.includes('mtu') ? await askMtu(ask) : undefined;
  const ipv4 = subnet && { subnet, dhcp };
  return { kind, name, ipv4, ipv6, domain, device, mtu, dns: !extras.includes('noDns') };
}

async function askSubnet(ask: Ask, used: readonly UsedSubnet[]): Promise<Subnet | undefined> {
  const text = await ask.text({
    prompt: t('IPv4 subnet; the host gets its first address. Empty: no IPv4.'),
    value: proposeSubnet(used),
    refusal: (given) => (given.trim() === '' ? undefined : refuseSubnet(given, 4, used)),
  });
  return parseSubnet(text);
}

async function askIpv6(ask: Ask, used: readonly UsedSubnet[], proposed: string): Promise<Subnet> {
  const text = await ask.text({
    prompt: t('IPv6 subnet of 64 bits; guests choose their address in it (SLAAC).'),
    value: proposed,
    refusal: (given) => {
      const subnet = parseSubnet(given);
      if (subnet && subnet.prefix !== 64)
        return t('Guests choose addresses in subnets of 64 bits alone: …/64.');
      return refuseSubnet(given, 6, used);
    },
  });
  // The form has been checked.
  return parseSubnet(text) ?? { family: 6, first: 0n, last: 0n };
}

function refuseSubnet(text: string, family: 4 | 6, used: readonly UsedSubnet[]): string | undefined {
  const subnet = parseSubnet(text);
  if (subnet?.family !== family) {
    return family === 4
      ? t('A subnet, such as 192.168.100.0/24.')
      : t('A subnet, such as fd12:3456:789a::/64.');
  }
  if (family === 4 && (subnet.prefix < 8 || subnet.prefix > 30)) return t('Between /8 and /30.');
  const [conflict] = conflictsOf(subnet, used);
  if (!conflict) return undefined;
  return conflict.isFirm
    ? t('{0} has addresses in it.', conflict.by)
    : t('{0} leads to addresses in it, which would no longer be reached.', conflict.by);
}

type DhcpChoice = 'whole' | 'upper' | 'other' | 'none';

async function askDhcp(ask: Ask, subnet: Subnet): Promise<DhcpRange | undefined> {
  const ranges = { whole: wholeRange(subnet), upper: upperRange(subnet) };
  const offer = (value: 'whole' | 'upper', detail: string): readonly Choice<DhcpChoice>[] => {
    const range = ranges[value];
    return range ? [{ label: `${range.start} - ${range.end}`, detail, value }] : [];
  };
  const chosen = await ask.pick<DhcpChoice>({
    placeholder: t('Which addresses does DHCP give to guests?'),
    choices: [
      ...offer('whole', t('All that are free')),
      ...offer('upper', t('The upper half; those below are for guests that have theirs by hand')),
      { label: t('Others…'), value: 'other' },
      {
        label: t('No DHCP'),
        detail: t('Guests have theirs by hand, or from a DHCP server in the network'),
        value: 'none',
      },
    ],
  });
  if (chosen === 'none') return undefined;
  if (chosen !== 'other') return ranges[chosen];
  const text = await ask.text({
    prompt: t('First and last address for guests'),
    value: ranges.upper ? `${ranges.upper.start} - ${ranges.upper.end}` : '',
    refusal: (given) => {
      const range = parseRange(given);
      return range ? rangeFault(range, subnet) : t('Two addresses, such as 192.168.100.50 - 192.168.100.99.');
    },
  });
  return parseRange(text);
}

function extraChoices(kind: RoutedMode): readonly Choice<Extra>[] {
  return [
    { label: t('IPv6 too'), value: 'ipv6' },
    { label: t('A DNS domain'), detail: t('web1 is found as web1.DOMAIN'), value: 'domain' },
    ...(kind === 'isolated'
      ? []
      : [
          {
            label: t('Out through one interface of the host only'),
            value: 'device',
          } as const,
        ]),
    { label: t('Another MTU'), detail: t('Jumbo frames, or less for a tunnel'), value: 'mtu' },
    { label: t('No DNS server'), detail: t('Guests ask others for names'), value: 'noDns' },
  ];
}

async function askDomain(ask: Ask): Promise<string> {
  const domain = await ask.text({
    prompt: t('DNS domain of the guests'),
    placeholder: 'lab.example',
    refusal: (text) =>
      /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$/.test(text.trim())
        ? undefined
        : t('Letters, digits, dots and dashes.'),
  });
  return domain.trim();
}

async function askDevice(ask: Ask, site: NetworkSite): Promise<string> {
  const interfaces = (await site.networking())?.interfaces ?? [];
  const device = await ask.choiceOrText({
    placeholder: t('Which interface of {0}? Choose, or type its name', site.name),
    choices: interfaces.map(({ name, isUp }) => ({
      ...{ label: name, description: isUp ? t('up') : t('down'), value: name },
    })),
    refusal: (text) => (/^[^\s/]{1,15}$/.test(text.trim()) ? undefined : t('not the name of an interface')),
  });
  return device.trim();
}

async function askMtu(ask: Ask): Promise<number> {
  const text = await ask.text({
    prompt: t('MTU in bytes; most often 1500'),
    value: '9000',
    refusal: (given) => {
      const mtu = /^[0-9]+$/.test(given.trim()) ? Number(given) : NaN;
      return mtu >= 576 && mtu <= 65_521 ? undefined : t('Between {0} and {1}.', 576, 65_521);
    },
  });
  return Number(text);
}
