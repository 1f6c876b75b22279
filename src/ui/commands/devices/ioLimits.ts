import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { formatBytes, parseSize } from '../../../base/sizes.ts';
import {
  ioLimitLabel,
  ioLimitNames,
  isBytes,
  type IoLimitName,
  type IoLimits,
} from '../../../libvirt/model/ioLimits.ts';
import type { Effect } from '../../../operations/devices/effect.ts';
import { ioLimitsRefusal, setLimitsAndVerify } from '../../../operations/devices/ioLimits.ts';
import type { Choice } from '../../prompts/askPick.ts';
import { wizard, type Ask } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { effectChoices, effectsOf, effectWords, onDevices } from './deviceWork.ts';
import { exactSize } from './exactSize.ts';

export const setIoLimitsCommand = objectCommand({
  id: 'libvirt.disk.setIoLimits',
  on: { kinds: ['disk'], traits: ['connected'] },
  run: async (node, services) => {
    const { name, domain, host, disk } = node;
    const before: IoLimits = new Map(
      ioLimitNames.flatMap((limit) => {
        const value = disk.limits.get(limit);
        return value === undefined ? [] : [[limit, value] as const];
      }),
    );
    const title = t('I/O limits of {0} of {1} on {2}', name, domain.name, host.name);
    const answer = await wizard(title, (ask) => askLimits(ask, before, effectsOf(node)));
    if (!answer) return;
    const progress = { title: t('Setting the limits of {0} of {1} on {2}', name, domain.name, host.name) };
    await onDevices(domain, services, progress, (site, signal) =>
      setLimitsAndVerify(site, disk.target, answer.limits, answer.effect, { signal }),
    );
    const count = answer.limits.size;
    void vscode.window.showInformationMessage(
      count === 0
        ? t(
            '{0} of {1} on {2} is not limited: {3}.',
            name,
            domain.name,
            host.name,
            effectWords(answer.effect),
          )
        : t('{0} of {1} on {2} is limited: {3}.', name, domain.name, host.name, effectWords(answer.effect)),
    );
  },
});

interface Answer {
  readonly limits: IoLimits;
  readonly effect: Effect;
}

/** Shows all limits; each can be changed, and the first line sets them. */
async function askLimits(
  ask: Ask,
  before: IoLimits,
  effects: readonly [Effect, ...Effect[]],
): Promise<Answer> {
  let limits = before;
  let [effect] = effects;
  for (;;) {
    const refusal = ioLimitsRefusal(limits);
    const chosen = await ask.pick<'set' | 'effect' | IoLimitName>({
      placeholder: refusal ?? t('Choose a limit to change it; the first line sets them.'),
      choices: [
        ...(refusal === undefined ? [setChoice(limits, effect)] : []),
        ...ioLimitNames.map((value) => ({
          label: ioLimitLabel(value),
          description: limitWords(value, limits.get(value)),
          value,
        })),
        ...(effects.length > 1
          ? [{ label: t('Takes effect'), description: effectWords(effect), value: 'effect' as const }]
          : []),
      ],
    });
    if (chosen === 'set') return { limits, effect };
    if (chosen === 'effect') {
      effect = await ask.pick({
        placeholder: t('When does it take effect?'),
        choices: effectChoices(effects),
      });
    } else {
      limits = changed(limits, chosen, await askLimit(ask, chosen, limits.get(chosen)));
    }
  }
}

function setChoice(limits: IoLimits, effect: Effect): Choice<'set'> {
  return {
    label: limits.size === 0 ? t('Set no limits') : t('Set these limits'),
    description: effectWords(effect),
    value: 'set',
    icon: new vscode.ThemeIcon('check'),
  };
}

function limitWords(name: IoLimitName, value: number | undefined): string {
  if (value === undefined) return t('no limit');
  return isBytes(name) ? formatBytes(value) : value.toLocaleString('en');
}

function changed(limits: IoLimits, name: IoLimitName, value: number): IoLimits {
  const now = new Map(limits);
  if (value === 0) now.delete(name);
  else now.set(name, value);
  return now;
}

async function askLimit(ask: Ask, name: IoLimitName, value: number | undefined): Promise<number> {
  const parse = (text: string): number | undefined => {
    if (/^\s*0?\s*$/.test(text)) return 0;
    if (isBytes(name)) return parseSize(text);
    return /^\s*[0-9]{1,9}\s*$/.test(text) ? Number(text) : undefined;
  };
  const text = await ask.text({
    prompt: isBytes(name)
      ? t('{0}: 100M, 1 GiB. Empty for no limit.', ioLimitLabel(name))
      : t('{0}: 500. Empty for no limit.', ioLimitLabel(name)),
    value: value === undefined ? '' : isBytes(name) ? exactSize(value) : String(value),
    refusal: (given) =>
      parse(given) !== undefined
        ? undefined
        : isBytes(name)
          ? t('Write a size with its unit: 20G, 1.5 TiB, 512M.')
          : t('A whole number.'),
  });
  return parse(text) ?? 0;
}
