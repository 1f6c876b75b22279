import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { attachAndVerify } from '../../../operations/devices/deviceChange.ts';
import { DeviceProblem } from '../../../operations/devices/deviceProblem.ts';
import { possibleEffects } from '../../../operations/devices/effect.ts';
import {
  hostDeviceElement,
  listGivableDevices,
  type GivableDevice,
} from '../../../operations/devices/hostDevices.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import type { Choice } from '../../prompts/askPick.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { attachOrOffer } from './attachOrOffer.ts';
import { effectChoices, effectWords, situationOf } from './deviceWork.ts';

export const attachHostDeviceCommand = objectCommand({
  id: 'libvirt.domain.attachHostDevice',
  on: { kinds: ['domain'], traits: ['connected'] },
  run: async (node, services) => {
    const { name, host } = node;
    const effects = possibleEffects(situationOf(node));
    let devices: Promise<readonly GivableDevice[]> | undefined;
    const answer = await wizard(t('Attach a Host Device to {0} on {1}', name, host.name), async (ask) => {
      const device = await ask.pick({
        placeholder: t('Which device of {0}? The host cannot use it meanwhile.', host.name),
        choices: async () => {
          devices ??= listGivableDevices(host.require().connection);
          const given = await devices;
          if (given.length === 0)
            throw new DeviceProblem(
              'no-such-device',
              t('{0} has no PCI or USB device to give away.', host.name),
            );
          return [...given].sort((one, other) => one.place.localeCompare(other.place)).map(deviceChoice);
        },
      });
      const [first = 'next'] = effects;
      const effect =
        effects.length === 1
          ? first
          : await ask.pick({ placeholder: t('When does it take effect?'), choices: effectChoices(effects) });
      return { device, effect };
    });
    if (!answer || !(await agree(node, answer.device))) return;
    const { device, effect } = answer;
    const { source, label } = device;
    await attachOrOffer(node, services, {
      title: t('Attaching {0} to {1} on {2}', label, name, host.name),
      effect,
      work: (site, how, signal) =>
        attachAndVerify(site, hostDeviceElement(source), { kind: 'hostdev', source }, how, { signal }),
      done: (how) => {
        const text = t('{0} is attached to {1} on {2}: {3}.', label, name, host.name, effectWords(how));
        void vscode.window.showInformationMessage(text);
      },
    });
  },
});

function deviceChoice(device: GivableDevice): Choice<GivableDevice> {
  const { label, place, source, driver, usedAs, companions } = device;
  const detail = [
    usedAs.length > 0 ? t('the host uses it as {0}', usedAs.join(', ')) : undefined,
    driver === undefined ? undefined : t('driver {0}', driver),
    companions.length > 0 ? t('together with {0}', companions.join(', ')) : undefined,
  ].filter((part) => part !== undefined);
  return {
    label,
    description: `${source.type.toUpperCase()} ${place}`,
    detail: detail.join(' · '),
    value: device,
    icon: new vscode.ThemeIcon(usedAs.length > 0 ? 'warning' : 'circuit-board'),
  };
}

/** Asks about what the host would lose, and what has to go along. */
async function agree(
  { name, host }: DomainNode,
  { label, usedAs, companions }: GivableDevice,
): Promise<boolean> {
  if (usedAs.length === 0 && companions.length === 0) return true;
  return confirm(
    t('Take {0} from {1} and give it to {2}?', label, host.name, name),
    sentences(
      usedAs.length > 0
        ? t(
            'The host uses it as {0}, and loses it: make sure that neither its storage nor this connection needs it.',
            usedAs.join(', '),
          )
        : undefined,
      companions.length > 0
        ? t(
            'These devices share its IOMMU group: {0}. The domain starts only when no driver of the host has them.',
            companions.join(', '),
          )
        : undefined,
    ),
    t('Attach'),
  );
}
