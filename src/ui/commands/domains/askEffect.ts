import { t } from '../../../base/l10n.ts';
import type { Effect } from '../../../operations/domains/resources.ts';
import type { Choice } from '../../prompts/askPick.ts';
import type { Ask } from '../../prompts/wizard.ts';

/** Asks when a change takes effect, where there is a choice: of a domain that runs and has a definition. */
export async function askEffect(
  ask: Ask,
  { isOn, isPersistent, canLive }: { isOn: boolean; isPersistent: boolean; canLive: boolean },
): Promise<Effect> {
  if (!isOn || (isPersistent && !canLive)) return { live: false, next: true };
  if (!isPersistent) return { live: true, next: false };
  return ask.pick({ placeholder: t('When does it take effect?'), choices: effects() });
}

function effects(): readonly Choice<Effect>[] {
  return [
    { label: t('Now and at every start'), value: { live: true, next: true } },
    { label: t('Now only'), detail: t('Until the domain stops.'), value: { live: true, next: false } },
    { label: t('From the next start'), value: { live: false, next: true } },
  ];
}
