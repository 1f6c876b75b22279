import { t } from '../../base/l10n.ts';
import type { Plan, PlanStep } from './plan.ts';
import { shellLines, type ShellCommand, type ShellHost } from './shell.ts';

/** A plan as a script, and the line (from 0) on which each of its steps begins. */
export interface PlanScript {
  readonly text: string;
  readonly stepLines: readonly number[];
}

/**
 * The plan as a script for POSIX sh that does the same; it stops at the first command that fails. Where all is done on
 * one host, it is to be run there; else it goes to the hosts by ssh.
 */
export function planScript({ title, remarks, steps }: Plan): PlanScript {
  const only = onlyHost(steps);
  const place = only && t('To be run on {0}.', only.name);
  const lines = [
    '#!/bin/sh',
    ...comment(title),
    ...(place === undefined ? [] : comment(place)),
    ...remarks.flatMap((remark) => comment(wrapped(remark))),
    'set -eu',
  ];
  const stepLines = steps.map((step, index) => {
    lines.push('');
    const at = lines.length;
    lines.push(
      ...comment(headingOf(step, index)),
      ...step.commands.flatMap((one) =>
        only ? shellLines(withoutHost(one), { ...only, ssh: undefined }) : shellLines(one, step.host),
      ),
    );
    return at;
  });
  return { text: `${lines.join('\n')}\n`, stepLines };
}

/** undefined when there are several, or none. */
function onlyHost(steps: readonly PlanStep[]): ShellHost | undefined {
  const hosts = steps.flatMap(({ host, commands }) => [
    host,
    ...commands.flatMap(({ input }) => (input?.kind === 'program' ? (input.on ?? []) : [])),
  ]);
  const [first] = hosts;
  return hosts.every(({ name, ssh }) => name === first?.name && ssh === first.ssh) ? first : undefined;
}

function withoutHost({ input, ...command }: ShellCommand): ShellCommand {
  return { ...command, input: input?.kind === 'program' ? { ...input, on: undefined } : input };
}

function headingOf({ title, host }: PlanStep, index: number): string {
  return t('{0}. {1} ({2})', index + 1, title, host.name);
}

/** How wide an editor is beside the tree. */
const columns = 96;

/** A long sentence as several lines. */
function wrapped(text: string): string {
  return text.replaceAll(new RegExp(`(.{1,${columns}})(?: +|$)`, 'gm'), '$1\n').trimEnd();
}

/** Names are data: whatever they hold stays within the comment. */
function comment(text: string): readonly string[] {
  return text.split(/[\r\n\u2028\u2029]+/).map((line) => `# ${line}`);
}
