import { CodedProblem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { quoteArgv } from '../../transport/quote.ts';
import type { PlanHost } from '../plan/planHost.ts';

/** Why a host does not get packages, or a daemon its new driver. */
export class PackageProblem extends CodedProblem<
  'not-root' | 'not-installed' | 'not-removed' | 'not-restarted'
> {}

export function notRoot({ name }: Pick<PlanHost, 'name'>, typed: readonly string[]): PackageProblem {
  return new PackageProblem('not-root', t('Only root may install packages on {0}.', name), {
    advice: t('Run this there, then run the plan again: {0}', quoteArgv(typed)),
  });
}
