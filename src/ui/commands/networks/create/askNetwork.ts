import * as vscode from 'vscode';
import { t } from '../../../../base/l10n.ts';
import type { AttachedNetwork, NewNetwork } from '../../../../operations/networks/networkXml.ts';
import type { Choice } from '../../../prompts/askPick.ts';
import type { Ask } from '../../../prompts/wizard.ts';
import { askVirtual } from './askVirtual.ts';
import type { NetworkSite } from './networkSite.ts';

type Kind = 'nat' | 'route' | 'isolated' | 'open' | 'bridge' | 'macvtap';
export type NetworkStep = 'start' | 'autostart' | 'review';

export interface NetworkAnswers {
  readonly network: NewNetwork;
  readonly steps: readonly NetworkStep[];
}

export async function askNetwork(ask: Ask, site: NetworkSite): Promise<NetworkAnswers> {
  const kind = await ask.pick<Kind>({ placeholder: t('How do guests reach others?'), choices: kinds() });
  const name = await askName(ask, site);
  const network: NewNetwork =
    kind === 'bridge' || kind === 'macvtap'
      ? await askAttached(ask, site, { kind, name })
      : await askVirtual(ask, site, { kind, name });
  return { network, steps: await askSteps(ask) };
}

function kinds(): readonly Choice<Kind>[] {
  const choice = (value: Kind, icon: string, label: string, detail: string): Choice<Kind> => ({
    ...{ label, detail, value, icon: new vscode.ThemeIcon(icon) },
  });
  return [
    choice(
      'nat',
      'globe',
      t('NAT'),
      t('A network of their own. They reach everything the host reaches, under its address.'),
    ),
    choice(
      'isolated',
      'lock',
      t('Isolated'),
      t('A network of their own: each other and the host, nothing else.'),
    ),
    choice(
      'route',
      'arrow-swap',
      t('Routed'),
      t('A network of their own that routers outside know: others reach them too.'),
    ),
    choice(
      'open',
      'unlock',
      t('Open'),
      t('As routed, but libvirt sets no firewall rules: the host’s own decide.'),
    ),
    choice(
      'bridge',
      'plug',
      t('Bridge of the host'),
      t('Guests are in the same network as the host, as machines of their own.'),
    ),
    choice(
      'macvtap',
      'link',
      t('Interface of the host, shared (macvtap)'),
      t('The same without a bridge; guests and the host itself do not reach each other.'),
    ),
  ];
}

async function askName(ask: Ask, site: NetworkSite): Promise<string> {
  const name = await ask.text({
    prompt: t('Name of the network'),
    value: freeName(site.takenNames),
    refusal: (text) => {
      if (text.trim() === '') return t('Give a name.');
      if (/[/\p{Cc}]/u.test(text)) return t('A name has no slash and no control character.');
      return site.takenNames.has(text.trim()) ? t('{0} has a network of this name.', site.name) : undefined;
    },
  });
  return name.trim();
}

function freeName(taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) if (!taken.has(`network${number}`)) return `network${number}`;
}

async function askAttached(
  ask: Ask,
  site: NetworkSite,
  { kind, name }: { readonly kind: 'bridge' | 'macvtap'; readonly name: string },
): Promise<AttachedNetwork> {
  const networking = await site.networking();
  const own = new Set(
    (await site.models()).flatMap(({ bridge, forwardMode }) =>
      bridge !== undefined && forwardMode !== 'bridge' ? [bridge] : [],
    ),
  );
  const interfaces = (networking?.interfaces ?? []).filter((one) =>
    kind === 'macvtap' ? one.kind === 'device' : one.kind !== 'device' && !own.has(one.name),
  );
  const device = await ask.choiceOrText({
    placeholder:
      kind === 'bridge'
        ? t('Which bridge of {0}? Choose, or type its name', site.name)
        : t('Which interface of {0}? Choose, or type its name', site.name),
    choices: interfaces.map((one) => ({
      label: one.name,
      description: [
        one.isUp ? t('up') : t('down'),
        ...(one.kind === 'openvswitch' ? ['Open vSwitch'] : []),
        ...(one.partOf === undefined ? [] : [t('part of {0}', one.partOf)]),
      ].join(' · '),
      value: one.name,
    })),
    refusal: (text) => (/^[^\s/]{1,15}$/.test(text.trim()) ? undefined : t('not the name of an interface')),
  });
  const found = interfaces.find((one) => one.name === device.trim());
  return { kind: found?.kind === 'openvswitch' ? 'openvswitch' : kind, name, device: device.trim() };
}

async function askSteps(ask: Ask): Promise<readonly NetworkStep[]> {
  const steps: readonly Choice<NetworkStep>[] = [
    { label: t('Start the network'), value: 'start' },
    { label: t('Start it with the host, from now on'), value: 'autostart' },
    { label: t('Show the XML first'), value: 'review' },
  ];
  return ask.pickMany({
    placeholder: t('The network will be defined. What else?'),
    choices: steps,
    preselected: (value) => value !== 'review',
  });
}
