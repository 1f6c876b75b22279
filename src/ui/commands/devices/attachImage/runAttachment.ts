import * as vscode from 'vscode';
import { rootCause } from '../../../../base/errors.ts';
import { t } from '../../../../base/l10n.ts';
import type { Effect } from '../../../../operations/devices/effect.ts';
import type { Plan } from '../../../../operations/plan/plan.ts';
import { PlanRun } from '../../../../operations/plan/runPlan.ts';
import type { DomainNode } from '../../../explorer/objects/domainNode.ts';
import { wizard } from '../../../prompts/wizard.ts';
import type { CommandServices } from '../../command.ts';
import { attachOrOffer } from '../attachOrOffer.ts';
import { effectWords } from '../deviceWork.ts';

export interface Attachment {
  readonly domain: DomainNode;
  /** `vdb` */
  readonly target: string;
  readonly effect: Effect;
  /** More than the disk is made: it is shown before. */
  readonly isShown: boolean;
}

/** Shows the plan where it does more than attaching, or where the person wants to see it; else does it. */
export async function runAttachment(
  planFor: (effect: Effect) => Plan,
  { domain, target, effect, isShown }: Attachment,
  services: CommandServices,
): Promise<void> {
  const plan = planFor(effect);
  const shown = isShown || (await askToShow(plan.title));
  if (shown === undefined) return;
  if (shown) {
    const run = await services.plans.open(plan);
    run.onDidChange(() => {
      if (run.state !== 'running') domain.host.inventory?.domains.noteDefinition(domain.uuid);
    });
    return;
  }
  let note: string | undefined;
  await attachOrOffer(domain, services, {
    title: plan.title,
    effect,
    work: async (_site, how, signal) => {
      note = await runAtOnce(planFor(how), signal);
    },
    done: (how) => {
      const { name, host } = domain;
      const done = t('{0} is attached to {1} on {2}: {3}.', target, name, host.name, effectWords(how));
      void vscode.window.showInformationMessage(note === undefined ? done : t('{0} {1}.', done, note));
    },
  });
}

/** @returns what the last step has noted */
async function runAtOnce(plan: Plan, signal: AbortSignal): Promise<string | undefined> {
  const run = new PlanRun(plan);
  try {
    await run.run(signal);
  } catch (error) {
    // Of a single step the failure says all.
    throw rootCause(error);
  }
  const last = run.steps.at(-1);
  return last && 'note' in last ? last.note : undefined;
}

/** @returns undefined when the person gives up */
function askToShow(title: string): Promise<boolean | undefined> {
  return wizard(title, (ask) =>
    ask.pick({
      placeholder: t('Nothing is done yet.'),
      choices: [
        { label: t('Attach It'), value: false },
        {
          label: t('Show the Commands First'),
          detail: t('As a shell script, to read, copy and run.'),
          value: true,
        },
      ],
    }),
  );
}
