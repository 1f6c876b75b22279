import * as vscode from 'vscode';
import { parseIp } from '../../../base/ipAddresses.ts';
import { t } from '../../../base/l10n.ts';
import type { DnsHost } from '../../../libvirt/model/network.ts';
import { addDnsHost, removeDnsHost } from '../../../operations/networks/addressChanges.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard, type Ask } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { changeAddresses, requireModel } from './changeAddresses.ts';

type Answer =
  { readonly kind: 'add'; readonly host: DnsHost } | { readonly kind: 'remove'; readonly host: DnsHost };

/** Names that the network's DNS server answers for, besides those of its guests. */
export const dnsNamesCommand = objectCommand({
  id: 'libvirt.network.dnsNames',
  on: { kinds: ['network'], traits: ['connected'] },
  run: async (node, services) => {
    const { name, host } = node;
    const { dnsHosts } = await requireModel(node);
    const answer = await wizard(t('DNS Names of {0} on {1}', name, host.name), (ask) =>
      askNames(ask, dnsHosts),
    );
    if (!answer) return;
    const { ip, names } = answer.host;
    if (answer.kind === 'add') {
      await changeAddresses(node, services, addDnsHost(answer.host));
      return;
    }
    const agreed = await confirm(
      t('Remove the names of {0} from the network {1} on {2}?', ip, name, host.name),
      t('Guests no longer find {0} by them.', names.join(', ')),
      t('Remove'),
    );
    if (agreed) await changeAddresses(node, services, removeDnsHost(answer.host));
  },
});

async function askNames(ask: Ask, dnsHosts: readonly DnsHost[]): Promise<Answer> {
  const index = await ask.pick({
    placeholder: t('Add names, or choose some to remove'),
    choices: [
      { label: t('Add…'), icon: new vscode.ThemeIcon('add'), value: -1 },
      ...dnsHosts.map(({ ip, names }, value) => ({
        ...{ label: names.join(', '), description: ip, value, icon: new vscode.ThemeIcon('trash') },
      })),
    ],
  });
  const known = dnsHosts[index];
  if (known) return { kind: 'remove', host: known };
  const names = await ask.text({
    prompt: t('Names, with a space between them'),
    placeholder: 'printer printer.lan',
    refusal: (text) => {
      const given = namesIn(text);
      if (given.length === 0) return t('Give a name.');
      return given.every((name) => /^[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(name))
        ? undefined
        : t('Letters, digits, dots and dashes.');
    },
  });
  const ip = await ask.text({
    prompt: t('The address that they stand for'),
    refusal: (text) => {
      if (!parseIp(text.trim())) return t('This is not an IP address.');
      return dnsHosts.some((host) => host.ip === text.trim())
        ? t('There are names for this address already: remove them first, then add all of them.')
        : undefined;
    },
  });
  return { kind: 'add', host: { ip: ip.trim(), names: namesIn(names) } };
}

function namesIn(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((name) => name !== '');
}
