import { t } from '../../../base/l10n.ts';
import { parseXml } from '../../../libvirt/model/element.ts';
import { DomainCreate } from '../../../libvirt/protocol/domainFlags.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import type { Choice } from '../../prompts/askPick.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { startDomainRow } from './startDomainRow.ts';

export const startWithCommand = objectCommand({
  id: 'libvirt.domain.startWith',
  on: { kinds: ['domain'], traits: ['inactive'] },
  run: async (node, services) => {
    const { name, host } = node;
    const chosen = await wizard(t('Start {0} on {1}', name, host.name), (ask) =>
      ask.pickMany({
        placeholder: t('How it starts. With nothing ticked it starts as usual.'),
        choices: () => startChoices(node),
      }),
    );
    if (!chosen || !(await agreeToLoss(node, chosen))) return;
    const flags = chosen.reduce<number>((all, flag) => all | flag, 0);
    await startDomainRow(node, services, flags);
    if (chosen.includes(DomainCreate.forceBoot)) host.inventory?.domains.noteManagedSave(node.uuid, false);
  },
});

async function startChoices({ entry, host, uuid }: DomainNode): Promise<readonly Choice<number>[]> {
  const xml = await host.require().inventory.domains.definition(uuid);
  const os = (await parseXml(xml)).child('os');
  const hasNvram = os?.child('nvram') !== undefined || os?.attribute('firmware') === 'efi';
  return [
    {
      label: t('Paused'),
      detail: t('The guest does not run before it is resumed.'),
      value: DomainCreate.paused,
    },
    ...(entry?.managedSave === true
      ? [
          {
            label: t('Without its saved state'),
            detail: t('The guest boots. Its saved memory is lost.'),
            value: DomainCreate.forceBoot,
          },
        ]
      : []),
    ...(hasNvram
      ? [
          {
            label: t('With new UEFI variables'),
            detail: t('Boot entries and Secure Boot keys of the guest are lost. Since libvirt 8.1.'),
            value: DomainCreate.resetNvram,
          },
        ]
      : []),
    {
      label: t('Past the cache of the host'),
      detail: t('A saved state is read without filling the host’s file cache.'),
      value: DomainCreate.bypassCache,
    },
  ];
}

async function agreeToLoss({ name, host }: DomainNode, chosen: readonly number[]): Promise<boolean> {
  const losses = [
    ...(chosen.includes(DomainCreate.forceBoot) ? [t('The saved memory of the guest is lost.')] : []),
    ...(chosen.includes(DomainCreate.resetNvram)
      ? [t('The UEFI variables of the guest are lost: boot entries and Secure Boot keys.')]
      : []),
  ];
  return (
    losses.length === 0 ||
    confirm(t('Start {0} on {1} this way?', name, host.name), losses.join('\n'), t('Start'))
  );
}
