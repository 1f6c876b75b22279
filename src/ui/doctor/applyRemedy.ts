import * as vscode from 'vscode';
import { Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { Finding, Remedy } from '../../doctor/finding.ts';
import type { Subject } from '../../doctor/subject.ts';
import type { CommandServices } from '../commands/command.ts';
import { showReport } from '../commands/reports/showReport.ts';
import { documentUri } from '../documents/documentUri.ts';
import { withProgress } from '../progress.ts';
import { rowOf } from './subjects.ts';

type Services = Pick<CommandServices, 'plans' | 'explorer' | 'doctor'>;

/** What a remedy is for is no longer there. */
class GoneProblem extends Problem {
  readonly code = 'gone';
}

/** Does what a finding offers; a plan is shown first, and asks before it runs. */
export async function applyRemedy(remedy: Remedy, finding: Finding, services: Services): Promise<void> {
  switch (remedy.kind) {
    case 'plan': {
      const plan = await withProgress({ title: remedy.title }, (signal) => remedy.plan({ signal }));
      const run = await services.plans.open(plan);
      run.onDidChange(() => {
        if (run.state === 'done') services.doctor.found.forget(finding);
      });
      return;
    }
    case 'command': {
      const row = await rowOf(remedy.on, services.explorer);
      if (!row) throw gone(remedy.on);
      await vscode.commands.executeCommand(remedy.command, row);
      return;
    }
    case 'document':
      await vscode.commands.executeCommand('vscode.open', documentOf(remedy.on));
      return;
    case 'text': {
      const text = await withProgress({ title: remedy.title }, (signal) => remedy.read({ signal }));
      await showReport(remedy.title, text.split('\n'));
    }
  }
}

function documentOf(subject: Subject): vscode.Uri {
  switch (subject.kind) {
    case 'domain':
    case 'pool':
    case 'network':
      return documentUri({ host: subject.host, folder: `${subject.kind}s`, name: subject.name });
    case 'secret':
      return documentUri({ host: subject.host, folder: 'secrets', name: subject.uuid });
    case 'volume':
      return documentUri({ host: subject.host, folder: 'volumes', pool: subject.pool, name: subject.name });
    default:
      throw gone(subject);
  }
}

function gone(subject: Subject): GoneProblem {
  const name = 'name' in subject ? subject.name : 'pool' in subject ? subject.pool : undefined;
  return new GoneProblem(t('{0} is not there any more.', name ?? t('What this was about')), {
    advice: t('Check up again.'),
  });
}
