import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { PlanRun } from '../../../operations/plan/runPlan.ts';
import { withProgress } from '../../progress.ts';
import { confirm } from '../../prompts/confirm.ts';
import type { GlobalCommand } from '../command.ts';

/** Runs the plan that the active editor shows. */
export const runPlanCommand: GlobalCommand = {
  id: 'libvirt.plan.run',
  run: async ({ plans }) => {
    const run = plans.active?.run;
    if (!run || run.state === 'running' || run.state === 'done') return;
    const { title, loses } = run.plan;
    if (loses !== undefined && !(await confirm(t('Run “{0}”?', title), loses, t('Run This Plan')))) return;
    await withProgress({ title }, async (signal, report) => {
      const listener = run.onDidChange(() => {
        report(progressOf(run));
      });
      try {
        await run.run(signal);
      } finally {
        listener.dispose();
      }
    });
    void vscode.window.showInformationMessage(t('Done: {0}', title));
  },
};

function progressOf({ plan, steps }: PlanRun): { readonly fraction: number; readonly message?: string } {
  const ended = steps.filter(({ kind }) => kind === 'done' || kind === 'already').length;
  const index = steps.findIndex(({ kind }) => kind === 'running' || kind === 'undoing');
  const state = steps[index];
  const within = state?.kind === 'running' ? (state.progress?.fraction ?? 0) : 0;
  const title = plan.steps[index]?.title;
  return { fraction: (ended + within) / plan.steps.length, ...(title !== undefined && { message: title }) };
}
