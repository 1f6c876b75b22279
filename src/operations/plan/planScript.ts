import { t } from '../../base/l10n.ts';
import type { Plan, PlanStep } from './plan.ts';
import { shellLines } from './shell.ts';

/** A plan as a script, and the line (from 0) on which each of its steps begins. */
export interface PlanScript {
  readonly text: string;
  readonly stepLines: readonly number[];
}

/** The plan as a script for POSIX sh that does the same; it stops at the first command that fails. */
export function planScript({ title, remarks, steps }: Plan): PlanScript {
  const lines = ['#!/bin/sh', ...comment(title), ...remarks.flatMap(comment), 'set -eu'];
  const stepLines = steps.map((step, index) => {
    lines.push('');
    const at = lines.length;
    lines.push(
      ...comment(headingOf(step, index)),
      ...step.commands.flatMap((one) => shellLines(one, step.host)),
    );
    return at;
  });
  return { text: `${lines.join('\n')}\n`, stepLines };
}

function headingOf({ title, host }: PlanStep, index: number): string {
  return t('{0}. {1} ({2})', index + 1, title, host.name);
}

/** Names are data: whatever they hold stays within the comment. */
function comment(text: string): readonly string[] {
  return text.split(/[\r\n\u2028\u2029]+/).map((line) => `# ${line}`);
}
