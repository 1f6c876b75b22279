import { Problem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';

export class NoConsoleProblem extends Problem {
  readonly code = 'no-console';

  constructor(domain: string, host: string) {
    super(t('{0} on {1} has no console that can be opened.', domain, host), {
      advice: t("Add <console type='pty'/> to the devices in its XML, and start it again."),
    });
  }
}
