import { t } from '../../../base/l10n.ts';
import { DomainShutdown } from '../../../libvirt/protocol/domainFlags.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import type { Choice } from '../../prompts/askPick.ts';
import { wizard } from '../../prompts/wizard.ts';

/** Asks how guests are to be told. @returns a flag of `DomainShutdown` */
export function askShutdownMode(title: string, nodes: readonly DomainNode[]): Promise<number | undefined> {
  return wizard(title, (ask) =>
    ask.pick({ placeholder: t('How is the guest told?'), choices: () => modeChoices(nodes) }),
  );
}

async function modeChoices(nodes: readonly DomainNode[]): Promise<readonly Choice<number>[]> {
  const isQemu = nodes.every(({ host }) => host.facts?.type === 'QEMU');
  const [node] = nodes;
  const details =
    node && nodes.length === 1 ? await node.host.require().inventory.domains.details(node.uuid) : undefined;
  return [
    {
      label: t('As libvirt chooses'),
      detail: t('The guest agent where it answers, else the power button.'),
      value: DomainShutdown.default,
    },
    {
      label: t('ACPI power button'),
      detail: t('The guest must listen to it: some do only when nobody is logged in.'),
      value: DomainShutdown.acpiPowerButton,
    },
    {
      label: t('Guest agent'),
      detail:
        details?.hasGuestAgent === false
          ? t('The definition has no channel to a guest agent: it cannot answer.')
          : t('The agent in the guest does it, and tells when it cannot.'),
      value: DomainShutdown.guestAgent,
    },
    ...(isQemu
      ? []
      : [
          {
            label: t('initctl'),
            detail: t('Containers with a System V init.'),
            value: DomainShutdown.initctl,
          },
          {
            label: t('Signal'),
            detail: t('SIGTERM to the first process of a container.'),
            value: DomainShutdown.signal,
          },
          { label: t('Paravirtual'), detail: t('Xen guests.'), value: DomainShutdown.paravirt },
        ]),
  ];
}
