import { t } from '../../../../base/l10n.ts';
import type { Choice } from '../../../prompts/askPick.ts';
import type { Ask } from '../../../prompts/wizard.ts';
import type { PoolPlan } from './poolPlan.ts';

export type PoolStep = 'build' | 'start' | 'autostart' | 'review';

/** What is to be done with the pool once it is defined. */
export async function askSteps(ask: Ask, { build }: PoolPlan): Promise<readonly PoolStep[]> {
  const steps: readonly (Choice<PoolStep> & { readonly picked: boolean })[] = [
    ...(build
      ? [{ label: build.label, detail: build.detail, value: 'build', picked: build.picked } as const]
      : []),
    { label: t('Start the pool'), value: 'start', picked: true },
    { label: t('Start it with the host, from now on'), value: 'autostart', picked: true },
    { label: t('Show the XML first'), value: 'review', picked: false },
  ];
  return ask.pickMany({
    placeholder: t('What shall be done with the pool?'),
    choices: steps,
    preselected: (value) => steps.some((step) => step.value === value && step.picked),
  });
}
