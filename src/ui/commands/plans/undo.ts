import { t } from '../../../base/l10n.ts';
import { isToUndo } from '../../../operations/plan/runPlan.ts';
import { withProgress } from '../../progress.ts';
import { confirm } from '../../prompts/confirm.ts';
import type { GlobalCommand } from '../command.ts';

/** Takes back what the plan of the active editor has done. */
export const undoPlanCommand: GlobalCommand = {
  id: 'libvirt.plan.undo',
  run: async ({ plans }) => {
    const run = plans.active?.run;
    if (!run || !run.canUndo || run.state === 'running') return;
    const titles = run.plan.steps.flatMap(({ undo }, index) =>
      undo && isToUndo(run.steps[index] ?? { kind: 'waiting' }) ? undo.title : [],
    );
    const agreed = await confirm(
      t('Undo “{0}”?', run.plan.title),
      [...titles].reverse().join('\n'),
      t('Undo'),
    );
    if (agreed) await withProgress({ title: t('Undoing: {0}', run.plan.title) }, () => run.undo());
  },
};
