import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { untilKnown } from '../../../hosts/knowledge/untilKnown.ts';
import { attachAndVerify } from '../../../operations/devices/deviceChange.ts';
import { possibleEffects, type Effect } from '../../../operations/devices/effect.ts';
import { freshMac, networkCardElement, type CardSource } from '../../../operations/devices/networkCard.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import type { Choice } from '../../prompts/askPick.ts';
import { wizard, type Ask } from '../../prompts/wizard.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { CardQuestions } from './askCardSource.ts';
import { attachOrOffer } from './attachOrOffer.ts';
import { effectChoices, effectWords, onDevices, situationOf } from './deviceWork.ts';

interface Card {
  readonly source: CardSource;
  readonly model: string;
  readonly mac: string;
  readonly effect: Effect;
}

export const attachInterfaceCommand = objectCommand({
  id: 'libvirt.domain.attachInterface',
  on: { kinds: ['domain'], traits: ['connected'] },
  run: async (node, services) => {
    const { name, host } = node;
    const mac = await newMac(node, services);
    const questions = new CardQuestions(host);
    const title = t('Attach a Network Interface to {0} on {1}', name, host.name);
    const card = await wizard(title, async (ask) => askCard(ask, await questions.source(ask), mac, node));
    if (!card) return;
    await attachOrOffer(node, services, {
      title: t('Attaching {0} to {1} on {2}', card.mac, name, host.name),
      effect: card.effect,
      work: (site, effect, signal) =>
        attachAndVerify(site, networkCardElement(card), { kind: 'interface', mac: card.mac }, effect, {
          signal,
        }),
      done: (effect) => {
        const text = t('{0} is attached to {1} on {2}: {3}.', card.mac, name, host.name, effectWords(effect));
        void vscode.window.showInformationMessage(text);
      },
    });
  },
});

/** One that no domain of a connected host has, as far as they tell in time. */
function newMac(node: DomainNode, services: CommandServices): Promise<string> {
  const { registry } = services;
  const title = t('Reading the MAC addresses of the connected hosts');
  return onDevices(node, services, { title }, async (_site, signal) => {
    const hosts = registry.sessions.flatMap(({ connected }) => connected ?? []);
    const domains = await Promise.all(
      hosts.map(({ knowledge }) =>
        untilKnown(knowledge, () => knowledge.current?.domains, { signal, timeoutMs: 3000 }),
      ),
    );
    return freshMac(new Set(domains.flatMap((own) => (own ?? []).flatMap(({ macs }) => macs))));
  });
}

/** Shows how it will be attached; Enter does it. */
async function askCard(ask: Ask, source: CardSource, mac: string, node: DomainNode): Promise<Card> {
  const effects = possibleEffects(situationOf(node));
  let card: Card = { source, mac, model: 'virtio', effect: effects[0] ?? 'next' };
  for (;;) {
    const chosen = await ask.pick<'attach' | 'model' | 'mac' | 'effect'>({
      placeholder: t('Press Enter to attach it like this, or choose what to change.'),
      choices: [
        {
          label: t('Attach to {0}', sourceWords(source)),
          description: effectWords(card.effect),
          value: 'attach',
          icon: new vscode.ThemeIcon('add'),
        },
        { label: t('Model'), description: card.model, value: 'model' },
        { label: t('MAC address'), description: card.mac, value: 'mac' },
        ...(effects.length > 1
          ? [{ label: t('Takes effect'), description: effectWords(card.effect), value: 'effect' as const }]
          : []),
      ],
    });
    switch (chosen) {
      case 'attach':
        return card;
      case 'model':
        card = { ...card, model: await ask.pick({ placeholder: t('Which model?'), choices: models() }) };
        break;
      case 'mac':
        card = { ...card, mac: await askMac(ask, card.mac) };
        break;
      case 'effect': {
        const choices = effectChoices(effects);
        card = { ...card, effect: await ask.pick({ placeholder: t('When does it take effect?'), choices }) };
      }
    }
  }
}

export function sourceWords(source: CardSource): string {
  switch (source.type) {
    case 'network':
      return source.portgroup === undefined
        ? t('the network {0}', source.network)
        : t('the network {0}, port group {1}', source.network, source.portgroup);
    case 'bridge':
      return t('the bridge {0}', source.bridge);
    case 'direct':
      return t('the network card {0}', source.device);
  }
}

function models(): readonly Choice<string>[] {
  return [
    { label: 'virtio', description: t('fastest; the guest needs its driver'), value: 'virtio' },
    { label: 'e1000e', description: t('Intel gigabit of PCI Express machines'), value: 'e1000e' },
    { label: 'e1000', description: t('Intel gigabit'), value: 'e1000' },
    { label: 'rtl8139', description: t('for very old guests'), value: 'rtl8139' },
  ];
}

async function askMac(ask: Ask, value: string): Promise<string> {
  const text = await ask.text({
    prompt: t('The MAC address.'),
    value,
    refusal: (given) => macRefusal(given.trim()),
  });
  return text.trim().toLowerCase();
}

function macRefusal(mac: string): string | undefined {
  if (!/^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i.test(mac)) return t('Six bytes such as 52:54:00:12:34:56.');
  return (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1
    ? t('The first byte is odd: that is an address of a group, which no card can have.')
    : undefined;
}
